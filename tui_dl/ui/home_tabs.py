"""Finds the tabs of the home: each is one file in `screens/home/`, and nothing else names it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from tui_dl.support.constants import constants

FOLDER = Path(__file__).parent / "screens" / "home"
FIRST = "course"  # the tab that opens where no run is shown


class HomeTab(NamedTuple):
    """A tab of the home.

    Attributes:
        key: the digit that opens it, which is its place too.
        name: the file's, without its ending.
        title: what the tab is called on the screen.
    """

    key: int
    name: str
    title: str


@cache
def home_tabs() -> tuple[HomeTab, ...]:
    """All tabs by their keys, read from their files without importing them.

    A file has lines ``NAME = "..."`` and ``ORDER = <its digit>``, and one subclass of `HomeScreen`.

    Raises:
        ImportError: a file has no such lines, or two have one digit.
    """
    found: dict[int, HomeTab] = {}
    for file in sorted(FOLDER.glob("[a-z]*.py")):
        said = constants(file)
        if "NAME" not in said or said.get("ORDER", "") not in tuple("123456789"):
            raise ImportError(f'{file}: needs lines NAME = "..." and ORDER = a digit')
        tab = HomeTab(int(said["ORDER"]), file.stem, said["NAME"])
        if (other := found.setdefault(tab.key, tab)) != tab:
            raise ImportError(f"{file}: ORDER is that of {other.name}")
    return tuple(found[key] for key in sorted(found))
