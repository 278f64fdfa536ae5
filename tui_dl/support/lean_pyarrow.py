"""How pyarrow works in processes of this program: imported fast, in memory that is used again."""

from __future__ import annotations

import os
import sys
from types import ModuleType

_HIDDEN = "pandas", "cloudpickle"


class _Hidden:
    """A finder of modules that says that some are not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Raise ModuleNotFoundError for those; find nothing else."""
        if name in _HIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


class _Docscrape(ModuleType):
    """In place of the module by which pyarrow reads the docstrings of a hundred options."""

    class NumpyDocString:
        """A docstring without parameters."""

        def __init__(self, text: str) -> None: ...

        def __getitem__(self, section: str) -> tuple[()]:
            return ()


def lean_pyarrow() -> None:
    """Let pyarrow, which is imported later, do without what this program does not need.

    pyarrow imports pandas where it is installed, to see whether values are of its types. That takes
    as long as reading a table of 10,000 rows does. cloudpickle, in place of pickle, and docstrings
    of its functions, which it puts together, take as long as a table of 1,000. Its own allocator
    gives freed pages back to the system at once, and asks for them again: the system's does not.
    """
    sys.meta_path.insert(0, _Hidden)
    docscrape = _Docscrape("pyarrow.vendored.docscrape")
    sys.modules.setdefault(docscrape.__name__, docscrape)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
