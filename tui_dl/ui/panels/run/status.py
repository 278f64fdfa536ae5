"""The status lines: status, speed and results of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.reactive import reactive

from tui_dl.drawing.chart_spec import in_words
from tui_dl.drawing.compiling import kernels_ready
from tui_dl.drawing.run_sign import run_sign
from tui_dl.drawing.styled_text import StyledLine, StyledText, fitted, length
from tui_dl.runs.view import READING, RunView
from tui_dl.spec.train.config import EarlyStopping
from tui_dl.support.formatting import (
    counted,
    duration,
    metric_figure,
    percent,
    rate,
    short,
    step_time,
    whole,
    written,
)
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr
from tui_dl.ui.panels.panel import EVERY_TAB, Panel
from tui_dl.ui.panels.run.early_stopping import earliest_of, weights_row

if TYPE_CHECKING:
    from tui_dl.runs.playback import Frame

RECORDED = ("▷", "plain")
REPLAY = "training is over: a replay"  # the keys that act on training went with it
ENDED_BY = {"stopped": "stopped by hand", "early_stopping": "finished early"}  # a run that may be
GAP: StyledText = ("  ", "plain")
SEPARATOR = "  ·  "


class StatusLines(Panel, can_focus=False):
    """Two rows: status, epoch and time; speed or results. One where there is no room."""

    TAB = EVERY_TAB
    ORDER = 2
    LEAST_SIZE = Size(1, 1)
    WEIGHT = 0

    pending: reactive[str] = reactive("", repaint=False)  # requested, and not yet done
    recorded: int | None = None  # epochs of a run that is over, before whose end it is shown

    def show(self, frame: Frame) -> None:
        present = frame.present
        is_before = not present.live and frame.playhead.at(present) is not None
        self.recorded = present.epochs if is_before else None
        super().show(frame)

    def watch_pending(self) -> None:
        self.redraw()

    def rows_wanted(self, width: int) -> int:
        return 2

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if self.view is None:
            return [[(f"○ {tr(READING)}", "dim")]]
        if height > 1:
            return [self._first_row(self.view, width), fitting(entries(self.view), width)]
        kept = _patience(self.view, brief=True)
        if self.view.ended:  # its result is worth more than how long it took
            result = entries(self.view, brief=True)[:1]
            least = length(self._first_row(self.view, 0)) + len(SEPARATOR)
            kept = [it for it in result if least + length(it) <= width]
        taken = sum(len(SEPARATOR) + length(it) for it in kept)
        first = self._first_row(self.view, width - taken)
        room = width - length(first) - len(SEPARATOR)
        rest = fitting(entries(self.view, brief=True), room) or fitting(entries(self.view), room)
        return [[*first, *([(SEPARATOR, "dim"), *rest] if rest else [])]]

    def _first_row(self, view: RunView, room: int) -> StyledLine:
        return first_row(view, self.pending, room, self.recorded)


def first_row(view: RunView, pending: str, room: int, recorded: int | None = None) -> StyledLine:
    """Status, what is requested and epoch, and the times where there is `room` for them.

    Of a run that early stopping may end, here is also what ended it, and which epoch was the best:
    there may be no room for a panel. Of a moment that was recorded nothing is still to go; its run
    finished `recorded` epochs, and one that it was stopped in counts nowhere.
    """
    sign = run_sign(view.status, bool(view.diagnoses), view.is_better)
    is_over = recorded is not None
    glyph, style = RECORDED if is_over else sign
    row: StyledLine = [(f"{glyph} {tr(REPLAY if is_over else _status(view))}", style)]
    if view.compiling:
        row += [
            (f" {view.compiling.kernel}", "strong"),
            GAP,
            (kernels_ready(view.compiling), "dim"),
        ]
    if pending:
        row += [(" → ", "dim"), (pending, "warn")]
    if view.started and view.step:
        epochs = view.started.epochs
        epoch = min(_epoch(view), epochs if recorded is None else recorded)
        row += [GAP, (tr("epoch "), "dim"), (f"{whole(epoch)}/{whole(epochs)}", "strong")]
    if view.ended and view.ended.best_epoch and _rule(view):
        row += [GAP, (tr("best {epoch}", epoch=whole(view.ended.best_epoch)), "best")]
    early, elapsed, to_go = [], [], []
    if view.ended and view.ended.stop_reason == "stopped":
        early = _earliest(view)
    if view.elapsed is not None:
        elapsed = [(duration(view.elapsed), "plain"), (tr(" elapsed"), "dim")]
    if view.remaining is not None and not is_over and not pending.startswith("stopping"):
        to_go = [(duration(view.remaining), "plain"), (tr(" to go"), "dim")]
    room -= length(row)
    fits = []
    for part in (early, to_go, elapsed):  # the most important one first
        if part and length([GAP, *part]) <= room:
            room -= length([GAP, *part])
            fits.append(part)
    return row + [it for part in (early, elapsed, to_go) if part in fits for it in (GAP, *part)]


def _status(view: RunView) -> str:
    """The status in words; of a run that early stopping may end, also what ended it."""
    if view.status == "stopping":
        return "stopping: evaluating"
    if view.ended and _rule(view):
        return ENDED_BY.get(view.ended.stop_reason, view.status)
    return view.status


def _rule(view: RunView) -> EarlyStopping | None:
    return view.experiment.train.early_stopping if view.experiment else None


def _epoch(view: RunView) -> int:
    """The current epoch, or of an ended run the number of epochs it finished."""
    if view.live and view.started:
        under_way = (view.step - 1) // view.started.steps_per_epoch + 1
        return min(under_way, view.started.epochs)
    return view.epochs[-1].epoch if view.epochs else 0


def entries(view: RunView, brief: bool = False) -> list[StyledLine]:
    """Entries, the most important ones first; those for one row are `brief`."""
    if view.status == "waiting":
        return [[(tr("it starts when a run before it is over"), "dim")]]
    if view.status == "starting":
        return [[(tr("the worker reads the data and builds the network"), "dim")]]
    if view.status == "compiling":
        return [[(tr("once per machine: compiled kernels are kept for the next run"), "dim")]]
    if view.status == "stopping":
        return [[(tr("the weights are saved and evaluated once more"), "dim")]]
    found: list[StyledLine] = []
    success = "warn" if view.is_better is False else "good"
    if view.damage:
        found += [[(said(printable(view.damage)), "warn")]]
    if view.read < 1:
        found += [[(tr("reading {share}", share=f"{view.read:.0%}"), "warn")]]
    if (ended := view.ended) and ended.test_accuracy is not None:
        is_by_loss = view.comparison is not None and view.comparison.event.metric == "loss"
        accuracy = (tr("test " if brief else "test accuracy "), percent(ended.test_accuracy))
        loss = (tr("test loss "), short(ended.test_loss))
        (first, figure), (last, other) = (loss, accuracy) if is_by_loss else (accuracy, loss)
        found += [
            [(first, "dim"), (figure, success)],
            *_baselines(view),
            *_second_metric(view),
            [(last, "dim"), (other, "strong")],
        ]
    elif isinstance(value := view.test.get(view.metric), float):
        figure = metric_figure(view.metric, value)
        found += [[(f"{_tested(view.metric)} ", "dim"), (figure, success)], *_baselines(view)]
        if isinstance(error := view.test.get("rmse"), float):
            found += [[(f"{_tested('rmse')} ", "dim"), (written(error), "strong")]]
    found += _patience(view, brief)
    if view.step:
        steps = f"/{whole(view.steps)}" if view.live else ""
        found += [[(tr("step "), "dim"), (f"{whole(view.step)}{steps}", "plain")]]
    found += _weights(view)
    if view.step_ms is not None:
        found += [[(step_time(view.step_ms), "plain"), (tr("/step"), "dim")]]
    if view.samples_per_second is not None:
        found += [[(whole(view.samples_per_second), "plain"), (tr(" samples/s"), "dim")]]
    if view.learning_rate is not None:
        found += [[(tr("lr "), "dim"), (rate(view.learning_rate), "plain")]]
    if view.started:
        found += [[(said(counted(view.started.threads, "thread")), "dim")]]
    return found


def _patience(view: RunView, brief: bool) -> list[StyledLine]:
    """How many epochs went by without a better one, of those that early stopping allows.

    And when it may end the run, as an entry of its own where there is room.
    """
    rule = _rule(view)
    if rule is None or not view.live or not view.epochs:
        return []
    figure = f"{min(view.epochs[-1].waited, rule.patience)}/{rule.patience}"
    patience: StyledLine = [(tr("patience "), "dim"), (figure, "plain")]
    earliest = earliest_of(rule, view)
    if brief and earliest:
        return [[*patience, (tr(" (stop from {epoch})", epoch=whole(earliest)), "dim")]]
    return [patience, *([early] if (early := _earliest(view)) else [])]


def _earliest(view: RunView) -> StyledLine:
    """When early stopping may end the run, or might have; empty where it cannot."""
    earliest = earliest_of(_rule(view), view)
    if earliest is None:
        return []
    return [(tr("early stop: not before {epoch}", epoch=whole(earliest)), "dim")]


def _weights(view: RunView) -> list[StyledLine]:
    """Which weights the run has in the end; early stopping has a panel that says it."""
    return [weights_row(None, view)] if view.ended and _rule(view) is None else []


def _baselines(view: RunView) -> list[StyledLine]:
    """The figures of the baselines, and how much better the network is."""
    it = view.comparison
    if it is None:
        return []
    entries: list[StyledLine] = [
        [(f"{said(name)} ", "dim"), (figure, "plain")] for name, figure in it.figures[1:]
    ]
    return [*entries, [(said(it.verdict), "good" if it.is_better else "warn")]]


def _second_metric(view: RunView) -> list[StyledLine]:
    value = view.test.get(view.second or "")
    if view.second is None or not isinstance(value, float):
        return []
    return [[(f"{_tested(view.second)} ", "dim"), (percent(value), "good")]]


def _tested(metric: str) -> str:
    """What the figure of a metric with the test samples is called."""
    return tr("test {metric}", metric=tr(in_words(metric)))


def fitting(entries: list[StyledLine], width: int) -> StyledLine:
    """As many entries as there is room for, the first ones first."""
    row: StyledLine = []
    for entry in entries:
        separated: StyledLine = [(SEPARATOR, "dim"), *entry] if row else entry
        if length(row) + length(separated) > width:
            if not row and len(entry) == 1:  # a sentence, and no name with its figure
                return _beside_sentence(entry, entries[1:2], width)
            break
        row += separated
    return row


def _beside_sentence(sentence: StyledLine, others: list[StyledLine], width: int) -> StyledLine:
    """A sentence as far as it goes, and the entry after it where half of the row is left."""
    for other in others:
        room = width - length(other) - len(SEPARATOR)
        if room >= width // 2:
            return [*fitted(sentence, room), (SEPARATOR, "dim"), *other]
    return fitted(sentence, width)
