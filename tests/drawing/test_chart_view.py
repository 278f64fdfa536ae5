"""How charts are looked at: every key gives a state, and each can be undone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.fake_run import started
from tui_dl.drawing.chart_view import SMOOTHING, ChartView
from tui_dl.runs.curve_request import mean_of
from tui_dl.runs.view import Curves, RunView

WIDTH = 60
steps_and_epochs = st.tuples(st.integers(1, 5000), st.integers(1, 40))
keys = st.lists(st.sampled_from(["left", "right", "far", "in", "out", "back", "on", "unit"]))


def run_view(per_epoch: int, epochs: int) -> RunView:
    total = per_epoch * epochs
    seconds = ([0.0, float(epochs)], [0.0, total * 0.01])
    return RunView(
        "running", started=started(steps_per_epoch=per_epoch, epochs=epochs), step=total,
        curves=Curves(x_limit=float(epochs), seconds=seconds),
    )  # fmt: skip


def pressed(shown: ChartView, keys: list[str], view: RunView) -> ChartView:
    for key in keys:
        shown = {
            "left": lambda it: it.move_cursor(-1, view, WIDTH),
            "right": lambda it: it.move_cursor(1, view, WIDTH),
            "far": lambda it: it.move_cursor(-10, view, WIDTH),
            "in": lambda it: it.zoom_in(view),
            "out": lambda it: it.zoom_out(view),
            "back": lambda it: it.pan(-1, view),
            "on": lambda it: it.pan(1, view),
            "unit": lambda it: it.next_unit(),
        }[key](shown)
    return shown


@given(steps_and_epochs, keys)
def test_any_keys_keep_cursor_and_window_within_the_run(
    size: tuple[int, int], keys: list[str]
) -> None:
    view = run_view(*size)
    shown = pressed(ChartView(), keys, view)
    if shown.window is not None:
        first, last = shown.window
        assert 0 <= first < last <= size[1] + 1e-9
    assert shown.cursor is None or 1 <= shown.cursor <= view.step


@given(steps_and_epochs, keys)
def test_zoom_then_fit_is_the_identity(size: tuple[int, int], keys: list[str]) -> None:
    view = run_view(*size)
    zooms = [key for key in keys if key in ("in", "out", "back", "on")]
    assert pressed(ChartView(), zooms, view).fit() == ChartView()
    assert pressed(ChartView(), zooms, view).fit().axis(view) == ChartView().axis(view)


@given(steps_and_epochs, st.integers(1, 100))
def test_a_key_moves_the_cursor_by_a_column_or_else_a_step(
    size: tuple[int, int], presses: int
) -> None:
    view = run_view(*size)
    shown = ChartView().move_cursor(-1, view, WIDTH)
    assert shown.cursor == view.step
    for _ in range(presses):
        before, shown = shown, shown.move_cursor(-1, view, WIDTH)
        assert before.cursor is not None
        assert shown.cursor is not None
        assert shown.cursor < before.cursor or shown.cursor == 1
        axis = shown.axis(view)
        columns = [axis.column(it / size[0], WIDTH) for it in (before.cursor, shown.cursor)]
        assert columns[0] - columns[1] <= max(2, WIDTH // view.step + 1)
    assert shown.without_cursor() == ChartView()


def test_the_window_follows_the_cursor_and_zoom_keeps_it() -> None:
    view = run_view(100, 10)
    shown = ChartView(cursor=250).zoom_in(view).zoom_in(view).zoom_in(view)
    assert shown.window is not None
    assert shown.window[0] <= 2.5 <= shown.window[1]
    for _ in range(3 * WIDTH):
        shown = shown.move_cursor(-1, view, WIDTH)
        assert shown.cursor is not None
        assert shown.window is not None
        assert shown.window[0] - 0.011 <= shown.cursor / 100 <= shown.window[1] + 0.011
    assert shown.cursor == 1


@given(st.integers(1, 100_000))
def test_smoothing_goes_through_all_windows_and_none(per_epoch: int) -> None:
    view = run_view(per_epoch, 2)
    means = [mean_of(ChartView().smoothing, per_epoch)]
    shown = ChartView()
    while (shown := shown.smoother(1, view)) != ChartView() and len(means) < 20:
        means.append(mean_of(shown.smoothing, per_epoch))
        assert mean_of(shown.smoother(-1, view).smoothing, per_epoch) == means[-2]
        if means[-1] == means[0]:
            break
    assert set(means) == {mean_of(it, per_epoch) for it in SMOOTHING}
