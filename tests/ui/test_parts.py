"""What needs no screen."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from math import log10
from pathlib import Path

import pytest

from tests import fake_run
from tests.ui.fabricate import Worker
from tui_dl.drawing.chart_spec import ChartSpec, Line, Mark, marks
from tui_dl.drawing.plot import plot
from tui_dl.drawing.styled_text import StyledLine, changed, length
from tui_dl.drawing.ticks import decade_labels, epoch_ticks, tick_labels, ticks
from tui_dl.drawing.x_axis import XAxis
from tui_dl.drawing.y_axis import log_axis
from tui_dl.protocol.events import LearningRateChanged
from tui_dl.runs import atomic
from tui_dl.runs.view import RunView
from tui_dl.runs.view_follower import RunFollower, epoch_limit
from tui_dl.ui.panels.run.diagnosis import problem_rows
from tui_dl.ui.panels.run.early_stopping import patience_cells
from tui_dl.ui.panels.run.failure import FailurePanel
from tui_dl.ui.panels.run.status import fitting

X_AXIS = XAxis(last=10)


def test_the_first_frame_waits_for_no_arithmetic(tmp_path: Path) -> None:
    run = Worker(tmp_path).start().run
    code = (
        "import sys; from pathlib import Path; from tui_dl.runs.folder import Run;"
        "from tui_dl.ui.app import TuiDl;"
        f"run = Run(Path({str(run.path)!r})); app = TuiDl(run.path.parent, run);"
        "app.run_screen(run); app.home_screen();"
        "heavy = ('numba', 'numpy', 'plotext', 'rich.markdown', 'tui_dl.engine', 'tui_dl.kernels');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_resumed_run_forgets_the_future_it_lost(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    follower = RunFollower(worker.run)
    first = follower.poll(100)
    assert first is not None
    assert first.step == 60
    atomic.cut(worker.run.steps, worker.run.steps.stat().st_size // 3)
    lines = worker.run.events.read_bytes().splitlines(keepends=True)
    assert b'"epoch":1' in lines[2]
    atomic.cut(worker.run.events, len(b"".join(lines[:3])))
    second = follower.poll(100)
    assert second is not None
    assert second.step == 20
    assert [epoch.epoch for epoch in second.epochs] == [1]
    assert max(second.curves.loss[0]) == 1.0
    assert follower.poll(100) is None  # nothing new


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 2.3, 4, [0, 1, 2, 3]),
        (0.1, 1.0, 3, [0, 0.5, 1.0]),
        (0, 0.034, 5, [0, 0.01, 0.02, 0.03, 0.04]),
        (0, 0, 3, None),
    ],
)
def test_ticks_are_round(low: float, high: float, most: int, expected: list[float] | None) -> None:
    found = ticks(low, high, most)
    assert found[0] <= low
    assert found[-1] >= high
    assert len(found) > 1
    if expected is not None:
        assert found == pytest.approx(expected)


def test_labels_have_the_decimals_they_need() -> None:
    assert tick_labels([0, 0.5, 1.0]) == ["0.0", "0.5", "1.0"]
    assert tick_labels([0, 0.5, 1.0], percent=True) == ["0%", "50%", "100%"]
    assert tick_labels([0, 0.01, 0.02]) == ["0.00", "0.01", "0.02"]
    assert tick_labels([0, 50_000]) == ["0", "5e+04"]


def test_the_epoch_axis_grows_in_steps_and_ends_where_the_run_did() -> None:
    assert [epoch_limit(p, 30, False) for p in (0.1, 1.5, 4.2, 8.1, 10.5, 25)] == [
        1, 2, 5, 10, 20, 30,
    ]  # fmt: skip
    assert epoch_limit(17, 30, True) == 17
    assert epoch_ticks(17, 5) == [0, 5, 10, 15]
    assert epoch_ticks(1, 8) == [0, 1]
    assert epoch_ticks(341.8, 2) == [0, 341]  # stopped within an epoch


def test_decades_are_evenly_apart_and_no_more_than_fit() -> None:
    for low, high, rows in ((-2.3, 0.4, 24), (-6.5, 0.4, 9), (-38.0, 38.0, 12)):
        labels = log_axis(low, high, rows).labels
        assert 1 < len(labels) <= 7
        powers = [round(log10(float(label))) for _, label in labels]
        assert len({b - a for a, b in pairwise(powers)}) == 1
        assert len({b - a for (a, _), (b, _) in pairwise(labels)}) == 1
    assert decade_labels([-3, -2, -1, 0, 1]) == ["0.001", "0.01", "0.1", "1", "10"]
    assert decade_labels([-8, -5, -2, 1]) == ["1e-8", "1e-5", "1e-2", "1e1"]


@pytest.mark.parametrize("height", range(4, 30))
def test_a_value_is_drawn_on_the_row_of_its_label(height: int) -> None:
    for value, label in ((1.0, "100%"), (0.5, "50%"), (0.0, "0%")):
        line = Line("train", ([0.0, 10.0], [value, value]), "train")
        floor = Line("floor", ([0.0], [0.0]), "train")  # keeps the axis
        rows = plot(ChartSpec((line, floor), x=X_AXIS, percent=True), 40, height)
        plain = ["".join(text for text, _ in row) for row in rows]
        drawn = next(row for row in plain if len(set(row[8:])) == 1 and row[8] > "⠀")
        assert label not in "".join(plain) or f" {label} ┤" in drawn
        assert value == 0.5 or drawn[8] not in "⠉⣀"  # the outermost ones stand in mid-row


def test_a_learning_rate_is_marked_with_three_digits() -> None:
    change = LearningRateChanged(time=0, step=1, learning_rate=0.000999207)
    (mark,) = marks(RunView("running", decided=[change]))
    assert mark.word == "lr 0.000999"


def test_a_marks_word_covers_no_curve_where_there_is_room() -> None:
    high = Line("train", ([0.0, 10.0], [1.0, 1.0]), "train")
    floor = Line("floor", ([0.0], [0.0]), "train")  # so that the other is at the top
    rows = plot(ChartSpec((high, floor), (Mark(3, "best 3", "best"),), X_AXIS), 40, 12)
    plain = ["".join(text for text, _ in row) for row in rows]
    assert "best 3" not in plain[0]
    assert "│best 3" in plain[1]
    rows = plot(
        ChartSpec((high,), (Mark(3, "best 3", "best"), Mark(9, "stop 9", "stop")), X_AXIS), 22, 5
    )
    plain = ["".join(text for text, _ in row) for row in rows]
    assert "best 3" in "".join(plain)
    assert "stop 9" in "".join(plain)


def test_no_mark_overwrites_anothers_word() -> None:
    low = Line("train", ([0.0, 10.0], [0.0, 0.01]), "train")
    near = [Mark(4.2, "pause", "dim"), Mark(4.4, "lr 0.001", "warn"), Mark(4.0, "best 13", "best")]
    for width in range(20, 60):
        rows = plot(
            ChartSpec((low,), (*near, Mark(4.1, "early stop 17", "stop")), X_AXIS), width, 5
        )
        plain = "\n".join("".join(text for text, _ in row) for row in rows)
        words = set(re.findall(r"(?:best|lr|pause|early stop)(?: [0-9.]+)?", plain))
        assert words <= {"pause", "lr 0.001", "best 13", "early stop 17"}
        assert "early stop 17" in words or width < 40  # the most important one
    for height in (12, 20):  # there is room for all
        rows = plot(ChartSpec((low,), tuple(near), X_AXIS), 60, height)
        plain = "\n".join("".join(text for text, _ in row) for row in rows)
        assert all(mark.word in plain for mark in near)


def test_no_word_covers_a_curve_however_many_there_are() -> None:
    epochs = [epoch / 4 for epoch in range(41)]
    wild = Line("train", (epochs, [epoch * 4 % 5 / 4 for epoch in epochs]), "train")
    rates = tuple(Mark(epoch + 0.2, f"lr {epoch}", "warn") for epoch in range(10))
    silent = tuple(replace(mark, word="") for mark in rates)
    for width, height in ((60, 6), (60, 12), (140, 12)):
        bare, rows = (plot(ChartSpec((wild,), it, X_AXIS), width, height) for it in (silent, rates))
        pairs = zip("".join(_plain(bare)), "".join(_plain(rows)), strict=True)
        assert {before for before, now in pairs if before != now} <= set(" │")
    assert "lr 9" in "".join(_plain(rows))


def _plain(rows: list[StyledLine]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


def test_patience_fits_whatever_it_is() -> None:
    assert patience_cells(3, 5, 12) == "■■■□□"
    assert patience_cells(50, 100, 20) == "■■■■■■□□□□□□"
    assert patience_cells(362, 1000, 5) == "■□□□□"


def test_only_the_cells_between_the_first_and_last_change_are_sent() -> None:
    before = [("loss ", "dim"), ("0.25", "train"), (" falls", "dim")]
    assert changed(before, [("loss ", "dim"), ("0.24", "train"), (" falls", "dim")], 40) == (8, 9)
    assert changed(before, [("loss ", "dim"), ("0.25", "best"), (" falls", "dim")], 40) == (5, 9)
    assert changed(before, [("loss 0.25", "dim")], 12) == (5, 12)
    assert changed([("a", "dim"), ("b", "dim")], [("ab", "dim")], 40) == (0, 0)


def test_a_long_warning_leaves_room_for_the_result() -> None:
    warning: StyledLine = [("steps.bin ends at step 0 of 1,120, and much more is missing", "warn")]
    result: StyledLine = [("test accuracy 91.4 %", "good")]

    def shown(width: int) -> str:
        row = fitting([warning, result], width)
        assert length(row) <= width
        return "".join(text for text, _ in row)

    assert shown(90).endswith("missing  ·  test accuracy 91.4 %")
    assert shown(55).startswith("steps.bin ends at step 0 of")
    assert shown(55).endswith("…  ·  test accuracy 91.4 %")
    assert shown(30) == "steps.bin ends at step 0 of 1…"
    assert fitting([result, warning], 30) == result


def test_a_diagnosis_is_whole_before_its_remedy_has_a_row() -> None:
    problem = fake_run.diagnosed()
    for width, rows in ((60, 2), (120, 1)):
        for height in (2, 3):
            shown = problem_rows((problem, problem), width, height)
            says = ["".join(text for text, _ in row) for row in shown]
            assert " ".join(it[2:] for it in says[:rows]) == f"{problem.headline}  +1 on tab 6"
            assert [it[:7] for it in says[rows:]] == ["  try: "] * (height > rows)
            assert all(length(row) <= width for row in shown)
    without = fake_run.diagnosed(advice="", change=[])
    assert problem_rows((problem, without), 60, 3) == problem_rows((problem, problem), 60, 3)
    (cut,) = problem_rows((problem,), 40, 1)
    assert "".join(text for text, _ in cut).endswith("… 6 Events")
    *_, cut = problem_rows((fake_run.diagnosed(advice="use relu " * 20, change=[]),), 60, 3)
    assert "".join(text for text, _ in cut).endswith("… 6 Events")
    assert length(cut) <= 60


def test_a_long_reason_of_a_failure_is_not_cut_silently(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1).fail("the loss is not finite " * 9, "")
    panel = FailurePanel(worker.run.experiment, worker.run)
    panel.set_reactive(FailurePanel.view, RunFollower(worker.run).poll(40))
    (row,) = panel.draw(60, 1)
    assert "".join(text for text, _ in row).endswith("…")
    assert length(row) == 60
