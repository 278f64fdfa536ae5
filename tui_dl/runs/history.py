"""The events of one run, indexed as they arrive, so that each is read once."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, islice, pairwise
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

STEERING = {Started, Resumed, Extended, Acknowledged, LearningRateChanged, Paused, Continued}
NEW_WORKER = {Started, Resumed, Extended}  # what was asked of the worker before is over
LAST = {Evaluated, Ended, Failed}  # written after training
_WITH_STEP = {it for it in get_args(AnyEvent) if "step" in it.__struct_fields__} - LAST


class History:
    """Events in order; adding one and asking for the newest take the same time for any number.

    Attributes:
        events: all of them, oldest first.
        elapsed: seconds from the first to the last, without pauses and those without a worker.
        rate_set: the newest event that says which learning rate follows.
        decided: pauses and learning rates that a user set.
        answered: how many commands to pause or to continue the worker has taken.
        told_to_stop: whether its present worker has taken the command to stop: it saves and
            evaluates the weights.
        paused: whether its present worker waits for the command to continue.
    """

    def __init__(self) -> None:
        self.events: list[AnyEvent] = []
        self.elapsed = 0.0
        self.rate_set: Acknowledged | LearningRateChanged | None = None
        self.decided: list[Paused | LearningRateChanged] = []
        self.answered = 0
        self.told_to_stop = False
        self.paused = False
        self._kinds: defaultdict[type, list[Any]] = defaultdict(list)
        self._places: defaultdict[type, list[int]] = defaultdict(list)  # in `events`, by kind
        self._steps: list[int] = []  # after which each event was written; it never falls
        self._elapsed: list[float] = []  # up to each event
        self._steering: list[int] = []  # places of those that `_note` must see in any past

    def add(self, events: Iterable[AnyEvent]) -> None:
        """Take in what happened next."""
        for group in _alike(events):
            kind, first = type(group[0]), len(self.events)
            times = [it.time for it in group]
            before = self.events[-1].time if self.events else times[0]
            same = sys.maxsize if kind in LAST else 0  # of those that do not say their step
            steps = [it.step for it in group] if kind in _WITH_STEP else [same] * len(group)
            most = self._steps[-1] if self._steps else 0
            if self.paused or kind in NEW_WORKER:
                waits = [0.0] * len(group)
            else:  # clocks are set back now and then
                waits = [new - old if new > old else 0.0 for old, new in pairwise([before, *times])]
            self.events += group
            self._kinds[kind] += group
            self._places[kind] += range(first, first + len(group))
            self._steps += islice(accumulate(steps, max, initial=most), 1, None)
            self._elapsed += islice(accumulate(waits, initial=self.elapsed), 1, None)
            self.elapsed = self._elapsed[-1]
            if kind in STEERING:
                self._note(group[0])
                if not (kind is LearningRateChanged and group[0].scheduled):
                    self._steering.append(first)

    def until(self, step: int) -> History:
        """What there was after `step`, before the next one was made."""
        then = History()
        end = bisect_right(self._steps, step)
        then.events, then._steps = self.events[:end], self._steps[:end]
        then._elapsed = self._elapsed[:end]
        then.elapsed = then._elapsed[-1] if end else 0.0
        for kind, places in self._places.items():
            if count := bisect_left(places, end):
                then._places[kind] = places[:count]
                then._kinds[kind] = self._kinds[kind][:count]
        then._steering = self._steering[: bisect_left(self._steering, end)]
        rates = then._places.get(LearningRateChanged, [])  # of scheduled ones the newest decides
        for place in sorted({*then._steering, *rates[-1:]}):
            then._note(self.events[place])
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

    def last(self, kind: type[Any] | UnionType) -> Any:
        """The newest event of a kind, or of several, or None."""
        kinds = get_args(kind) or (kind,)
        place = max(self._places[each][-1] if each in self._places else -1 for each in kinds)
        return self.events[place] if place >= 0 else None

    def all(self, kind: type[Any]) -> list[Any]:
        """All events of a kind, oldest first: the list itself, not to be changed."""
        return self._kinds[kind]


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
