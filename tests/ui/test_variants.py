"""Variants side by side: one playhead for all, and the answer at its end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fake_run import ended, epoch, started
from tests.ui import fabricate
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl import presets
from tui_dl.batch.job import Job
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import Failed
from tui_dl.runs import lock
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run, create
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens.run import RunScreen
from tui_dl.ui.screens.variants import VariantsScreen

LOSSES = {"race": (0.9, 0.8, 0.7), "race-fast": (0.9, 0.3, 0.1), "race-wild": (0.9, None)}


@pytest.fixture(autouse=True)
def race(monkeypatch: pytest.MonkeyPatch) -> None:
    """A course of one preset with two variants; what is started is over at once."""
    monkeypatch.setattr(presets, "COURSE", ("race",))
    monkeypatch.setattr(presets, "find", lambda name: fabricate.COURSE / f"{name}.toml")

    def start(home: Path, job: Job) -> Run:
        losses = LOSSES[f"race-{job.variant}".rstrip("-")]
        run = create(home, job.name, job.experiment)
        log = EventLog(run.events)
        log.append(started(epochs=3))
        for number, loss in enumerate(losses, 1):
            log.append(epoch(number, loss, 1, step=20 * number))
        reason = "the loss is not finite at step 41"
        log.append(Failed(reason=reason) if None in losses else ended())
        run.lock.touch()
        assert not lock.is_held(run.lock)
        return run

    def enqueue(home: Path, jobs: list[Job]) -> list[Run]:
        return [start(home, job) for job in jobs]

    monkeypatch.setattr("tui_dl.batch.queue.enqueue", enqueue)


@at_every_size
def test_the_footer_names_the_key_of_the_variants(size: tuple[int, int], tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        assert "v Variants" in text(app).splitlines()[-1]

    drive(tmp_path, None, look, size)


@at_every_size
def test_all_variants_are_seen_at_one_moment(size: tuple[int, int], tmp_path: Path) -> None:
    async def watch(app: TuiDl, pilot: Session) -> None:
        await pilot.press("v", "y")
        await eventually(app, pilot, "Which is first?")
        assert isinstance(app.screen, VariantsScreen)
        assert "It is the fast one." not in text(app)
        await pilot.press("end")
        await eventually(app, pilot, "It is the fast one.")
        lines = text(app).splitlines()
        (fast,) = (it for it in lines if it.strip().startswith("2 "))
        assert "0.1000" in fast
        assert any("wild" in it and "✘" in it for it in lines)
        await eventually(app, pilot, "✔ fast ends lower")
        await pilot.press("comma")
        await eventually(app, pilot, "0.3000")
        assert "It is the fast one." not in text(app)

    drive(tmp_path, None, watch, size)


def test_a_digit_opens_a_run_and_the_library_counts_the_claims(tmp_path: Path) -> None:
    async def open_one(app: TuiDl, pilot: Session) -> None:
        await pilot.press("v", "y")
        await eventually(app, pilot, "Which is first?")
        await pilot.press("9", "2")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run.name == "race-fast"
        await pilot.press("escape")
        await eventually(app, pilot, "✔ A race")
        app.screen.query_one("#preset-runs").scroll_visible(animate=False)
        await eventually(app, pilot, "2 of 2 claims hold")
        assert any("ago" in row and "fast" in row for row in text(app).splitlines())

    drive(tmp_path, None, open_one)


LONG = "This claim has so many words that no row of a small terminal can hold all of them whole"


@pytest.fixture
def many_claims(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same course with more claims than there is room for."""
    file = tmp_path / "race.toml"
    claim = f'[[claim]]\nsays = "{LONG}, no. {{}}"\ntest = "epochs > {{}}"\n'
    more = "".join(claim.format(number, number) for number in range(1, 26))
    text = (fabricate.COURSE / "race.toml").read_text(encoding="utf-8")
    file.write_text(text + more, encoding="utf-8")
    monkeypatch.setattr(presets, "find", lambda name: file)


@pytest.mark.usefixtures("many_claims")
@at_every_size
def test_claims_that_do_not_fit_have_a_page_where_they_are_whole(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async def leaf(app: TuiDl, pilot: Session) -> None:
        await pilot.press("v", "y", "end")
        await eventually(app, pilot, "4 of 27 claims hold")
        assert "Validation loss" in text(app)
        chart = text(app).splitlines()[-8:]
        assert any("┤" in row for row in chart)
        assert "Claims" in chart[-1]
        await pilot.press("c")
        await eventually(app, pilot, "c Charts")
        await settle(app, pilot)
        assert ("Scroll" in text(app)) is (size[1] < 40)
        assert "It is the fast one." in text(app)
        assert "Validation loss" not in text(app)
        seen: list[str] = []
        for _ in range(12):
            seen += [it for it in text(app).splitlines() if it not in seen]
            await pilot.press("pagedown")
            await settle(app, pilot)
        words = " ".join(" ".join(seen).split())
        assert f"✔ {LONG}, no. 2" in words
        assert "no. 25" in words
        assert "…" not in words
        await pilot.press("c")
        await eventually(app, pilot, "Validation loss")

    drive(tmp_path / "runs", None, leaf, size)


def test_a_try_that_is_of_variants_trains_all_and_judges_none(tmp_path: Path) -> None:
    async def attempt(app: TuiDl, pilot: Session) -> None:
        await pilot.press("t")
        await eventually(app, pilot, "train.epochs: 3 → 9", "3 runs: as it is, fast, wild.")
        assert "Train race and its variants?" in text(app)
        await pilot.press("y", "end")
        await eventually(app, pilot, "Not judged: the claims are of the preset as it is")
        assert isinstance(app.screen, VariantsScreen)
        assert "Scroll" not in text(app)
        names = [run.name for run in app.screen.runs.values()]
        assert names == ["race-epochs-9", "race-epochs-9-fast", "race-epochs-9-wild"]

    drive(tmp_path, None, attempt)


def test_the_first_figure_is_chosen_by_a_key(tmp_path: Path) -> None:
    async def choose(app: TuiDl, pilot: Session) -> None:
        await pilot.press("v", "y", "end")
        await eventually(app, pilot, "Validation loss")
        assert "Training loss" not in text(app)  # there is room for one chart
        await eventually(app, pilot, "✔ fast ends lower")
        await pilot.press("u")
        await settle(app, pilot)
        assert "Training loss" in text(app)
        assert "Validation loss" not in text(app)

    drive(tmp_path, None, choose, (80, 24))


def test_losses_are_shown_on_a_log_scale(tmp_path: Path) -> None:
    async def toggle(app: TuiDl, pilot: Session) -> None:
        await pilot.press("v", "y", "end")
        await eventually(app, pilot, "✔ fast ends lower")
        await settle(app, pilot)
        linear = text(app)
        await pilot.press("l")
        await settle(app, pilot)
        assert text(app) != linear
        await pilot.press("l")
        await settle(app, pilot)
        assert text(app) == linear

    drive(tmp_path, None, toggle, (80, 24))


def test_the_library_turns_back_to_the_variants(tmp_path: Path) -> None:
    async def toggle(app: TuiDl, pilot: Session) -> None:
        await pilot.press("v", "y")
        await eventually(app, pilot, "Which is first?")
        await pilot.press("escape")
        await eventually(app, pilot, "Back to run")
        await pilot.press("r")
        await eventually(app, pilot, "Which is first?")
        assert isinstance(app.screen, VariantsScreen)
        await pilot.press("1")
        await settle(app, pilot)
        await pilot.press("escape")
        await settle(app, pilot)
        await pilot.press("r")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)

    drive(tmp_path, None, toggle)


def test_variants_beside_a_live_run_are_asked_about(tmp_path: Path) -> None:
    other = create(tmp_path, "other", read(fabricate.COURSE / "race.toml"))
    EventLog(other.events).append(started(epochs=3))

    async def ask(app: TuiDl, pilot: Session) -> None:
        await pilot.press("escape")
        await settle(app, pilot)
        await pilot.press("v")
        await eventually(app, pilot, "Train race and its variants too?")
        assert "3 runs: as it is, fast, wild." in text(app)
        assert not list(tmp_path.glob("*-race-fast-*"))
        await pilot.press("y")
        await eventually(app, pilot, "Which is first?")

    held = lock.hold(other.lock)
    try:
        drive(tmp_path, other, ask)
    finally:
        os.close(held)
