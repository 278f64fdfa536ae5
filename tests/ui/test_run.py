from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import msgspec
import pytest
from textual.events import Key
from textual.geometry import Region
from textual.pilot import Pilot

from tests.ui.fabricate import Worker
from tests.ui.screens import SIZES, drive, eventually, settle, text
from tui_dl.cli.main import main
from tui_dl.protocol import events
from tui_dl.runs import atomic, view_follower
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError
from tui_dl.ui.app import TuiDl, open_dashboard
from tui_dl.ui.panels.chart import Chart
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.screens.run import RunRead, RunScreen

Session = Pilot[Run | None]


def test_the_screen_follows_a_run_from_compiling_to_its_end(tmp_path: Path) -> None:
    worker = Worker(tmp_path)

    async def follow(app: TuiDl, pilot: Session) -> None:
        assert "starting" in text(app)
        worker.start().compile(2)
        await eventually(app, pilot, "compiling conv2d_backward  1 kernel done")
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


def test_q_leaves_a_live_run_and_says_which(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave(app: TuiDl, pilot: Session) -> None:
        await pilot.press("q")

    assert drive(tmp_path, worker.run, leave) == worker.run
    worker.end("finished", best=1)
    assert drive(tmp_path, worker.run, leave) is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_like_q(number: int, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave(app: TuiDl, pilot: Session) -> None:
        os.kill(os.getpid(), number)
        await pilot.pause(0.2)

    assert drive(tmp_path, worker.run, leave) == worker.run


def test_ctrl_c_leaves_like_q_but_in_a_dialog_only_closes_it(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s", "ctrl+c")
        await settle(app, pilot)
        assert app.is_running
        assert "Stop lenet5?" not in text(app)
        await pilot.press("ctrl+c")

    assert drive(tmp_path, worker.run, leave) == worker.run
    assert not list(worker.run.control.iterdir())


def test_a_run_that_is_over_tells_the_epochs_it_finished(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    worker.steps_of(4, 10)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "epoch 4/30" in text(app)
        worker.end("stopped", best=3)
        await eventually(app, pilot, "epoch 3/30")

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
def test_patience_is_never_cut(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path, patience=1000).start().train(20, best=1)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert " 19/1000 " in text(app)

    drive(tmp_path, worker.run, look, size)


def test_the_smallest_terminal_shows_what_matters(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient", layer_decay=0.15).start().train(2)

    async def look(app: TuiDl, pilot: Session) -> None:
        shown = text(app)
        for words in ("q Quit", "^p Menu", "The g", worker.run.id, "dense_1 ", "dense_12"):
            assert words in shown
        await pilot.press("s")
        await settle(app, pilot)
        assert "step. Weights and" in text(app)
        assert "curves so far are kept." in text(app)

    drive(tmp_path, worker.run, look, (60, 16))


def test_the_menu_offers_what_the_footer_does_and_themes(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Session) -> None:
        titles = [command.title for command in app.get_system_commands(app.screen)]
        ours = ["Stop", "Pause", "Learning rate", "Checkpoint", "Log scale", "Back"]
        assert titles == [*ours, "Help", "Quit", "Theme"]
        await pilot.press("ctrl+p")
        await eventually(app, pilot, "Theme")
        await pilot.press(*"back", "enter")
        await eventually(app, pilot, "Back to run")

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize(("answer", "commands"), [("y", ["stop"]), ("n", [])])
def test_stopping_asks_first(answer: str, commands: list[str], tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def stop(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s")
        await eventually(app, pilot, "Stop lenet5?")
        await pilot.press(answer)
        await settle(app, pilot)

    drive(tmp_path, worker.run, stop)
    sent = [msgspec.json.decode(file.read_bytes()) for file in worker.run.control.iterdir()]
    assert [command["command"] for command in sent] == commands


def test_a_command_that_cannot_be_sent_is_said(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        worker.run.control.rmdir()
        worker.run.control.touch()
        await pilot.press("c", "p")
        await settle(app, pilot)
        said = [toast.message for toast in app._notifications]
        assert "checkpoint cannot be sent: File exists" in said[0]
        assert "pause cannot be sent: File exists" in said[1]
        await eventually(app, pilot, "● running  epoch 2/30")

    drive(tmp_path, worker.run, press)


def test_keys_pause_save_and_set_the_learning_rate(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("c", "p")
        worker.append(events.Paused, step=40)
        await eventually(app, pilot, "‖ paused  epoch 2/30")
        await pilot.press("r")
        await eventually(app, pilot, "New learning rate")
        await pilot.press(*"0.01", "enter")
        await settle(app, pilot)
        worker.append(events.LearningRateChanged, step=40, learning_rate=0.01)
        await eventually(app, pilot, "lr 0.01  ·")
        assert "p Resume" in text(app)
        assert "Pause" not in text(app)
        await pilot.press("p")
        worker.append(events.Continued, step=40)
        worker.train(1)
        await eventually(app, pilot, "● running  epoch 3/30")
        assert "p Pause" in text(app)
        assert "lr 0.01" in app.screen.query_one("#loss", Chart).plain
        await pilot.press("r")
        await eventually(app, pilot, "esc cancels")
        await pilot.press("escape")

    drive(tmp_path, worker.run, press)
    sent = [msgspec.json.decode(file.read_bytes()) for file in sorted(worker.run.control.iterdir())]
    assert [command["command"] for command in sent] == ["checkpoint", "pause", "set", "continue"]
    assert sent[2]["learning_rate"] == 0.01


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


def test_an_ended_run_cannot_be_stopped(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2).end("finished", best=2)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s")
        await settle(app, pilot)
        assert "Stop" not in text(app)

    drive(tmp_path, worker.run, look)


def test_a_worker_that_died_is_a_failure_with_its_last_words(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)
    worker.run.log.write_text("MemoryError: no room for the workspace\n", encoding="utf-8")
    worker.die()

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "✘ failed" in text(app)
        assert "MemoryError: no room for the workspace" in text(app)
        assert "•" in app.screen.query_one("#loss", Chart).plain  # what was recorded stays

    drive(tmp_path, worker.run, look)


def test_only_changed_rows_are_repainted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(tmp_path).start().compile(2).train(9, best=5)
    painted: list[Region] = []

    async def look(app: TuiDl, pilot: Session) -> None:
        chart = app.screen.query_one("#accuracy", Chart)
        before = list(chart.rows)
        refresh = Rows.refresh

        def record(self: Rows, *regions: Region, **how: bool) -> Rows:
            painted.extend(regions if self is chart else ())
            return refresh(self, *regions, **how)

        monkeypatch.setattr(Rows, "refresh", record)
        worker.train(1, best=5)
        await eventually(app, pilot, "epoch 10/30")
        changed = [y for y, row in enumerate(chart.rows) if row != before[y]]
        assert [region.y for region in painted] == changed
        assert 0 < len(changed) < len(before) / 2

    drive(tmp_path, worker.run, look)


def test_a_terminal_that_is_too_small_is_told_so(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def shrink(app: TuiDl, pilot: Session) -> None:
        await pilot.resize_terminal(59, 16)
        await eventually(app, pilot, "this terminal is 59x16.")
        worker.diagnose().fail("the loss is not finite", "no step after it")
        await settle(app, pilot)
        sentence = "tui-dl needs 60x16; this terminal is 59x16."
        assert [line.strip() for line in text(app).splitlines() if line] == [sentence]
        await pilot.resize_terminal(60, 16)
        await eventually(app, pilot, "Loss")
        await eventually(app, pilot, "the loss is not finite")

    drive(tmp_path, worker.run, shrink)


def test_help_lists_every_key_of_the_footers(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("question_mark")
        await eventually(app, pilot, "esc closes")
        for word in ("enter", "pgup", "ctrl+p", "how to come back"):
            assert word in text(app)

    drive(tmp_path, worker.run, look, (80, 24))


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
def test_other_themes_show_the_same(theme: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(9, best=7)

    async def change(app: TuiDl, pilot: Session) -> None:
        before = text(app)
        app.theme = theme
        await settle(app, pilot)
        assert text(app) == before

    drive(tmp_path, worker.run, change)


def test_no_color_tells_the_curves_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    worker = Worker(tmp_path).start().compile(2).train(9, best=7)

    async def look(app: TuiDl, pilot: Session) -> None:
        legend = app.screen.query_one("#loss", Chart).plain.splitlines()[0]
        assert "⠒•⠤ validation" in legend
        assert "⠒⠤ train" in legend
        assert "best 7" in text(app)

    drive(tmp_path, worker.run, look)


def test_the_loss_can_be_shown_by_powers_of_ten(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(9, best=7)

    async def switch(app: TuiDl, pilot: Session) -> None:
        chart = app.screen.query_one("#loss", Chart)
        assert "0.1 ┤" not in chart.plain
        await pilot.press("l")
        assert "0.1 ┤" in chart.plain
        await pilot.press("l")
        assert "0.1 ┤" not in chart.plain

    drive(tmp_path, worker.run, switch)


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


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1,5", "Use a point: 1.5"),
        ("0,5", "Use a point: 0.5"),
        ("1e", "It must be a number"),
        ("1.000,5", "It must be a number"),
        ("0", "above 0 and at most 1,000"),
        ("-1", "above 0 and at most 1,000"),
    ],
)
def test_what_is_typed_stays_and_is_told_what_is_wrong(
    typed: str, says: str, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def ask(app: TuiDl, pilot: Session) -> None:
        await pilot.press("r", *typed, "enter")
        await eventually(app, pilot, says)
        lines = text(app).splitlines()
        (below,) = (y for y, line in enumerate(lines) if says in line)
        assert re.search(rf"│ +{re.escape(typed)} ", lines[below - 1])
        await pilot.press(*["backspace"] * len(typed), *"2e-3")
        await settle(app, pilot)
        assert says not in text(app)
        await pilot.press("enter")

    drive(tmp_path, worker.run, ask, (60, 16))
    (sent,) = worker.run.control.iterdir()
    assert msgspec.json.decode(sent.read_bytes())["learning_rate"] == 0.002


@pytest.mark.parametrize("burst", ["ssrr", "rss", "sr?"])
def test_one_dialog_at_a_time(burst: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def type_ahead(app: TuiDl, pilot: Session) -> None:
        for key in burst:  # without waiting, as a terminal hands them on
            app.post_message(Key("question_mark" if key == "?" else key, key))
        await settle(app, pilot)
        await pilot.press("ctrl+p")
        assert len(app.screen_stack) <= 3  # the app's own, the run, a dialog
        assert "Menu" not in text(app)  # what the footer offers is for the run
        await pilot.press("escape")
        await eventually(app, pilot, "^p Menu")
        assert isinstance(app.screen, RunScreen)

    drive(tmp_path, worker.run, type_ahead)


def test_only_escape_turns_to_the_library(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("backspace", "delete", "left", "h", "enter", "space")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run == worker.run
        await pilot.press("escape")
        await eventually(app, pilot, "Back to run")

    drive(tmp_path, worker.run, press)


@pytest.mark.parametrize(("size", "more"), [((60, 16), True), ((80, 24), False)])
def test_help_says_that_it_goes_on_below(size: tuple[int, int], more: bool, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("question_mark")
        await settle(app, pilot)
        assert ("↑ ↓ for more, esc closes" in text(app)) == more
        assert ("Reading a run" in text(app)) != more
        await pilot.press("end")
        await eventually(app, pilot, "faint: single steps")

    drive(tmp_path, worker.run, look, size)


@pytest.mark.parametrize("size", SIZES)
def test_no_toast_covers_diagnosis_or_status(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(6).diagnose()

    async def look(app: TuiDl, pilot: Session) -> None:
        before = text(app).splitlines()
        app.notify("Checkpoint saved (step 120). " * 4, title="Checkpoint")
        await eventually(app, pilot, "Checkpoint saved")
        lines = 4 if size[1] < 22 else 5
        assert text(app).splitlines()[-lines:] == before[-lines:]
        assert "▲ vanishing gradient" in before[-lines]

    drive(tmp_path, worker.run, look, size)


def test_there_is_no_moment_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(tmp_path).start().train(3)
    monkeypatch.setattr(RunScreen, "on_mount", lambda self: None)  # nothing is read

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.pause()
        assert text(app).count("reading the run") == 4  # charts, meter, status

    drive(tmp_path, worker.run, look, reads=False)


def test_a_long_run_is_seen_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker(tmp_path).start().train(9)
    monkeypatch.setattr(view_follower, "CHUNK", 60)
    monkeypatch.setattr(view_follower, "READ_FOR", 0.0)
    reader = view_follower.RunFollower(worker.run)
    views = [reader.poll(100) for _ in range(4)]
    assert [it and round(it.read, 2) for it in views] == [0.33, 0.67, 1, None]
    assert all(it is None or it.curves.x_limit == 10 for it in views)

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "⠒⠤ train 0.1095")
        assert views[0] is not None
        app.screen.post_message(RunRead(views[0]))
        await eventually(app, pilot, "reading 33%")

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_second_metric_shares_the_chart_with_accuracy(
    size: tuple[int, int], tmp_path: Path
) -> None:
    worker = Worker(tmp_path, second="top_3").start().train(9)
    worker.append(events.Evaluated, split="test", loss=0.1, accuracy=0.9, metrics={"top_3": 0.993})
    worker.end("finished", best=9)

    async def look(app: TuiDl, pilot: Session) -> None:
        shown = text(app)
        assert "Accuracy, × top 3" in shown
        assert "test top 3 99.3 %" in shown
        chart = app.screen.query_one("#accuracy", Chart).plain
        assert 4 < chart.count("×") <= 10  # some hidden by other curves; one in the legend
        assert ("⠒×⠤ top 3 63.2 %" in chart) == (size[0] > 80)
        assert "×" not in app.screen.query_one("#loss", Chart).plain

    drive(tmp_path, worker.run, look, size)
