"""What each layer is: its fields, the shape of its output, its parameters and its cost.

A layer is one table of an experiment's network, decoded from TOML. It knows shapes only; the
arithmetic of kind ``k`` is in ``kernels/layers/k.py``. Shapes leave out the batch: an image is
``(channels, height, width)``, a sequence ``(time, features)``, a sequence of token ids ``(time,)``.

base.py           tensor specs, shapes, and the base class of all layers
products.py       dense, conv1d, conv2d
pooling.py        max_pool2d, avg_pool2d, global_avg_pool, upsample2d
shapes.py         flatten, reshape
activations.py    relu, leaky_relu, gelu, sigmoid, tanh, softmax
normalisation.py  batch_norm, layer_norm, dropout
recurrent.py      embedding, rnn, lstm, gru, decoder
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.layers.activations import Gelu, LeakyRelu, Relu, Sigmoid, Softmax, Tanh
from tui_dl.spec.layers.base import (
    LANES,
    Arrays,
    Initializer,
    Layer,
    Place,
    Positive,
    Shape,
    ShapeError,
    TensorSpec,
    image,
    kind,
    sequence,
)
from tui_dl.spec.layers.normalisation import BatchNorm, Dropout, LayerNorm
from tui_dl.spec.layers.pooling import AvgPool2d, GlobalAvgPool, MaxPool2d, Pool2d, Upsample2d
from tui_dl.spec.layers.products import Conv1d, Conv2d, Convolution, Dense
from tui_dl.spec.layers.recurrent import Decoder, Embedding, Gru, Lstm, Recurrent, Rnn
from tui_dl.spec.layers.shapes import Flatten, Reshape

__all__ = [
    "KINDS",
    "LANES",
    "AnyLayer",
    "Arrays",
    "AvgPool2d",
    "BatchNorm",
    "Conv1d",
    "Conv2d",
    "Convolution",
    "Decoder",
    "Dense",
    "Dropout",
    "Embedding",
    "Flatten",
    "Gelu",
    "GlobalAvgPool",
    "Gru",
    "Initializer",
    "Layer",
    "LayerNorm",
    "LeakyRelu",
    "Lstm",
    "MaxPool2d",
    "Place",
    "Pool2d",
    "Positive",
    "Recurrent",
    "Relu",
    "Repeat",
    "Reshape",
    "Residual",
    "Rnn",
    "Shape",
    "ShapeError",
    "Sigmoid",
    "Softmax",
    "Tanh",
    "TensorSpec",
    "Upsample2d",
    "image",
    "kind",
    "sequence",
]


class Repeat(Layer, frozen=True, tag="repeat"):
    """The rows of `layers`, `times` over, each with its own weights."""

    times: Positive
    layers: Annotated[list[AnyLayer], msgspec.Meta(min_length=1)]


class Residual(Layer, frozen=True, tag="residual"):
    """x + f(x), the rows of `layers` being f (He et al. 2016)."""

    layers: Annotated[list[AnyLayer], msgspec.Meta(min_length=1)]


AnyLayer = (
    Dense | Conv1d | Conv2d | MaxPool2d | AvgPool2d | GlobalAvgPool | Upsample2d
    | Flatten | Reshape | Relu | LeakyRelu | Gelu | Sigmoid | Tanh | Softmax
    | BatchNorm | LayerNorm | Dropout | Embedding | Rnn | Lstm | Gru | Decoder | Repeat | Residual
)  # fmt: skip

KINDS: dict[str, type[Layer]] = {str(cls.__struct_config__.tag): cls for cls in AnyLayer.__args__}
