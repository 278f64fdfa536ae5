"""The status lines: status, speed and results of the run."""

from __future__ import annotations

from textual.reactive import reactive

from tui_dl.drawing.chart_spec import in_words
from tui_dl.drawing.styled_text import StyledLine, StyledText, length
from tui_dl.runs.status import Status
from tui_dl.runs.view import READING, RunView
from tui_dl.support.formatting import (
    duration,
    metric_figure,
    percent,
    rate,
    short,
    step_time,
    whole,
)
from tui_dl.ui.panels.rows import Rows

STATES = {  # a glyph and a style for each status; the word stands beside them
    "starting": ("○", "dim"),
    "compiling": ("◐", "warn"),
    "running": ("●", "train"),
    "paused": ("‖", "warn"),
    "stopping": ("■", "warn"),
    "finished": ("✔", "good"),
    "stopped": ("■", "warn"),
    "failed": ("✘", "bad"),
    "unreadable": ("✘", "bad"),
}
GAP: StyledText = ("  ", "plain")


class StatusLines(Rows):
    """Two rows: status, epoch and time; speed or results."""

    view: reactive[RunView | None] = reactive(None, repaint=False, always_update=True)
    pending_status: reactive[Status | None] = reactive(
        None, repaint=False
    )  # requested, not reached yet

    def watch_view(self) -> None:
        self.redraw()

    def watch_pending_status(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if self.view is None:
            return [[(f"○ {READING}", "dim")]]
        return [
            _first(self.view, self.pending_status),
            _fitting(_second(self.view), width),
        ]


def _first(view: RunView, pending_status: Status | None) -> StyledLine:
    glyph, style = STATES[view.status]
    row: StyledLine = [(f"{glyph} {view.status}", style)]
    if view.compiling:
        row += [(f" {view.compiling}", "strong"), GAP, (_done(view.compiled), "dim")]
    if pending_status and pending_status != view.status:
        row += [(f" → {pending_status}", "warn")]
    if view.started and view.step:
        epochs = view.started.epochs
        row += [GAP, ("epoch ", "dim"), (f"{whole(_epoch(view))}/{whole(epochs)}", "strong")]
    if view.elapsed is not None:
        row += [GAP, (duration(view.elapsed), "plain"), (" elapsed", "dim")]
    if view.remaining is not None and pending_status != "stopping":
        row += [GAP, (duration(view.remaining), "plain"), (" to go", "dim")]
    return row


def _epoch(view: RunView) -> int:
    """The current epoch, or of an ended run the number of epochs it finished."""
    if view.live and view.started:
        under_way = (view.step - 1) // view.started.steps_per_epoch + 1
        return min(under_way, view.started.epochs)
    return view.epochs[-1].epoch if view.epochs else 0


def _second(view: RunView) -> list[StyledLine]:
    """Entries, the most important ones first."""
    if view.status == "starting":
        return [[("the worker reads the data and builds the network", "dim")]]
    if view.status == "compiling":
        return [[("once per machine: compiled kernels are kept for the next run", "dim")]]
    if view.status == "stopping":
        return [[("saving the weights and evaluating them once more", "dim")]]
    entries: list[StyledLine] = []
    if view.read < 1:
        entries += [[(f"reading {view.read:.0%}", "warn")]]
    if (ended := view.ended) and ended.test_accuracy is not None:
        entries += [
            [("test accuracy ", "dim"), (percent(ended.test_accuracy), "good")],
            *_baselines(view),
            *_second_metric(view),
            [("test loss ", "dim"), (short(ended.test_loss), "strong")],
        ]
    elif isinstance(value := view.test.get(view.metric), float):
        figure = metric_figure(view.metric, value)
        entries += [[(f"test {view.metric} ", "dim"), (figure, "good")], *_baselines(view)]
        if isinstance(error := view.test.get("rmse"), float):
            entries += [[("test rmse ", "dim"), (short(error), "strong")]]
    if view.step:
        steps = f"/{whole(view.steps)}" if view.live else ""
        entries += [[("step ", "dim"), (f"{whole(view.step)}{steps}", "plain")]]
    if view.step_ms is not None:
        entries += [[(step_time(view.step_ms), "plain"), ("/step", "dim")]]
    if view.samples_per_second is not None:
        entries += [[(whole(view.samples_per_second), "plain"), (" samples/s", "dim")]]
    if view.learning_rate is not None:
        entries += [[("lr ", "dim"), (rate(view.learning_rate), "plain")]]
    if view.started:
        threads = view.started.threads
        entries += [[(f"{whole(threads)} thread{'s' * (threads != 1)}", "dim")]]
    return entries


def _baselines(view: RunView) -> list[StyledLine]:
    """The figures of the baselines, and how much better the network is."""
    it = view.comparison
    if it is None:
        return []
    entries: list[StyledLine] = [
        [(f"{name} ", "dim"), (figure, "plain")] for name, figure in it.figures[1:]
    ]
    return [*entries, [(it.verdict, "good" if it.is_better else "warn")]]


def _second_metric(view: RunView) -> list[StyledLine]:
    value = view.test.get(view.second or "")
    if view.second is None or not isinstance(value, float):
        return []
    return [[(f"test {in_words(view.second)} ", "dim"), (percent(value), "good")]]


def _done(kernels: int) -> str:
    return f"{kernels} kernel{'s' * (kernels != 1)} done" if kernels else "the first kernel"


def _fitting(entries: list[StyledLine], width: int) -> StyledLine:
    row: StyledLine = []
    for entry in entries:
        separated: StyledLine = [("  ·  ", "dim"), *entry] if row else entry
        if length(row) + length(separated) > width:
            break
        row += separated
    return row
