"""What the two charts of a run show, made of a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui_dl.events import LearningRateChanged, Paused
from tui_dl.numbers import percent, rate, short
from tui_dl.ui.snapshot import Points, Snapshot

Say = Callable[[float], str]
SECOND_DOT = "×"


@dataclass(frozen=True)
class Line:
    """One curve; a `dot` on its points tells it from the others where there is no colour."""

    name: str
    points: Points
    ink: str
    value: str = ""  # the newest, for the legend
    dot: str = ""


@dataclass(frozen=True)
class Mark:
    """A vertical line at an epoch, with a word."""

    epoch: float
    word: str
    ink: str


@dataclass(frozen=True)
class Picture:
    """What one chart shows; later lines are drawn over earlier ones."""

    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()  # the more important, the later
    x_limit: float = 1.0
    percent: bool = False
    log: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        return not any(line.points[0] for line in self.lines)


def loss_picture(snapshot: Snapshot, log: bool) -> Picture:
    """Loss of each step, its moving average, and validation loss of each epoch."""
    curves = snapshot.curves
    return Picture(
        (
            _steps(curves.loss),
            _validation(curves.validation_loss, short),
            _train(curves.smooth_loss, short),
        ),
        marks(snapshot),
        curves.x_limit,
        log=log,
    )


def metric_picture(snapshot: Snapshot) -> Picture:
    """The same of accuracy, or of the return of episodes; and of a second metric, each epoch."""
    curves, share = snapshot.curves, snapshot.metric == "accuracy"
    say = percent if share else "{:.1f}".format
    return Picture(
        (
            _steps(curves.metric),
            *([_second(snapshot.second, curves.second_metric)] if snapshot.second else []),
            _validation(curves.validation_metric, say),
            _train(curves.smooth_metric, say),
        ),
        marks(snapshot),
        curves.x_limit,
        percent=share,
    )


def marks(snapshot: Snapshot) -> tuple[Mark, ...]:
    """Pauses, learning rates set, the best epoch so far, and where early stopping struck."""
    best, stopped = snapshot.best, snapshot.early_stopped
    found = []
    for event in sorted(snapshot.decided, key=lambda it: isinstance(it, LearningRateChanged)):
        word = "pause" if isinstance(event, Paused) else f"lr {rate(event.learning_rate)}"
        place = event.step / snapshot.started.steps_per_epoch if snapshot.started else 0.0
        found.append(Mark(place, word, "dim" if word == "pause" else "warn"))
    if best is not None and len(snapshot.epochs) > 1:
        found.append(Mark(best.epoch, f"best {best.epoch}", "best"))
    if stopped is not None:
        found.append(Mark(stopped.epoch, f"early stop {stopped.epoch}", "stop"))
    return tuple(found)


def _steps(points: Points) -> Line:
    return Line("each step", points, "step")


def _train(points: Points, say: Say) -> Line:
    return Line("train", points, "train", _newest(points, say))


def _validation(points: Points, say: Say) -> Line:
    return Line("validation", points, "validation", _newest(points, say), "•")


def _second(metric: str, points: Points) -> Line:
    return Line(in_words(metric), points, "second", _newest(points, percent), SECOND_DOT)


def _newest(points: Points, say: Say) -> str:
    return say(points[1][-1]) if points[1] else ""


def in_words(metric: str) -> str:
    """exact_match is exact match."""
    return metric.replace("_", " ")
