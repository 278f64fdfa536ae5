"""The events of a run as a list: when each happened, and what in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from tui_dl.drawing.styled_text import StyledLine, right
from tui_dl.drawing.wrapped import wrapped
from tui_dl.protocol.events import (
    Acknowledged,
    AnyEvent,
    BaselinesEvaluated,
    CheckFailed,
    Checkpointed,
    Compiled,
    Continued,
    Diagnosed,
    EarlyStopped,
    Ended,
    Evaluated,
    Extended,
    Failed,
    LearningRateChanged,
    Paused,
    Refused,
    Started,
)
from tui_dl.runs.comparison import Comparison
from tui_dl.runs.extended import extension_sentence
from tui_dl.support.formatting import counted, duration, fixed, percent, rate, short, whole
from tui_dl.support.translations import said, tr

CLOCK, EPOCH, STEP, GAP = 8, 7, 10, "   "  # cells of the columns before the sentence
ENDINGS = {"stopped": "stopped", "early_stopping": "finished early"}
BEFORE = CLOCK + EPOCH + STEP + len(GAP)


def header() -> StyledLine:
    """The names of the columns."""
    time, epoch, step = right(tr("time"), CLOCK), right(tr("epoch"), EPOCH), right(tr("step"), STEP)
    return [(f"{time}{epoch}{step}{GAP}{tr('what')}", "dim")]


class EventRows:
    """The rows of a run's events, each made once, however far the list is shown."""

    def __init__(self) -> None:
        self._events: list[AnyEvent] = []  # that have been read
        self._rows: list[StyledLine] = []
        self._counts: list[int] = []  # of rows up to each event
        self._restart(0)

    def _restart(self, width: int) -> None:
        self._width = width
        self._events, self._rows, self._counts = [], [], []
        self._steps_per_epoch = 1
        self._seconds = 0.0  # from the first event to the last
        self._scheduled: int | None = None  # step of the last rate that a schedule set

    def up_to(self, events: Sequence[AnyEvent], width: int) -> list[StyledLine]:
        """The rows of `events`, each of at most `width` cells.

        The events are more or fewer than before, or those of another past.
        """
        count = len(events)
        both = min(count, len(self._events))
        is_other = both > 0 and events[both - 1] is not self._events[both - 1]
        if is_other or width != self._width:
            self._restart(width)
        for event in events[len(self._events) : count]:
            self._add(event)
        return self._rows[: self._counts[count - 1]] if count else []

    def _add(self, event: AnyEvent) -> None:
        if isinstance(event, Checkpointed) and event.name == "best":
            self._leave_out_checkpoint(event.step)
        self._events.append(event)
        if isinstance(event, Started):
            self._steps_per_epoch = event.steps_per_epoch
        if not self._is_repeated(event) and (said := sentence(event)) is not None:
            self._rows += self._rows_of(event, *said)
        self._counts.append(len(self._rows))

    def _leave_out_checkpoint(self, step: int) -> None:
        """Take back the row of a checkpoint that the best one was saved with."""
        before = self._events[-1] if self._events else None
        if isinstance(before, Checkpointed) and before.step == step:
            self._counts[-1] = self._counts[-2] if len(self._counts) > 1 else 0
            del self._rows[self._counts[-1] :]

    def _is_repeated(self, event: AnyEvent) -> bool:
        """Whether it is a learning rate that a schedule changes epoch after epoch."""
        if not isinstance(event, LearningRateChanged) or not event.scheduled:
            return False
        before, self._scheduled = self._scheduled, event.step
        return before is not None and event.step - before <= self._steps_per_epoch

    def _rows_of(self, event: AnyEvent, text: str, style: str) -> list[StyledLine]:
        """When it happened and what; a long sentence goes on below its beginning.

        An event's time is that of its making: a moment later it may be written after another one,
        and a clock may be set back. Times never fall in the list.
        """
        step = getattr(event, "step", None)
        epoch = "" if step is None else whole(ceil(step / self._steps_per_epoch))
        self._seconds = max(event.time - self._events[0].time, self._seconds)
        clock = duration(self._seconds)
        place = f"{epoch:>{EPOCH}}{'' if step is None else whole(step):>{STEP}}{GAP}"
        first, *others = wrapped(text, max(self._width - BEFORE, 1)) or [""]
        return [
            [(f"{clock:>{CLOCK}}", "plain"), (place, "dim"), (first, style)],
            *([(" " * BEFORE, "plain"), (row, style)] for row in others),
        ]


def sentence(event: AnyEvent) -> tuple[str, str] | None:
    """What happened and the style it is written in; None where it is not worth a row."""
    match event:
        case Started(step=0):
            says = "started: {parameters} parameters, {samples} training samples"
            sizes = whole(event.parameters), whole(event.samples["train"])
            return tr(says, parameters=sizes[0], samples=sizes[1]), "plain"
        case Started():
            return tr("training goes on from its checkpoint"), "plain"
        case Extended():
            return said(extension_sentence(event)), "plain"
        case Compiled(kernels=kernels) if kernels:
            count, seconds = said(counted(kernels, "kernel")), fixed(event.seconds, 1)
            return tr("compiled {kernels} in {time} s", kernels=count, time=seconds), "dim"
        case CheckFailed(result=result):
            return tr("check failed: {what}", what=said(result.headline)), "warn"
        case Diagnosed():
            return tr("diagnosis: {what}", what=said(event.headline)), "warn"
        case LearningRateChanged():
            by = tr("by its schedule") if event.scheduled else tr("by hand")
            return tr("learning rate {rate}, {by}", rate=rate(event.learning_rate), by=by), "plain"
        case Checkpointed(name="best"):
            return tr("checkpoint; the best epoch is {epoch}", epoch=whole(event.epoch)), "dim"
        case Checkpointed():
            return tr("checkpoint"), "dim"
        case Refused():
            return tr("{file} is ignored: {why}", file=event.file, why=said(event.reason)), "warn"
        case Acknowledged(command="stop"):
            return tr("stop requested"), "plain"
        case _:
            return _outcome(event)


def _outcome(event: AnyEvent) -> tuple[str, str] | None:
    """The same of what ends a part of the run or tells its result."""
    match event:
        case Paused():
            return tr("paused"), "plain"
        case Continued():
            return tr("resumed"), "plain"
        case EarlyStopped():
            says = "stopped early: {waited} epochs no better than epoch {best}"
            text = tr(says, waited=whole(event.patience), best=whole(event.best_epoch))
            return text + tr(", whose weights are restored") * event.restored, "stop"
        case Evaluated():
            text = f"{said(f'{event.split} loss')} {short(event.loss)}"
            if event.accuracy is not None:
                text += tr(", accuracy {accuracy}", accuracy=percent(event.accuracy))
            return text, "plain"
        case BaselinesEvaluated():
            it = Comparison(event)
            return said(it.sentence) or baselines_line(it), "good" if it.is_better else "warn"
        case Failed():
            return tr("failed: {why}", why=said(event.reason)), "bad"
        case Ended():
            word = tr(ENDINGS.get(event.stop_reason, "finished"))
            after = tr("after {epochs}", epochs=said(counted(event.epochs, "epoch")))
            return tr("{ended} {after}", ended=word, after=after), "strong"
        case _:
            return None


def baselines_line(it: Comparison) -> str:
    """The figures of the network and of its baselines in one line."""
    return " · ".join(f"{said(name)} {figure}" for name, figure in it.figures)
