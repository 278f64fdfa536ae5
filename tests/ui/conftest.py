"""A course and a clock that stand still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui import fabricate
from tui_dl import presets
from tui_dl.runs import view_follower
from tui_dl.ui.panels import preset_detail


@pytest.fixture(autouse=True)
def course(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("first-network", "vanishing-gradient", "lenet5")
    monkeypatch.setattr(presets, "COURSE", names)
    monkeypatch.setattr(presets, "find", lambda name: fabricate.COURSE / f"{name}.toml")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_follower, "time", lambda: fabricate.START + 7.5)
    monkeypatch.setattr(preset_detail, "time", lambda: fabricate.START + 90)


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose colours are enough for pictures."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def worker(tmp_path: Path) -> Callable[..., fabricate.Worker]:
    return lambda *preset, **options: fabricate.Worker(tmp_path, *preset, **options)
