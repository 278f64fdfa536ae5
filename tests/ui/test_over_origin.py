"""A run over the run that it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker, renamed
from tests.ui.screens import SIZES, Session, drive, eventually, settle, text
from tui_dl.runs.folder import Run
from tui_dl.runs.predecessor import predecessor
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens.over_origin import OverOriginScreen
from tui_dl.ui.screens.run import RunScreen


@pytest.fixture
def two(tmp_path: Path) -> tuple[Run, Run]:
    """A run, and a later one of the same preset with other settings."""
    old = renamed(Worker(tmp_path, patience=3).start().train(6).end("finished", best=6), 14)
    return old, Worker(tmp_path).start().train(4).run


@pytest.mark.parametrize("size", SIZES)
def test_a_live_run_is_seen_over_the_one_before(
    size: tuple[int, int], two: tuple[Run, Run]
) -> None:
    old, new = two

    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("o")
        await eventually(app, pilot, "Validation loss")
        await settle(app, pilot)
        assert isinstance(app.screen, OverOriginScreen)
        first, *_ = text(app).splitlines()
        assert " patience=8 " in first
        assert "over lenet5" in first
        assert "lenet5 ·" in text(app)  # the rest is cut where a screen is narrow
        await pilot.press("1")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run == old
        await pilot.press("o")
        await eventually(app, pilot, "no earlier run")
        assert isinstance(app.screen, RunScreen)

    drive(new.path.parent, new, walk, size)


def test_what_was_edited_from_a_run_is_seen_over_it(
    tmp_path: Path, two: tuple[Run, Run], started: list[tuple[str, Experiment]]
) -> None:
    old, _ = two  # not the newest one: it was chosen

    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("b")
        await settle(app, pilot)
        await pilot.press("enter", "backspace", "3", "enter", "t")
        await settle(app, pilot)
        await pilot.press("o")
        await eventually(app, pilot, "Validation loss")
        assert isinstance(app.screen, OverOriginScreen)
        await pilot.press("escape")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run.name == "first-network"  # that was started
        await pilot.press("o")
        await settle(app, pilot)
        await pilot.press("1")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run == old

    drive(tmp_path, old, walk)
    assert len(started) == 1


def test_the_run_before_has_the_preset_or_the_name_and_other_settings(tmp_path: Path) -> None:
    same = renamed(Worker(tmp_path), 14)
    old = renamed(Worker(tmp_path, patience=3), 13)
    mine = renamed(Worker(tmp_path, patience=2), 12, "mine")
    other = renamed(Worker(tmp_path, "first-network"), 11, "other")
    run = renamed(Worker(tmp_path), 16, "lenet5-kernel-3")
    own = renamed(Worker(tmp_path), 17, "mine-kernel-3")
    runs = [own, run, same, old, mine, other]
    assert predecessor(run, runs) == old
    assert predecessor(own, runs) == mine
    assert predecessor(mine, runs) is None
    assert predecessor(other, runs) is None
    (old.path / "experiment.toml").write_text("damaged")
    assert predecessor(run, [Run(old.path)]) is None
