"""Transforms: how a column of a table becomes numbers, fitted on the training part.

One file a kind of column; a file that is here is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tui_dl.data.transforms.base import Transform
from tui_dl.support.registry import declarations, union

TRANSFORMS: dict[str, type[Transform]] = declarations(__name__, Transform)

if TYPE_CHECKING:
    AnyTransform: TypeAlias = Transform
else:
    AnyTransform = union(TRANSFORMS)
