"""The names of the tabs in a heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_dl.runs.folder import Run
from tui_dl.ui.panels.heading import Label, labelled
from tui_dl.ui.panels.run_heading import RunHeading

LABELS = [
    Label(1, "Curves", "Curves", "bell"), Label(2, "Gradients", "Grads", "bell"),
    Label(3, "Pictures", "Pics", "bell"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("room", "opened", "said"),
    [
        (35, 0, " 1 Curves  2 Gradients  3 Pictures "),
        (31, 0, " 1 Curves  2 Gradients  3 Pics "),
        (30, 0, " 1 Curves  2 Grads  3 Pics "),
        (25, 0, " 1 Curves  2 Grads  3 "),
        (32, 2, " 1 Curves  2 Grads  3 Pictures "),
        (15, 1, " 1  2 Gradients  3 "),
    ],
)
def test_short_names_come_before_numbers(room: int, opened: int, said: str) -> None:
    assert labelled(LABELS, opened, room).plain == said


def test_a_long_title_leaves_room_for_names_of_tabs(tmp_path: Path) -> None:
    heading = RunHeading("vanishing-gradient · units=128 · adam 0.002 · 80 epochs", Run(tmp_path))
    title, tabs = heading.parts(60)
    assert title.plain.startswith(" vanishing-gradient")
    assert sum(word.isalpha() for word in tabs.plain.split()) >= 3
