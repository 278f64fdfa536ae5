"""The report of a table: what is doubtful about it, found before anything is trained.

A check is one file in `checks/`, found by being there: a pure function

    find(table, splits)    yields its findings, none of clean data

A finding says what was found, with the figures that show it, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from tui_dl.data.readers.table import Table
from tui_dl.data.report import checks
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding

NAMES = sorted(file.stem for file in Path(checks.__path__[0]).glob("[a-z]*.py"))


class Check(Protocol):
    """What the file of a check holds."""

    def find(self, table: Table, splits: Split) -> Iterator[Finding]:
        """The findings in a table whose rows are split like that."""


def report(table: Table, splits: Split) -> tuple[Finding, ...]:
    """The findings of all checks, by the name of the check, then in the order of the columns."""
    return tuple(it for name in NAMES for it in load(name).find(table, splits))


def load(name: str) -> Check:
    """The check `name`, imported when it is asked for."""
    return cast(Check, import_module(f"{checks.__name__}.{name}"))
