"""Several runs read together, epoch by epoch: the variants of one experiment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui_dl.protocol.events import EpochEnded, Evaluated, Started
from tui_dl.runs.entries import Entry
from tui_dl.runs.folder import Run
from tui_dl.runs.status import LIVE, State, Status
from tui_dl.runs.view import Present


class Trace(NamedTuple):
    """What a run has recorded so far.

    Attributes:
        name: what tells the run from the others.
        status: where it stands.
        epochs: those that ended, in order.
        most: how many there can be.
        samples: that it learns from; 0 before it has begun.
        test: what came of the test samples, at its end.
        subject: the title of its experiment, the same for all variants of one.
        is_diagnosed: whether something goes wrong in it.
        is_better: whether it is better than its baselines; None where it has none.
        seconds: that training took up to its last epoch.
    """

    name: str
    status: Status
    epochs: Sequence[EpochEnded]
    most: int
    samples: int = 0
    test: Evaluated | None = None
    subject: str = ""
    is_diagnosed: bool = False
    is_better: bool | None = None
    seconds: float = 0.0

    @property
    def last(self) -> int:
        """The number of the last epoch: of one that is live, of the last there can be."""
        if self.status in LIVE:
            return self.most
        return self.epochs[-1].epoch if self.epochs else 0


class Traces:
    """Follows runs; a playhead can move over their epochs as over the steps of one run."""

    def __init__(self, runs: Mapping[str, Run]) -> None:
        self._states = {name: State(run) for name, run in runs.items()}
        self._experiments = {name: run.experiment for name, run in runs.items()}

    def update(self) -> tuple[Trace, ...]:
        """Read what is new."""
        for state in self._states.values():
            state.update()
        return tuple(
            Trace(
                name,
                state.status,
                tuple(state.epochs),
                self._experiments[name].train.epochs,
                _samples(state),
                state.evaluated("test"),
                self._experiments[name].title,
                bool(state.diagnoses),
                state.is_better,
                (state.pace or 0.0) * state.epochs[-1].step if state.epochs else 0.0,
            )
            for name, state in self._states.items()
        )


def _samples(state: State) -> int:
    started: Started | None = state.last(Started)
    return started.samples["train"] if started else 0


def present(traces: Sequence[Trace]) -> Present:
    """How they stand together, for a playhead: an epoch of the longest run is a step."""
    longest = max(traces, key=lambda it: it.epochs[-1].epoch if it.epochs else 0)
    return Present(
        "running" if any(it.status in LIVE for it in traces) else "finished",
        longest.epochs[-1].epoch if longest.epochs else 0,
        seconds=longest.seconds,
        planned=max(it.last for it in traces),
    )


def labelled(entries: Sequence[Entry]) -> dict[str, Run]:
    """Runs by their titles, and by a part of their ids too where two have one title."""
    titles = [it.title for it in entries]
    return {
        it.title if titles.count(it.title) == 1 else f"{it.title} {it.run.id[-4:]}": it.run
        for it in entries
    }
