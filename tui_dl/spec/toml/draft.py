"""An experiment file that is being edited: its text, edits that keep comments, undo and redo."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import Any

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml import edits
from tui_dl.spec.toml.error_messages import toml_error_message
from tui_dl.spec.toml.layer_keys import with_place
from tui_dl.spec.toml.overrides import apply, pair, steps_of
from tui_dl.spec.toml.spans import Path
from tui_dl.spec.train.config import SHORT
from tui_dl.support.errors import UserError

Row = dict[str, Any]


class Draft:
    """A text and its history. What it says is `raw`, and after each edit the two are equal.

    Attributes:
        raw: the text as `tomllib` reads it; the last one that it could read.
        wrong: why the text is no TOML; empty where it is.
    """

    def __init__(self, text: str) -> None:
        self._past: list[str] = []
        self._future: list[str] = []
        self.raw: dict[str, Any] = {}
        self._take(text)

    @property
    def text(self) -> str:
        """The file as it is now."""
        return self._text

    @property
    def can_undo(self) -> bool:
        """Whether there was another text before."""
        return bool(self._past)

    def undo(self) -> bool:
        """Return to the text before the last edit; False where there is none."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Return to the text before the last `undo`; False where there is none."""
        return self._travel(self._future, self._past)

    def replace(self, text: str) -> None:
        """Take another text as an edit: it was changed in an editor, or outside."""
        if text != self._text:
            self._past.append(self._text)
            self._future.clear()
            self._take(text)

    def row(self, path: Path) -> Row:
        """A copy of the row of the network at `path`; raises UserError where there is no TOML."""
        self._check_toml()
        return deepcopy(self._at(path))

    def add(self, path: Path, row: Row) -> None:
        """Put a row before the one at `path`, or behind the last one."""
        expected = deepcopy(self.raw)
        self._rows(path, expected).insert(_index(path), row)
        self._become(edits.with_row(self._ended, path, row), expected)

    def delete(self, path: Path) -> None:
        """Take out the row at `path`; raises UserError where it is the only one."""
        expected = deepcopy(self.raw)
        rows = self._rows(path, expected)
        if len(rows) == 1:
            raise UserError("this is the only layer there: change it, or add another one first")
        del rows[_index(path)]
        self._become(edits.without_row(self._ended, path), expected)

    def swap(self, path: Path) -> None:
        """Exchange the row at `path` and the next one."""
        expected = deepcopy(self.raw)
        rows, index = self._rows(path, expected), _index(path)
        rows[index], rows[index + 1] = rows[index + 1], rows[index]
        self._become(edits.with_rows_swapped(self._ended, path), expected)

    def change(self, path: Path, row: Row) -> None:
        """Give the row at `path` other keys and values."""
        expected = deepcopy(self.raw)
        self._rows(path, expected)[_index(path)] = row
        self._become(edits.patched(self._ended, self.raw, expected), expected)

    def set(self, override: str) -> None:
        """Set one key by ``KEY=VALUE``, as ``--set`` does; ``none`` removes it.

        Raises:
            UserError: there is no such key, or the text is no TOML.
        """
        self._check_toml()
        override = with_place(override, self.raw)
        expected = deepcopy(self.raw)
        _write_out(expected, steps_of(pair(override)[0]))
        apply(expected, override, Experiment)
        self._become(edits.patched(self._ended, self.raw, expected), expected)

    def remove(self, path: Path) -> None:
        """Take out the key at `path`, which is then as by default; a kind goes with its table."""
        steps = path[:-1] if path[-1] == "kind" and len(path) > 2 else path
        expected = deepcopy(self.raw)
        *above, name = steps
        place: Any = expected
        for step in above:
            place = place[step]
        del place[name]
        self._become(edits.without(self._ended, steps), expected)

    @property
    def _ended(self) -> str:
        """The text with an end of its last line, which edits need."""
        return self._text if self._text.endswith("\n") or not self._text else self._text + "\n"

    def _become(self, text: str, expected: dict[str, Any]) -> None:
        """Take an edited text, which has to say what is `expected`."""
        try:
            found = tomllib.loads(text)
        except ValueError:
            found = None
        if found != expected:
            raise UserError("the file is written in a way that cannot be edited here: press E")
        self.replace(text)

    def _take(self, text: str) -> None:
        self._text, self.wrong = text, ""
        try:
            self.raw = tomllib.loads(text)
        except RecursionError:
            self.wrong = "brackets are nested too deep"
        except ValueError as error:
            self.wrong = toml_error_message(error, text)

    def _travel(self, source: list[str], target: list[str]) -> bool:
        if not source:
            return False
        target.append(self._text)
        self._take(source.pop())
        return True

    def _at(self, path: Path) -> Any:
        place: Any = self.raw
        for step in path:
            place = place[step]
        return place

    def _check_toml(self) -> None:
        if self.wrong:
            raise UserError(f"not a TOML file: {self.wrong}: press E")

    def _rows(self, path: Path, raw: dict[str, Any]) -> list[Row]:
        """The rows in `raw` that the one at `path` stands among."""
        self._check_toml()
        place: Any = raw
        for step in path[:-1]:
            place = place.setdefault(step, []) if isinstance(place, dict) else place[step]
        if not isinstance(place, list):
            raise UserError("the network is no list of rows: press E")
        return place


def _write_out(raw: dict[str, Any], steps: list[str]) -> None:
    """Write a table that is given as its kind alone as a table, where a key of it is to be set."""
    train = raw.get("train")
    match steps:
        case ["train", name, _, *_] if name in SHORT and isinstance(train, dict):
            if isinstance(train.get(name), str):
                train[name] = {"kind": train[name]}


def _index(path: Path) -> int:
    index = path[-1]
    assert isinstance(index, int)
    return index
