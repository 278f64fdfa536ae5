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

from tui_dl.kernels.avg_pool2d import AvgPool2d
from tui_dl.kernels.batch_norm import BatchNorm
from tui_dl.kernels.binary_cross_entropy import BinaryCrossEntropy
from tui_dl.kernels.conv1d import Conv1d
from tui_dl.kernels.conv2d import Conv2d
from tui_dl.kernels.cross_entropy import CrossEntropy
from tui_dl.kernels.decoder import Decoder
from tui_dl.kernels.dense import Dense
from tui_dl.kernels.dropout import Dropout
from tui_dl.kernels.embedding import Embedding
from tui_dl.kernels.flatten import Flatten
from tui_dl.kernels.gelu import Gelu
from tui_dl.kernels.global_avg_pool import GlobalAvgPool
from tui_dl.kernels.gru import Gru
from tui_dl.kernels.huber import Huber
from tui_dl.kernels.layer import Layer
from tui_dl.kernels.layer_norm import LayerNorm
from tui_dl.kernels.leaky_relu import LeakyRelu
from tui_dl.kernels.loss import Loss
from tui_dl.kernels.lstm import Lstm
from tui_dl.kernels.max_pool2d import MaxPool2d
from tui_dl.kernels.mean_absolute_error import MeanAbsoluteError
from tui_dl.kernels.mean_squared_error import MeanSquaredError
from tui_dl.kernels.policy_gradient import PolicyGradient
from tui_dl.kernels.relu import Relu
from tui_dl.kernels.reshape import Reshape
from tui_dl.kernels.residual import Residual
from tui_dl.kernels.rnn import Rnn
from tui_dl.kernels.sigmoid import Sigmoid
from tui_dl.kernels.softmax import Softmax
from tui_dl.kernels.tanh import Tanh
from tui_dl.kernels.upsample2d import Upsample2d

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
