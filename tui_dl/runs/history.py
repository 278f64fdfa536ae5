"""The events of one run, indexed as they arrive, so that each is read once."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, islice, pairwise
from math import isfinite
from types import UnionType
from typing import Any, get_args

from tui_dl.protocol.events import (
    Acknowledged,
    AnyEvent,
    Continued,
    Ended,
    EpochEnded,
    Evaluated,
    Extended,
    Failed,
    LearningRateChanged,
    Paused,
    Resumed,
    Started,
)
from tui_dl.support.beginning import Beginning

STEERING = {Started, Resumed, Extended, Acknowledged, LearningRateChanged, Paused, Continued}
NEW_WORKER = {Started, Resumed, Extended}  # what was asked of the worker before is over
LAST = {Evaluated, Ended, Failed}  # written after training
_WITH_STEP = {it for it in get_args(AnyEvent) if "step" in it.__struct_fields__} - LAST


class History:
    """Events in order; adding one and asking for the newest take the same time for any number.

    Attributes:
        elapsed: seconds from the first to the last, without pauses and those without a worker.
        rate_set: the newest event that says which learning rate follows.
        decided: pauses and learning rates that a user set.
        answered: how many commands to pause or to continue the worker has taken.
        told_to_stop: whether its present worker has taken the command to stop: it saves and
            evaluates the weights.
        paused: whether its present worker waits for the command to continue.
    """

    def __init__(self) -> None:
        self.elapsed = 0.0
        self.rate_set: Acknowledged | LearningRateChanged | None = None
        self.decided: list[Paused | LearningRateChanged] = []
        self.answered = 0
        self.told_to_stop = False
        self.paused = False
        self._behind = 0.0  # seconds by which the clock was set back and not set right again
        self._end: int | None = None  # how many events it has, where the lists have more
        self._events: list[AnyEvent] = []
        self._kinds: defaultdict[type, list[Any]] = defaultdict(list)
        self._places: defaultdict[type, list[int]] = defaultdict(list)  # in `_events`, by kind
        self._steps: list[int] = []  # after which each event was written; it never falls
        self._elapsed: list[float] = []  # up to each event
        self._steering: list[int] = []  # places of those that `_note` must see in any past

    def add(self, events: Iterable[AnyEvent]) -> None:
        """Take in what happened next."""
        for group in _alike(events):
            kind, first = type(group[0]), len(self._events)
            times = [it.time for it in group]
            before = self._events[-1].time if self._events else times[0]
            same = sys.maxsize if kind in LAST else 0  # of those that do not say their step
            steps = [it.step for it in group] if kind in _WITH_STEP else [same] * len(group)
            most = self._steps[-1] if self._steps else 0
            if self.paused or kind in NEW_WORKER:
                waits = [0.0] * len(group)
            else:
                waits = self._waits([new - old for old, new in pairwise([before, *times])])
            self._events += group
            self._kinds[kind] += group
            self._places[kind] += range(first, first + len(group))
            self._steps += islice(accumulate(steps, max, initial=most), 1, None)
            self._elapsed += islice(accumulate(waits, initial=self.elapsed), 1, None)
            self.elapsed = self._elapsed[-1]
            if kind in STEERING:
                self._note(group[0])
                if not (kind is LearningRateChanged and group[0].scheduled):
                    self._steering.append(first)

    def _waits(self, gaps: list[float]) -> list[float]:
        """Seconds between events, of the differences of their times.

        There are none where the clock was set back; and where it goes forward by at least as much
        afterwards, that much of it is the clock set right again.
        """
        if min(gaps) >= 0 and not self._behind:
            return gaps
        waits = []
        for gap in gaps:
            self._behind -= min(gap, 0.0)
            caught_up = self._behind if gap >= self._behind else 0.0
            self._behind -= caught_up
            waits.append(max(gap, 0.0) - caught_up)
        return waits

    def until(self, step: int) -> History:
        """What there was after `step`, before the next one was made; it shares the lists."""
        then = History()
        then._events, then._steps, then._elapsed = self._events, self._steps, self._elapsed
        then._kinds, then._places, then._steering = self._kinds, self._places, self._steering
        then._end = end = bisect_right(self._steps, step)
        then.elapsed = self._elapsed[end - 1] if end else 0.0
        steering = self._steering[: bisect_left(self._steering, end)]
        rates = then._count(LearningRateChanged)  # of scheduled ones the newest decides
        newest = self._places[LearningRateChanged][rates - 1 : rates] if rates else []
        for place in sorted({*steering, *newest}):
            then._note(self._events[place])
        return then

    def _note(self, event: AnyEvent) -> None:
        """Keep what was done to the run, or by its schedule."""
        if type(event) in NEW_WORKER:
            self.told_to_stop = self.paused = False
        elif isinstance(event, Paused | Continued):
            self.paused = isinstance(event, Paused)
        if isinstance(event, Acknowledged | LearningRateChanged) and event.learning_rate:
            self.rate_set = event
        if isinstance(event, Acknowledged):
            self.answered += event.command in ("pause", "continue")
            self.told_to_stop |= event.command == "stop"
        elif isinstance(event, Paused) or (
            isinstance(event, LearningRateChanged) and not event.scheduled
        ):
            self.decided.append(event)

    @property
    def events(self) -> Sequence[AnyEvent]:
        """All of them, oldest first: not to be changed, and more may come."""
        return self._events if self._end is None else Beginning(self._events, self._end)

    def last(self, kind: type[Any] | UnionType) -> Any:
        """The newest event of a kind, or of several, or None."""
        kinds = get_args(kind) or (kind,)
        newest = [self._places[it][count - 1] for it in kinds if (count := self._count(it))]
        return self._events[max(newest)] if newest else None

    def elapsed_at(self, kind: type[Any]) -> float:
        """`elapsed` up to the newest event of a kind, of which there is one."""
        return self._elapsed[self._places[kind][self._count(kind) - 1]]

    def all(self, kind: type[Any]) -> Sequence[Any]:
        """All events of a kind, oldest first: not to be changed, and more may come."""
        found = self._kinds[kind]
        return found if self._end is None else Beginning(found, self._count(kind))

    def _count(self, kind: type[Any]) -> int:
        """How many events there are of a kind."""
        places = self._places[kind]
        return len(places) if self._end is None else bisect_left(places, self._end)


def waited(since: float, until: float) -> float:
    """Seconds from a time to a later one; none where the clock was set back, or one is no time."""
    return max(until - since, 0.0) if isfinite(until - since) else 0.0


def _alike(events: Iterable[AnyEvent]) -> Iterator[list[Any]]:
    """Events of one kind that follow each other; those of `STEERING` one by one."""
    for kind, alike in groupby(events, type):
        group = [*alike]
        yield from ([it] for it in group) if kind in STEERING else [group]


def best_of(epochs: Sequence[EpochEnded]) -> EpochEnded | None:
    """The best of `epochs`, which are in order, as the newest one names it."""
    if not epochs:
        return None
    number = epochs[-1].best_epoch
    place = bisect_left(epochs, number, key=lambda it: it.epoch)
    return epochs[place] if place < len(epochs) and epochs[place].epoch == number else None
