"""Keys that a stalled line delivers in one piece do what they do when they come slowly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Terminal, the_run

STARTED = "First steps", "A first network", "flatten_1"


@pytest.mark.parametrize(
    ("keys", "preset", "rate"),
    [
        ("e 0 . 5 Down 7 C-u Down Up Up Enter", "first-network", 0.5),
        ("/ s p a m Enter Enter", "spam", None),
        ("/ r a v i n e Enter e C-u 0 . 2 5 Enter", "ravine", 0.25),
    ],
)
def test_keys_in_one_piece(
    keys: str,
    preset: str,
    rate: float | None,
    open_terminal: Callable[[], Terminal],
    home: Path,
) -> None:
    terminal = open_terminal()
    terminal.run()
    terminal.wait_for(*STARTED)
    terminal.press(*keys.split())
    run = the_run(home)
    assert run.name.startswith(preset)
    optimizer = run.experiment.train.optimizer
    assert rate is None or optimizer.learning_rate == rate
    terminal.press("q")
    terminal.wait_for("ready>")
