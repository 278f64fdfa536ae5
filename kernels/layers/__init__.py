"""Layers: one file a kind, which has the one class of that kind; and files that kinds share.

base               what every layer offers
elementwise        the base of layers that are a function of each number, such as gelu
convolution        the base of conv1d and conv2d
pool2d             the base of avg_pool2d and max_pool2d
recurrent          the base of rnn, lstm and gru
cell               one direction of them; cell_kernels and cell_steps are its loops over time
by_token           gradients of an embedding and the recurrent layer after it
batch_statistics   mean and variance for batch_norm
padding            clearing what is after the end of a sequence
"""

from tui_dl.kernels.core.registry import class_of
from tui_dl.kernels.layers.base import Layer


def of(kind: str) -> type[Layer]:
    """The layer of this kind; see `class_of`."""
    return class_of(__name__, kind, Layer)
