"""Data sources: their keys, the shape of one sample and of its target, and their classes.

One file a kind, or a few that are alike; a file that is here is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tui_dl.spec.data.base import Data
from tui_dl.support.registry import declarations, union

SOURCES: dict[str, type[Data]] = declarations(__name__, Data)

if TYPE_CHECKING:
    AnySource: TypeAlias = Data
else:
    AnySource = union(SOURCES)
