"""What the two charts of a run show, made from a run view."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui_dl.protocol.events import LearningRateChanged, Paused
from tui_dl.runs.view import Points, RunView
from tui_dl.support.formatting import metric_figure, rate, short, whole

SECOND_DOT = "×"


@dataclass(frozen=True)
class Line:
    """One curve; a `dot` on its points tells it from the others where there is no colour."""

    name: str
    points: Points
    style: str
    value: str = ""  # of the last epoch or the final weights, for the legend
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

    The horizontal axis has epochs, from 0 to `x_limit`, or what `x_ticks` say.
    """

    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()  # the most important last
    x_limit: float = 1.0
    percent: bool = False
    log: bool = False
    x_ticks: tuple[tuple[float, str], ...] = ()  # places and labels; none: epochs

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        return not any(line.points[0] for line in self.lines)

    @property
    def curves(self) -> ChartSpec:
        """The same without the legend's values."""
        return replace(self, lines=tuple(replace(line, value="") for line in self.lines))


def loss_chart(view: RunView, log: bool) -> ChartSpec:
    """Loss of each step, its mean over an epoch's steps, and validation loss of each epoch."""
    curves, now = view.curves, view.figures
    return ChartSpec(
        (
            _steps(curves.loss),
            _validation(curves.validation_loss, short(now.validation_loss) if now else ""),
            _train(curves.smooth_loss, short(now.train_loss) if now else ""),
        ),
        marks(view),
        curves.x_limit,
        log=log,
    )


def metric_chart(view: RunView) -> ChartSpec:
    """The same of accuracy, r2 or the return of episodes; and of a second metric, each epoch."""
    curves, now, share = view.curves, view.figures, view.metric == "accuracy"
    metrics = now.validation_metrics if now else {}
    train = now.train_accuracy if now else None
    if view.metric == "return" and curves.smooth_metric[1]:  # of the last epoch's episodes
        train = curves.smooth_metric[1][-1]
    validation = metrics.get(view.metric, now.validation_accuracy if now else None)

    def say(value: object) -> str:
        if now is None:
            return ""
        number = value if isinstance(value, float) else None
        return metric_figure(view.metric, number)

    second = Line(
        in_words(view.second or ""),
        curves.second_metric,
        "second",
        say(metrics.get(view.second or "")),
        SECOND_DOT,
    )
    return ChartSpec(
        (
            _steps(curves.metric),
            *([second] if view.second else []),
            _validation(curves.validation_metric, say(validation)),
            _train(curves.smooth_metric, say(train)),
        ),
        marks(view),
        curves.x_limit,
        percent=share,
    )


def marks(view: RunView) -> tuple[Mark, ...]:
    """Pauses, learning rates set, the best epoch so far, and where training stopped early."""
    best, stopped = view.best, view.early_stopped
    found = []
    for event in sorted(view.decided, key=lambda it: isinstance(it, LearningRateChanged)):
        word = "pause" if isinstance(event, Paused) else f"lr {rate(event.learning_rate)}"
        place = event.step / view.started.steps_per_epoch if view.started else 0.0
        found.append(Mark(place, word, "dim" if word == "pause" else "warn"))
    if best is not None and len(view.epochs) > 1:
        found.append(Mark(best.epoch, f"best {whole(best.epoch)}", "best"))
    if stopped is not None:
        found.append(Mark(stopped.epoch, f"early stop {whole(stopped.epoch)}", "stop"))
    return tuple(found)


def _steps(points: Points) -> Line:
    return Line("each step", points, "step")


def _train(points: Points, value: str) -> Line:
    return Line("train", points, "train", value)


def _validation(points: Points, value: str) -> Line:
    return Line("validation", points, "validation", value, "•")


def in_words(metric: str) -> str:
    """exact_match is exact match."""
    return metric.replace("_", " ")
