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
composed.py       repeat, residual

A file that is here is found, so a new layer needs no line elsewhere in this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tui_dl.spec.layers.base import Layer
from tui_dl.support.registry import declarations, union

KINDS: dict[str, type[Layer]] = declarations(__name__, Layer)

if TYPE_CHECKING:
    AnyLayer: TypeAlias = Layer
else:
    AnyLayer = union(KINDS)
