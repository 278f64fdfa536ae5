"""Variants in one chart: what is drawn of runs that are over, and of those that wait."""

from __future__ import annotations

import pytest

from tests.fake_run import epoch
from tui_dl.drawing.chart_marks import ABOVE
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.variants import MOST_WIDTH, draw_variants
from tui_dl.protocol.events import Evaluated
from tui_dl.runs.status import Status
from tui_dl.runs.traces import Trace

FAMILY = "Test error over the number of training samples"


def trace(name: str, samples: int, accuracy: float | None, status: Status = "finished") -> Trace:
    test = Evaluated(split="test", loss=0.5, accuracy=accuracy) if accuracy is not None else None
    epochs = (epoch(1, 0.5, 1),) if status == "finished" else ()
    return Trace(name, status, epochs, 3, samples, test)


def text(rows: list[StyledLine]) -> str:
    return "\n".join("".join(words for words, _ in row) for row in rows)


def test_the_error_is_drawn_over_the_number_of_samples() -> None:
    traces = [trace("much", 720, 0.98), trace("little", 90, 0.9)]
    shown = text(draw_variants(traces, None, "accuracy", 78, 20))
    assert FAMILY in shown
    assert "10%" in shown
    others = [traces[0], traces[1]._replace(subject="Other data")]
    assert FAMILY not in text(draw_variants(others, None, "accuracy", 78, 20))
    assert "Validation loss" in text(draw_variants(traces, None, "accuracy", 78, 20, first=1))


def test_it_is_not_while_a_run_goes_on_or_where_all_have_as_many() -> None:
    going = [trace("much", 720, None, "running"), trace("little", 90, 0.9)]
    assert FAMILY not in text(draw_variants(going, None, "accuracy", 78, 20))
    over = [trace("much", 720, 0.98), trace("little", 90, 0.9)]
    assert FAMILY not in text(draw_variants(over, 1, "accuracy", 78, 20))
    alike = [trace("one", 90, 0.98), trace("other", 90, 0.9)]
    assert FAMILY not in text(draw_variants(alike, None, "accuracy", 78, 20))


def test_one_that_waits_says_so() -> None:
    waiting = [trace("one", 90, 0.9), trace("other", 0, None, "waiting")]
    (row,) = (
        it
        for it in text(draw_variants(waiting, None, "accuracy", 78, 20)).split("\n")
        if "other" in it
    )
    assert row.split() == ["2", "×", "other", "waiting"]


@pytest.mark.parametrize("height", range(1, 24))
def test_many_runs_in_few_rows(height: int) -> None:
    traces = [trace(f"run {it}", 720, 0.9) for it in range(9)]
    rows = draw_variants(traces, None, "accuracy", 78, height)
    assert len(rows) <= height
    assert any("run 0" in "".join(words for words, _ in row) for row in rows) == (height > 1)


def losses(name: str, values: list[float]) -> Trace:
    epochs = tuple(epoch(at, value, 1) for at, value in enumerate(values, start=1))
    return Trace(name, "finished", epochs, len(values))


def test_a_run_that_diverged_is_marked_above_the_others_and_a_log_axis_has_all() -> None:
    good = [losses("one", [2.0, 1.0, 0.5]), losses("two", [2.0, 1.5, 1.2])]
    alone = text(draw_variants(good, None, "accuracy", 78, 15))
    for bad in ([1e9, 1e9, 1e9], [2.0, 1e9, 1e30], [1e9, 1.9, 1.8]):
        traces = [losses("diverged", bad), *good]
        shown = text(draw_variants(traces, None, "accuracy", 78, 16))
        assert ABOVE in shown
        assert [it[:7] for it in shown.split("\n")[4:]] == [it[:7] for it in alone.split("\n")[3:]]
        assert ABOVE not in text(draw_variants(traces, None, "accuracy", 78, 16, log=True))


def test_runs_that_differ_by_much_share_an_axis() -> None:
    traces = [losses("mse", [0.1, 0.05, 0.04]), losses("cross-entropy", [2.3, 2.2, 1.9])]
    shown = text(draw_variants(traces, None, "accuracy", 78, 16))
    assert ABOVE not in shown


@pytest.mark.parametrize("width", [100, 121, 122, 200, 250])
@pytest.mark.parametrize("height", [8, 14, 30, 60])
def test_no_chart_is_wider_than_others_of_the_dashboard(width: int, height: int) -> None:
    rows = draw_variants([losses("one", [2.0, 1.0])], None, "accuracy", width, height)
    assert len(rows) == height
    charts = text(rows[2:])
    assert max(map(len, charts.split("\n"))) <= min(width, 2 * MOST_WIDTH + 2)
    titles = [line for line in charts.split("\n") if "loss" in line]
    assert "Validation loss" in titles[0]
    assert ("Training loss" in titles[0]) == (width >= 122)


def test_a_loss_that_is_not_finite_stands_apart_in_its_column() -> None:
    ended = epoch(1, None, 1, train_loss=None)
    head, row = draw_variants([Trace("one", "failed", (ended,), 1)], None, "accuracy", 78, 2)
    words, heads = text([row]), text([head])
    assert "✘ not finite  not finite" in words
    assert words.index("not finite") + len("not finite") == heads.index("train loss") + 10
