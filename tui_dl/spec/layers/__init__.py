"""What each layer is: its fields, the shape of its output, its parameters and its cost.

A layer is one table of an experiment's network, decoded from TOML. It knows shapes only; the
arithmetic of kind ``k`` is in ``kernels/layers/k.py``. Shapes leave out the batch: an image is
``(channels, height, width)``, a sequence ``(time, features)``, a sequence of token ids ``(time,)``.

`base.py` has tensor specs, shapes, and the base class of all layers. Every other file has one kind
and its name, or a few that are alike; a file that is here is found.
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
