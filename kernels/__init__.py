"""The arithmetic of training in NumPy and Numba, independent of the rest of tui_dl.

docs/kernels.md explains how it works.

core/         compilation and its cache, lanes and vectors, call tables, exp and tanh, gathering
gemm/         matrix products: register tiles, packing, weight gradients, transposition
layers/       one file a layer, with forward and backward; files that several layers share
losses/       one file a loss, with its gradient
optimizers/   one file an optimizer; clipping and the average of the weights
reference/    the plain form of every layer, loss and optimizer, with which tests compare
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
