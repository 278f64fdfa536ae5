"""The run screen follows a run, whether it is compiling, resumed, dead or over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.geometry import Region

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl.cli.main import main
from tui_dl.protocol import events
from tui_dl.runs import atomic, series, view_follower
from tui_dl.runs.playback import Frame
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.short_title import title_of
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.support.errors import UserError
from tui_dl.support.translations import tr
from tui_dl.ui.app import TuiDl, open_dashboard
from tui_dl.ui.panels.chart import Chart
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.panels.run.diagnosis import DiagnosisLines
from tui_dl.ui.screens.run import RunRead, RunScreen


def test_the_screen_follows_a_run_from_compiling_to_its_end(tmp_path: Path) -> None:
    worker = Worker(tmp_path)

    worker.run.log.unlink()

    async def follow(app: TuiDl, pilot: Session) -> None:
        assert "waiting" in text(app)
        worker.run.log.touch()
        await eventually(app, pilot, "starting")
        worker.start().compile(2)
        await eventually(app, pilot, "compiling conv2d_backward  kernels 2/9")
        worker.train(5, best=2)
        await eventually(app, pilot, "epoch 5/30")
        assert "■■■□□□□□ 3/8" in text(app)
        assert "best epoch 2" in text(app)
        worker.train(5, best=2).stop_early(patience=8)
        await eventually(app, pilot, "epoch 2 is restored")
        assert "test accuracy 98.5 %" in text(app)

    drive(tmp_path, worker.run, follow)


def test_a_damaged_cache_of_kernels_is_said(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2)
    says = "damaged kernels in the cache were compiled anew: 2"
    worker.append(events.Compiled, seconds=1.0, kernels=2, cache=says)

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "damaged kernels")
        worker.steps_of(1, 2)
        await settle(app, pilot)
        assert text(app).count("damaged kernels") == 1

    drive(tmp_path, worker.run, look)


def test_a_run_that_is_over_tells_the_epochs_it_finished(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    worker.steps_of(4, 10)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "epoch 4/30" in text(app)
        worker.end("stopped", best=3)
        await eventually(app, pilot, "epoch 3/30")

    drive(tmp_path, worker.run, look)


def test_the_screen_follows_a_run_that_is_resumed(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    worker.die()

    async def follow(app: TuiDl, pilot: Session) -> None:
        assert "✘ failed" in text(app)
        lines = worker.run.events.read_bytes().splitlines(keepends=True)
        atomic.cut(worker.run.events, len(b"".join(lines[:-1])))
        atomic.cut(worker.run.steps, worker.run.steps.stat().st_size * 2 // 3)
        worker.resume(epoch=2)
        await eventually(app, pilot, "● running  epoch 2/30")
        worker.train(2)
        await eventually(app, pilot, "● running  epoch 4/30")

    drive(tmp_path, worker.run, follow)


def test_a_worker_that_died_is_a_failure_with_its_last_words(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)
    worker.run.log.write_text("MemoryError: no room for the workspace\n", encoding="utf-8")
    worker.die()

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "✘ failed" in text(app)
        assert "MemoryError: no room for the workspace" in text(app)
        shown = app.screen.query_one("#loss_chart", Chart).plain
        assert any("⠁" <= it <= "⣿" for it in shown.split("\n", 2)[2])  # what was recorded stays

    drive(tmp_path, worker.run, look)


def test_only_changed_rows_are_repainted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(tmp_path).start().compile(2).train(9, best=5)
    painted: list[Region] = []

    async def look(app: TuiDl, pilot: Session) -> None:
        chart = app.screen.query_one("#metric_chart", Chart)
        before = list(chart.rows)
        refresh = Rows.refresh

        def record(self: Rows, *regions: Region, **how: bool) -> Rows:
            painted.extend(regions if self is chart else ())
            return refresh(self, *regions, **how)

        monkeypatch.setattr(Rows, "refresh", record)
        worker.train(1, best=5)
        await eventually(app, pilot, "epoch 10/30")
        await settle(app, pilot)  # charts are drawn after the status
        changed = [y for y, row in enumerate(chart.rows) if row != before[y]]
        assert [region.y for region in painted] == changed
        assert 0 < len(changed) < len(before) / 2

    drive(tmp_path, worker.run, look)


def test_a_damaged_run_is_refused_before_the_screen_is_taken(tmp_path: Path) -> None:
    worker = Worker(tmp_path)
    (worker.run.path / "experiment.toml").write_text("title = 3\n", encoding="utf-8")
    with pytest.raises(UserError, match="title"):
        open_dashboard(tmp_path, worker.run)


@pytest.mark.parametrize(
    ("preset", "words"),
    [("lenet5", "epoch 2 is restored"), ("first-network", "epoch 3 is kept")],
)
def test_any_end_says_which_weights_one_gets(preset: str, words: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path, preset).start().train(3, best=2).end("stopped", best=2)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert words in text(app)
        assert "■ stopped" in text(app)

    drive(tmp_path, worker.run, look)


def test_an_ended_run_took_as_long_here_as_on_the_shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worker = Worker(tmp_path).start().compile(2).train(5)
    worker.time += 0.7
    worker.end("finished", best=5)
    assert main(["show", worker.run.id, "--runs", str(tmp_path)]) == 0
    assert re.search(r"time +0:06,", capsys.readouterr().out)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "0:06 elapsed" in text(app)

    drive(tmp_path, worker.run, look)


def test_there_is_no_moment_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(tmp_path).start().train(3)
    monkeypatch.setattr(RunScreen, "on_mount", lambda self: None)  # nothing is read

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.pause()
        assert text(app).count("reading the run") == 1

    drive(tmp_path, worker.run, look, reads=False)


def test_a_long_run_is_seen_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(tmp_path).start().train(9)
    monkeypatch.setattr(series, "CHUNK", 60)
    monkeypatch.setattr(view_follower, "READ_FIRST", 0.0)
    monkeypatch.setattr(view_follower, "READ_FOR", 0.0)
    reader = view_follower.RunFollower(worker.run)
    views = [reader.poll(100) for _ in range(4)]
    assert [it and round(it.read, 2) for it in views] == [0.33, 0.67, 1, None]
    assert all(it is None or it.curves.x_limit == 10 for it in views)

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "⠒⠤ train 0.1095")
        while "reading" in text(app):
            await pilot.pause(0.05)
        assert views[0] is not None
        app.screen.post_message(RunRead(Frame(views[0], reader.update(), Playhead())))
        await eventually(app, pilot, "reading 33%")

    drive(tmp_path, worker.run, look)


@at_every_size
def test_the_footer_says_how_to_cure_and_how_to_predict(
    size: tuple[int, int], tmp_path: Path
) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(6)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "t Try it" not in text(app).splitlines()[-1]
        worker.diagnose()
        await eventually(app, pilot, "▲ vanishing gradient: dense_1")
        await settle(app, pilot)
        footer = text(app).splitlines()[-1]
        assert "t Try it" in footer
        assert ("i Predict" in footer) == (size[0] > 100)
        assert "? Help" in footer
        worker.end("finished", best=6)
        await eventually(app, pilot, "finished")
        await settle(app, pilot)
        footer = text(app).splitlines()[-1]
        assert "t Try it" in footer
        assert "i Predict" in footer

    drive(tmp_path, worker.run, look, size)


def test_a_run_that_failed_has_nothing_to_predict_with(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(4).fail("the loss is not finite at step 81", "")

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "i Predict" not in text(app).splitlines()[-1]

    drive(tmp_path, worker.run, look, (60, 16))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_diagnosis_is_whole_on_the_smallest_terminal(language: Language, tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(6).diagnose()

    async def look(app: TuiDl, pilot: Session) -> None:
        problem = app.screen.query_one(DiagnosisLines)
        *headline, remedy = problem.plain.splitlines()
        assert "…" not in "".join(headline)
        assert f"{tr('try')}: " in remedy
        worker.diagnose()
        await eventually(app, pilot, tr("+{count} on tab {tab}", count=1, tab=6))
        assert problem.plain.splitlines()[-1] == remedy

    drive(tmp_path, worker.run, look, (60, 16), language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_has_what_tells_runs_apart(language: Language, tmp_path: Path) -> None:
    worker = Worker(tmp_path, patience=7, second="f1").start()
    title = title_of(worker.run)
    assert title == "lenet5 · patience=7 · metrics=accuracy + f1"

    async def look(app: TuiDl, pilot: Session) -> None:
        assert title[:23] in text(app).splitlines()[0]

    drive(tmp_path, worker.run, look, (80, 24), language=language)
