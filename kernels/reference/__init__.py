"""The plain form of every layer, loss and optimizer in NumPy: what the kernels must equal.

A layer's function takes its `fields` in the experiment file, one sample and the layer's weights by
name; it returns one output. Layers in WHOLE_BATCH mix or count samples, so their functions take all
samples, the layer's name and its `Batch`. These functions are written to be read, not to be fast.

products       dense conv1d conv2d
pooling        max_pool2d avg_pool2d global_avg_pool upsample2d
shapes         reshape flatten
activations    relu leaky_relu gelu sigmoid tanh softmax
normalisation  batch_norm layer_norm
regularisation dropout
recurrent      embedding rnn lstm gru decoder
losses         one function a loss
optimizers     one function an optimizer, and the average of the weights
"""

from tui_dl.kernels.reference import optimizers
from tui_dl.kernels.reference.activations import gelu, leaky_relu, relu, sigmoid, softmax, tanh
from tui_dl.kernels.reference.losses import (
    binary_cross_entropy,
    cross_entropy,
    huber,
    mean_absolute_error,
    mean_squared_error,
    policy_gradient,
)
from tui_dl.kernels.reference.normalisation import batch_norm, layer_norm
from tui_dl.kernels.reference.pooling import avg_pool2d, global_avg_pool, max_pool2d, upsample2d
from tui_dl.kernels.reference.products import conv1d, conv2d, dense
from tui_dl.kernels.reference.recurrent import decoder, embedding, gru, lstm, rnn
from tui_dl.kernels.reference.regularisation import dropout
from tui_dl.kernels.reference.shapes import flatten, reshape

WHOLE_BATCH = "batch_norm", "dropout", "decoder"

__all__ = [
    "WHOLE_BATCH",
    "avg_pool2d",
    "batch_norm",
    "binary_cross_entropy",
    "conv1d",
    "conv2d",
    "cross_entropy",
    "decoder",
    "dense",
    "dropout",
    "embedding",
    "flatten",
    "gelu",
    "global_avg_pool",
    "gru",
    "huber",
    "layer_norm",
    "leaky_relu",
    "lstm",
    "max_pool2d",
    "mean_absolute_error",
    "mean_squared_error",
    "optimizers",
    "policy_gradient",
    "relu",
    "reshape",
    "rnn",
    "sigmoid",
    "softmax",
    "tanh",
    "upsample2d",
]
