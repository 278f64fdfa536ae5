"""What the run screen says of a run that early stopping may end: what ended it, the best epoch."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import SIZES, Session, drive, text
from tui_dl.cli.main import main
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run.status import StatusLines


def stopped(home: Path, epochs: int = 12) -> Worker:
    return Worker(home, patience=8).start().train(epochs, best=9).end("stopped", best=9)


def test_the_panel_says_who_stopped_a_run_and_when_it_would_have_ended(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        assert "stopped by hand after epoch 12" in text(app)
        assert "early stop: not before epoch 17" in text(app)
        assert "best epoch 9" in text(app)
        assert "patience" not in text(app)

    drive(tmp_path, stopped(tmp_path).run, look)


@pytest.mark.parametrize(
    ("epochs", "says"),
    [
        (0, ["epoch 1 is kept, unfinished", "no epoch finished"]),
        (2, ["epoch 2 is restored", "best epoch 2"]),
    ],
)
def test_a_run_that_was_stopped_inside_an_epoch_says_so(
    epochs: int, says: list[str], tmp_path: Path
) -> None:
    worker = Worker(tmp_path, patience=8).start().train(epochs)
    worker.steps_of(epochs + 1, 3)
    worker.end("stopped", best=epochs)

    async def look(app: TuiDl, pilot: Session) -> None:
        shown = text(app)
        for it in (f"stopped by hand in epoch {epochs + 1}", *says):
            assert it in shown
        assert "finished yet" not in shown

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize("reason", ["early_stopping", "finished"])
def test_the_smallest_terminal_shows_the_result_of_a_run_on_every_tab(
    reason: str, tmp_path: Path
) -> None:
    worker = Worker(tmp_path, patience=8).start().train(17, best=9).end(reason, best=9)

    async def look(app: TuiDl, pilot: Session) -> None:
        for tab in "123456":
            await pilot.press(tab)
            assert "best 9  ·  test 98.5 %" in app.screen.query_one(StatusLines).plain

    drive(tmp_path, worker.run, look, (60, 16))


def test_a_run_too_short_for_early_stopping_is_not_said_to_have_been_ended_by_it(
    tmp_path: Path,
) -> None:
    worker = Worker(tmp_path, patience=25).start().train(12, best=9).end("stopped", best=9)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "stopped by hand after epoch 12" in text(app)
        assert "early stop: not before" not in text(app)  # the run has 30 epochs

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_terminal_says_when_early_stopping_may_end_a_run(
    size: tuple[int, int], language: Language, tmp_path: Path
) -> None:
    worker = Worker(tmp_path, patience=8).start().train(12, best=9)
    says = {"en": ("patience 3/8", "not before 17", "(stop from 17)"),
            "ko": ("인내(patience) 3/8", "빨라도 에폭 17", "(17부터 중단)")}[language]  # fmt: skip

    async def live(app: TuiDl, pilot: Session) -> None:
        status = app.screen.query_one(StatusLines).plain
        assert says[0] in status
        assert says[1 if size[0] > 60 else 2] in status

    async def by_hand(app: TuiDl, pilot: Session) -> None:
        assert (says[1] in app.screen.query_one(StatusLines).plain) == (size[0] > 60)

    drive(tmp_path, worker.run, live, size, language=language)
    worker.end("stopped", best=9)
    drive(tmp_path, worker.run, by_hand, size, language=language)


def test_a_shell_says_when_early_stopping_could_have_ended_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUI_DL_RUNS", str(tmp_path))
    worker = Worker(tmp_path, patience=8).start().train(12, best=9)
    assert main(["show", worker.run.id]) == 0
    assert "early stop: not before epoch 17" in capsys.readouterr().out
    worker.end("stopped", best=9)
    assert main(["show", worker.run.id]) == 0
    assert "early stop: not before epoch 17" in capsys.readouterr().out


@pytest.mark.parametrize("size", SIZES)
def test_every_terminal_says_what_ended_a_run_and_its_best_epoch(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async def by_hand(app: TuiDl, pilot: Session) -> None:
        assert "■ stopped by hand  epoch 12/30  best 9" in text(app)

    async def early(app: TuiDl, pilot: Session) -> None:
        assert "✔ finished early  epoch 17/30  best 9" in text(app)

    drive(tmp_path, stopped(tmp_path).run, by_hand, size)
    other = tmp_path / "other"
    worker = Worker(other, patience=8).start().train(17, best=9).stop_early(patience=8)
    drive(other, worker.run, early, size)
