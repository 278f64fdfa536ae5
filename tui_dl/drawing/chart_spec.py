"""What the charts of a run show, made from a run view and how it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tui_dl.drawing.chart_view import ChartView, per_epoch
from tui_dl.drawing.styled_text import cut
from tui_dl.drawing.x_axis import XAxis
from tui_dl.protocol.events import LearningRateChanged, Paused
from tui_dl.runs.view import AtCursor, Curves, Points, RunView
from tui_dl.support.formatting import NOTHING, metric_figure, rate, short, whole
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

BLOCK = (
    "⠶"  # four braille dots: at a point's height, where another sign is in the middle of its cell
)
SECOND_DOT = "×"
LONGEST_WORD = 24  # cells of a diagnosis


@dataclass(frozen=True)
class Line:
    """One curve; a `dot` on its points tells it from the others where there is no colour."""

    name: str
    points: Points
    style: str
    value: str = ""  # for the legend: at the cursor, or of the last epoch or the final weights
    dot: str = ""


@dataclass(frozen=True)
class Mark:
    """A vertical line at an epoch, with a word."""

    epoch: float
    word: str
    style: str


@dataclass(frozen=True)
class ChartSpec:
    """What one chart shows; later lines are drawn over earlier ones.

    Attributes:
        lines: the curves.
        marks: vertical lines, the most important last.
        x: the horizontal axis, in epochs.
        percent: whether the vertical axis is in percent.
        log: whether it is logarithmic.
        outliers: whether it shows all values.
        far_lines: whether it reaches lines that lie far from all others: of runs side by side, one
            that diverged must not flatten them.
        cursor: the epoch of the cursor.
        playhead: the epoch that is shown, where it is not the newest.
        note: what the legend says first of all: where the cursor is.
        smoothing: how smooth the line of training is, and its number at the cursor.
        weights: what it says of the weights that the numbers are of, once the run is over; in many
            words, and in few.
    """

    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    x: XAxis = field(default_factory=XAxis)
    percent: bool = False
    log: bool = False
    outliers: bool = False
    cursor: float | None = None
    playhead: float | None = None
    note: str = ""
    smoothing: str = ""
    weights: tuple[str, ...] = ()
    far_lines: bool = True

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        return not any(line.points[0] for line in self.lines)

    @property
    def curves(self) -> ChartSpec:
        """The same without what is not drawn by curves and marks: the legend and the cursor."""
        lines = tuple(replace(line, value="") for line in self.lines)
        return replace(
            self, lines=lines, cursor=None, playhead=None, note="", smoothing="", weights=()
        )


def loss_chart(view: RunView, shown: ChartView) -> ChartSpec:
    """Loss of each step, its mean over the last steps, and validation loss of each epoch."""
    curves, now, at = view.curves, view.figures, _at_cursor(view, shown)
    values = ["", "", ""]
    if shown.cursor is not None:
        values = _figures(short, [at.smooth_loss, at.validation_loss, at.loss] if at else [])
    elif now:
        values = [short(now.train_loss), short(now.validation_loss), ""]
    validation = Line("validation", curves.validation_loss, "validation", values[1], BLOCK)
    train = _train(curves, curves.loss, curves.smooth_loss, values)
    return _chart(view, shown, (*train, validation), log=shown.log)


def metric_chart(view: RunView, shown: ChartView) -> ChartSpec:
    """The same of accuracy, r2 or the return of episodes; and of a second metric, each epoch."""
    curves, now, at = view.curves, view.figures, _at_cursor(view, shown)

    def say(value: object) -> str:
        return metric_figure(view.metric, value if isinstance(value, float) else None)

    values = ["", "", "", ""]
    if shown.cursor is not None:
        values = _figures(
            say,
            [at.smooth_metric, at.validation_metric, at.metric, at.second_metric] if at else [],
        )
    elif now:
        metrics = now.validation_metrics
        values = [
            say(curves.train_return if view.metric == "return" else now.train_accuracy),
            say(metrics.get(view.metric, now.validation_accuracy)),
            "",
            say(metrics.get(view.second or "")),
        ]
    lines = [*_train(curves, curves.metric, curves.smooth_metric, values)]
    if view.second:
        name = in_words(view.second)
        lines.insert(-1, Line(name, curves.second_metric, "second", values[3], SECOND_DOT))
    lines.append(Line("validation", curves.validation_metric, "validation", values[1], BLOCK))
    chart = _chart(view, shown, tuple(lines), percent=view.metric == "accuracy")
    is_of_epoch = view.metric == "return" and chart.weights == _final()  # which the train one is
    return replace(chart, weights=()) if is_of_epoch else chart


def _chart(
    view: RunView,
    shown: ChartView,
    lines: tuple[Line, ...],
    percent: bool = False,
    log: bool = False,
) -> ChartSpec:
    """A chart of lines, with the run's marks and the cursor."""
    steps, mean, cursor = per_epoch(view), view.curves.mean_of, shown.cursor
    note = ""
    if cursor is not None:
        says = "step {step}, epoch {epoch}"
        note = tr(says, step=whole(cursor), epoch=f"{cursor / steps:.2f}")
    if (at := _at_cursor(view, shown)) and shown.unit == "time":
        note = tr("step {step}, {time} s", step=whole(at.step), time=rate(at.seconds))
    return ChartSpec(
        lines,
        marks(view),
        shown.axis(view),
        percent,
        log,
        shown.outliers,
        cursor=None if cursor is None else cursor / steps,
        note=note,
        smoothing=tr("mean of {count} steps", count=mean) if mean > 1 else tr("not smoothed"),
        weights=_restored(view) if cursor is None else (),
    )


def _restored(view: RunView) -> tuple[str, ...]:
    """That the figures of a run that is over are of its final weights; of which epoch they are."""
    rule = view.experiment.train.early_stopping if view.experiment else None
    if view.ended is None:
        return ()
    if rule is None or not rule.restore_best or not view.ended.best_epoch:
        return _final()
    words = "final weights, of epoch {epoch}", "of epoch {epoch}"
    return tuple(tr(it, epoch=whole(view.ended.best_epoch)) for it in words)


def _final() -> tuple[str, ...]:
    return tr("final weights"), tr("final")


def _train(curves: Curves, raw: Points, smooth: Points, values: list[str]) -> tuple[Line, ...]:
    """The smoothed line over the faint one of each step; without smoothing that of the steps."""
    if curves.mean_of > 1:
        faint = Line("each step", raw, "step", values[2])
        return faint, Line("train", smooth, "train", values[0])
    return (Line("train", raw, "train", values[0]),)


def _at_cursor(view: RunView, shown: ChartView) -> AtCursor | None:
    """The numbers at the cursor, once they were read."""
    at = view.curves.cursor
    return at if at and at.step == shown.cursor else None


def _figures(say: Callable[[float], str], numbers: list[float | None]) -> list[str]:
    """Numbers in words, of which there are none before they were read."""
    numbers = numbers or [None] * 4
    return [NOTHING if number is None else say(number) for number in numbers]


def marks(view: RunView) -> tuple[Mark, ...]:
    """Pauses, learning rates set, diagnoses, the best epoch so far, and the early stop."""
    best, stopped, steps = view.best, view.early_stopped, per_epoch(view)
    found = []
    for event in sorted(view.decided, key=lambda it: isinstance(it, LearningRateChanged)):
        if isinstance(event, Paused):
            word, style = tr("pause"), "dim"
        else:
            word, style = f"{tr('lr ')}{rate(event.learning_rate)}", "warn"
        found.append(Mark(event.step / steps if view.started else 0.0, word, style))
    for diagnosed in view.diagnoses:
        word = cut(tr(in_words(printable(diagnosed.kind))), LONGEST_WORD)
        found.append(Mark(diagnosed.step / steps, f"▲ {word}", "warn"))
    if best is not None and len(view.epochs) > 1:
        found.append(Mark(best.epoch, tr("best {epoch}", epoch=whole(best.epoch)), "best"))
    if stopped is not None:
        word = tr("early stop {epoch}", epoch=whole(stopped.epoch))
        found.append(Mark(stopped.epoch, word, "stop"))
    return tuple(found)


def in_words(metric: str) -> str:
    """exact_match is exact match."""
    return metric.replace("_", " ")
