"""Finds the commands: each is one file in `commands/`, and nothing else holds its name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from tui_dl.cli import commands
from tui_dl.support.command_line import command_line
from tui_dl.support.constants import constants
from tui_dl.support.errors import UserError

GROUPS = (
    "Start a run",
    "Look at runs",
    "Control a run",
    "Experiments",
    "This machine",
)  # the headings of `tui-dl --help`, in its order

_FOLDER = Path(commands.__path__[0])


class Command(Protocol):
    """What the file of a command holds.

    `HELP` and `GROUP` are written as plain strings on one line, for `tui-dl --help` reads them
    without importing the file.
    """

    HELP: str  # what it does, in one line
    GROUP: str  # one of GROUPS

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add its own arguments; `--runs` and `--debug` are there already."""

    def run(self, options: Namespace) -> int:
        """Carry the command out and return its exit status.

        Raises:
            UserError: the request is wrong.
        """


class Entry(NamedTuple):
    """A line in the list of commands."""

    name: str
    help: str


def names() -> list[str]:
    """The names of all commands, in alphabetical order."""
    return sorted(_name(file.stem) for file in _FOLDER.glob("[a-z]*.py"))


def load(name: str) -> Command:
    """Import the command `name`, and no other.

    Raises:
        UserError: there is none.
    """
    if name not in (valid := names()):
        if "." in name or "/" in name:
            raise UserError(f"{name}: no such file, and no command")
        raise UserError(f"{name}: no such command{_hint(name, valid)}")
    return cast(Command, import_module(f"{commands.__name__}.{_module(name)}"))


def _hint(name: str, valid: list[str]) -> str:
    """What was probably meant: to train the preset of that name, or the nearest command."""
    from tui_dl.presets import COURSE
    from tui_dl.support.did_you_mean import suggest

    if name in COURSE:
        return f": to train it, use `{command_line('train', name)}`"
    return suggest(name, valid, f"see `{command_line('--help')}`")


def groups() -> Iterator[tuple[str, list[Entry]]]:
    """All commands under their headings, read from their files without importing them.

    Raises:
        ImportError: a file has no HELP, or no GROUP of `GROUPS`.
    """
    members: dict[str, list[Entry]] = {group: [] for group in GROUPS}
    for name in names():
        file = _FOLDER / f"{_module(name)}.py"
        said = constants(file)
        if "HELP" not in said or said.get("GROUP") not in members:
            groups = ", ".join(GROUPS)
            raise ImportError(f'{file}: needs lines HELP = "..." and GROUP = "...": {groups}')
        members[said["GROUP"]].append(Entry(name, said["HELP"]))
    yield from members.items()


def _name(module: str) -> str:
    """A command's name: its module's, with hyphens."""
    return module.replace("_", "-")


def _module(name: str) -> str:
    """The module of a command."""
    return name.replace("-", "_")
