"""Arithmetic on arrays: numpy and numba only, nothing of tui_dl. docs/kernels.md tells the story.

lanes.py       the layout, and the table of tiles by processor
tile.py        the register tiles, in LLVM's instructions (emitter.py)
vector.py      sixteen floats as one value
contract.py    products and their gradients around the tiles
turn.py        features by samples to samples by features; outer.py makes gradients of it
functions.py   exp, tanh, sigmoid
layer.py       what a kind of layer offers; then one file a kind:
               conv2d dense embedding flatten max_pool2d relu sigmoid tanh (elementwise)
               rnn lstm gru (recurrent) residual batch_norm dropout
reference.py   the plain form of each, which tests compare with
gather.py      samples into lanes
loss.py        what a loss offers; then one file a loss: cross_entropy
               binary_cross_entropy mean_squared_error mean_absolute_error huber (pointwise)
update.py      what optimisers share; then one file each: sgd momentum rmsprop adam
reshape.py     gradients clipped, and the penalties' added; average.py, of the weights
elementary.py  copies and sums
program.py     lists of calls run in compiled code, over threads
jit.py         how kernels are compiled; cache.py, where they are kept
"""

from tui_dl.kernels.batch_norm import BatchNorm
from tui_dl.kernels.binary_cross_entropy import BinaryCrossEntropy
from tui_dl.kernels.conv2d import Conv2d
from tui_dl.kernels.cross_entropy import CrossEntropy
from tui_dl.kernels.dense import Dense
from tui_dl.kernels.dropout import Dropout
from tui_dl.kernels.embedding import Embedding
from tui_dl.kernels.flatten import Flatten
from tui_dl.kernels.gru import Gru
from tui_dl.kernels.huber import Huber
from tui_dl.kernels.layer import Layer
from tui_dl.kernels.loss import Loss
from tui_dl.kernels.lstm import Lstm
from tui_dl.kernels.max_pool2d import MaxPool2d
from tui_dl.kernels.mean_absolute_error import MeanAbsoluteError
from tui_dl.kernels.mean_squared_error import MeanSquaredError
from tui_dl.kernels.relu import Relu
from tui_dl.kernels.residual import Residual
from tui_dl.kernels.rnn import Rnn
from tui_dl.kernels.sigmoid import Sigmoid
from tui_dl.kernels.tanh import Tanh

LAYERS: dict[str, type[Layer]] = {
    "batch_norm": BatchNorm,
    "conv2d": Conv2d,
    "dense": Dense,
    "dropout": Dropout,
    "embedding": Embedding,
    "flatten": Flatten,
    "gru": Gru,
    "lstm": Lstm,
    "max_pool2d": MaxPool2d,
    "relu": Relu,
    "residual": Residual,
    "rnn": Rnn,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
}

LOSSES: dict[str, type[Loss]] = {
    "binary_cross_entropy": BinaryCrossEntropy,
    "cross_entropy": CrossEntropy,
    "huber": Huber,
    "mean_absolute_error": MeanAbsoluteError,
    "mean_squared_error": MeanSquaredError,
}
