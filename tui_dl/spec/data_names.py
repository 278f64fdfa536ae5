"""Names of data that say all there is to say: sources that need no file, and known data sets."""

from __future__ import annotations

from tui_dl.spec.data import SOURCES
from tui_dl.spec.data.base import Data


def _is_complete(source: type[Data]) -> bool:
    """Whether a source has defaults for all of its keys."""
    try:
        source()
    except (TypeError, ValueError):
        return False
    return True


SOURCE_NAMES = tuple(name for name, source in SOURCES.items() if _is_complete(source))
DATA_SETS = tuple(name for source in SOURCES.values() for name in source.short_names)
DATA_NAMES = tuple(sorted({*SOURCE_NAMES, *DATA_SETS}))
