"""Arithmetic on arrays: numpy and numba only, nothing of tui_dl. docs/kernels.md tells the story.

lanes.py       the layout, and the table of tiles by processor
tile.py        the register tiles, in LLVM's instructions (emitter.py)
vector.py      sixteen floats as one value
contract.py    products and their gradients around the tiles
turn.py        features by samples to samples by features; outer.py makes gradients of it
functions.py   exp, tanh, sigmoid, softplus, erf
layer.py       what a kind of layer offers; then one file a kind:
               dense embedding flatten reshape softmax residual dropout
               conv1d conv2d (convolution), max_pool2d avg_pool2d (pool2d), upsample2d
               global_avg_pool
               relu leaky_relu gelu sigmoid tanh (elementwise)
               rnn lstm gru (recurrent, cell; by_symbol, behind an embedding), decoder
               batch_norm layer_norm
reference.py   the plain form of each, which tests compare with
gather.py      samples into lanes
loss.py        what a loss offers; largest.py, a network's answer; then one file a loss:
               cross_entropy
               policy_gradient, of cross_entropy
               binary_cross_entropy mean_squared_error mean_absolute_error huber (pointwise)
update.py      what optimisers share; then one file each: sgd momentum rmsprop adam
clip.py        gradients clipped, and the penalties' added; average.py, of the weights
record.py      what the meters show of a step
elementary.py  copies and sums
program.py     lists of calls run in compiled code, over threads
jit.py         how kernels are compiled; cache.py, where they are kept
"""

from tui_dl.kernels.layers.avg_pool2d import AvgPool2d
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.batch_norm import BatchNorm
from tui_dl.kernels.layers.conv1d import Conv1d
from tui_dl.kernels.layers.conv2d import Conv2d
from tui_dl.kernels.layers.decoder import Decoder
from tui_dl.kernels.layers.dense import Dense
from tui_dl.kernels.layers.dropout import Dropout
from tui_dl.kernels.layers.embedding import Embedding
from tui_dl.kernels.layers.flatten import Flatten
from tui_dl.kernels.layers.gelu import Gelu
from tui_dl.kernels.layers.global_avg_pool import GlobalAvgPool
from tui_dl.kernels.layers.gru import Gru
from tui_dl.kernels.layers.layer_norm import LayerNorm
from tui_dl.kernels.layers.leaky_relu import LeakyRelu
from tui_dl.kernels.layers.lstm import Lstm
from tui_dl.kernels.layers.max_pool2d import MaxPool2d
from tui_dl.kernels.layers.relu import Relu
from tui_dl.kernels.layers.reshape import Reshape
from tui_dl.kernels.layers.residual import Residual
from tui_dl.kernels.layers.rnn import Rnn
from tui_dl.kernels.layers.sigmoid import Sigmoid
from tui_dl.kernels.layers.softmax import Softmax
from tui_dl.kernels.layers.tanh import Tanh
from tui_dl.kernels.layers.upsample2d import Upsample2d
from tui_dl.kernels.losses.base import Loss
from tui_dl.kernels.losses.binary_cross_entropy import BinaryCrossEntropy
from tui_dl.kernels.losses.cross_entropy import CrossEntropy
from tui_dl.kernels.losses.huber import Huber
from tui_dl.kernels.losses.mean_absolute_error import MeanAbsoluteError
from tui_dl.kernels.losses.mean_squared_error import MeanSquaredError
from tui_dl.kernels.losses.policy_gradient import PolicyGradient

LAYERS: dict[str, type[Layer]] = {
    "avg_pool2d": AvgPool2d,
    "batch_norm": BatchNorm,
    "conv1d": Conv1d,
    "conv2d": Conv2d,
    "decoder": Decoder,
    "dense": Dense,
    "dropout": Dropout,
    "embedding": Embedding,
    "flatten": Flatten,
    "gelu": Gelu,
    "global_avg_pool": GlobalAvgPool,
    "gru": Gru,
    "layer_norm": LayerNorm,
    "leaky_relu": LeakyRelu,
    "lstm": Lstm,
    "max_pool2d": MaxPool2d,
    "relu": Relu,
    "reshape": Reshape,
    "residual": Residual,
    "rnn": Rnn,
    "sigmoid": Sigmoid,
    "softmax": Softmax,
    "tanh": Tanh,
    "upsample2d": Upsample2d,
}

LOSSES: dict[str, type[Loss]] = {
    "binary_cross_entropy": BinaryCrossEntropy,
    "cross_entropy": CrossEntropy,
    "huber": Huber,
    "mean_absolute_error": MeanAbsoluteError,
    "mean_squared_error": MeanSquaredError,
    "policy_gradient": PolicyGradient,
}
