"""What is built is what its file and its rows say, whatever is edited here or by others."""

from __future__ import annotations

import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spec.test_draft import BRACKETS, DOTTED, HEADERS, OVERRIDES, SHORT_HISTORY, _comments
from tui_dl.process.building import Building
from tui_dl.process.origin import of_name
from tui_dl.spec.outline import row_text
from tui_dl.spec.row_text import new_row, parse_row
from tui_dl.support.errors import UserError

TEXTS = [HEADERS, BRACKETS, DOTTED]
TYPED = [
    "dense units=5",
    "relu",
    "dropout rate=0.25",
    "reshape shape=[1, 8, 8]",
    "dense_x",
    "dense units",
]
KEEPING = ("add", "duplicate", "swap")  # edits that lose no comment


@pytest.mark.slow
@SHORT_HISTORY
@given(st.sampled_from(TEXTS), st.integers(0, 2**32))
def test_a_hundred_edits_here_and_outside_leave_file_rows_and_comments_equal(
    text: str, seed: int
) -> None:
    draw = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mine.toml")
        path.write_text(text)
        building = Building(of_name(str(path)))
        for _ in range(100):
            _edit_and_compare(building, path, draw)


def _edit_and_compare(building: Building, path: Path, draw: Random) -> None:
    """Make one edit, and compare text, rows and file."""
    draft = building.draft
    what = draw.choice(
        [*KEEPING, "set", "delete", "change", "remove", "undo", "redo", "save", "outside"]
    )
    before, comments = draft.text, _comments(draft.text)
    with suppress(UserError):
        _edit(building, path, what, draw)
    building.refresh()
    raw = tomllib.loads(draft.text)
    assert raw == draft.raw
    rows = building.outline.rows
    layers = [it for it in rows if it.is_layer]
    for row in layers:
        place: Any = raw
        for step in row.path:
            place = place[step]
        assert row.text == row_text(place)
    assert sum(not it.depth for it in layers) == len(raw["network"])
    if what in KEEPING:
        assert _comments(draft.text) == comments, (what, before)
    if not building.is_changed:
        assert path.read_text() == draft.text


def _edit(building: Building, path: Path, what: str, draw: Random) -> None:
    draft, rows = building.draft, building.outline.rows
    layer = draw.choice([it for it in rows if it.is_layer])
    match what:
        case "set":
            draft.set(draw.choice(OVERRIDES))
        case "add":
            draft.add(layer.path, new_row(draw.choice(TYPED)))
        case "duplicate":
            draft.add(layer.path, draft.row(layer.path))
        case "swap":
            *above, index = layer.path
            if (*above, int(index) + 1) in [it.path for it in rows]:
                draft.swap(layer.path)
        case "delete":
            draft.delete(layer.path)
        case "change":
            draft.change(layer.path, parse_row(draw.choice(TYPED), draft.row(layer.path)))
        case "remove":
            others = [it for it in rows if not it.is_layer and it.key != "data.source"]
            if others:
                draft.remove(draw.choice(others).path)
        case "undo":
            draft.undo()
        case "redo":
            draft.redo()
        case "save":
            building.save(path)
        case "outside":
            path.write_text(draw.choice(TEXTS))
            was, is_changed = draft.text, building.is_changed
            building.look_at_file()
            building.look_at_file()  # it was not half written
            assert draft.text == (was if is_changed else path.read_text())
            if draw.random() < 0.5:
                building.take_offered()
