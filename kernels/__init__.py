"""Arithmetic on arrays: numpy and numba only, nothing of tui_dl. Layers by their name in TOML."""

from tui_dl.kernels.conv2d import Conv2d
from tui_dl.kernels.dense import Dense
from tui_dl.kernels.embedding import Embedding
from tui_dl.kernels.flatten import Flatten
from tui_dl.kernels.layer import Layer
from tui_dl.kernels.max_pool2d import MaxPool2d
from tui_dl.kernels.relu import Relu
from tui_dl.kernels.rnn import Rnn
from tui_dl.kernels.sigmoid import Sigmoid
from tui_dl.kernels.tanh import Tanh

LAYERS: dict[str, type[Layer]] = {
    "conv2d": Conv2d,
    "dense": Dense,
    "embedding": Embedding,
    "flatten": Flatten,
    "max_pool2d": MaxPool2d,
    "relu": Relu,
    "rnn": Rnn,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
}
