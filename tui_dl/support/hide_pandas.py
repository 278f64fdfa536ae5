"""Hides pandas in processes of this program, which have no use for it."""

from __future__ import annotations

import sys

_PANDAS = "pandas"


class _Hidden:
    """A finder of modules that says that pandas is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Raise ModuleNotFoundError for pandas; find nothing else."""
        if name == _PANDAS:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def hide_pandas() -> None:
    """Let later imports of pandas fail, as where it is not installed.

    pyarrow imports it where it is installed, to see whether values are of its types. That takes as
    long as reading a table of 10,000 rows does.
    """
    sys.meta_path.insert(0, _Hidden)
