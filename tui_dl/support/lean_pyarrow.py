"""How pyarrow works in processes of this program: without pandas, in memory that is used again."""

from __future__ import annotations

import os
import sys

_PANDAS = "pandas"


class _Hidden:
    """A finder of modules that says that pandas is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Raise ModuleNotFoundError for pandas; find nothing else."""
        if name == _PANDAS:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def lean_pyarrow() -> None:
    """Let pyarrow, which is imported later, find no pandas and use the system's allocator.

    pyarrow imports pandas where it is installed, to see whether values are of its types. That takes
    as long as reading a table of 10,000 rows does. Its own allocator gives freed pages back to the
    system at once, and asks for them again.
    """
    sys.meta_path.insert(0, _Hidden)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
