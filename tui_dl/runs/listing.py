"""The line of one run in a list, kept in ``summary.json`` so that lists read no event logs."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Annotated

import msgspec

from tui_dl import __version__
from tui_dl.protocol.events import Ended, EpochEnded
from tui_dl.runs import lock
from tui_dl.runs.details import Details, details_of
from tui_dl.runs.files import open_file
from tui_dl.runs.folder import Run
from tui_dl.runs.missing_figures import no_best_of
from tui_dl.runs.status import DAMAGED, LIVE, State, Status
from tui_dl.spec.format import FORMAT
from tui_dl.support.formatting import metric_figure, percent
from tui_dl.support.json_text import NOT_JSON

OVER = ("finished", "stopped")
MOST = 1 << 16  # bytes of a summary
CHANGING = "", "/checkpoints", "/control", "/experiment.toml"  # what else a line depends on


class Listed(msgspec.Struct, frozen=True):
    """One run, as a list shows it, and how long its logs were when that was found out."""

    format: Annotated[int, msgspec.Meta(ge=FORMAT, le=FORMAT)]  # another one is made again
    run: str  # its id: a folder that was renamed has another title
    events: int  # bytes of events.jsonl
    steps: int  # bytes of steps.bin
    status: Status
    epochs: int
    best_validation_loss: float | None
    test_accuracy: float | None
    started_at: float | None  # Unix seconds
    can_resume: bool
    remarks: list[str]  # what is the matter with its record, and what went wrong in it
    details: Details
    is_better: bool | None  # than its baselines; null where it has none
    test_r2: float | None = None  # of real numbers, which have no accuracy
    test_return: float | None = None  # of rewards, likewise
    training_seconds: float | None = None  # without compiling
    diagnoses: list[str] = []  # kinds
    version: str = ""  # of the program, which says how a run is called; another one is made again

    @property
    def is_whole(self) -> bool:
        """Whether it came to an end of its own, be it a failure: nobody stopped or killed it."""
        return self.status == "finished" or (self.status == "failed" and not self.can_resume)

    @property
    def figure(self) -> str:
        """What the test samples gave: accuracy, r2 or the mean return of an episode."""
        if self.test_return is not None:
            return f"return {metric_figure('return', self.test_return)}"
        if self.test_r2 is not None:
            return f"r2 {metric_figure('r2', self.test_r2)}"
        return percent(self.test_accuracy)


DECODER = msgspec.json.Decoder(Listed)


def listed(run: Run) -> Listed:
    """What a list says of `run`: from its summary, or from its events where that is older."""
    found = _read(run)
    if found and (
        found.status in OVER or (found.status not in LIVE and not lock.is_held(run.lock))
    ):
        return found
    state, made = _made(run)
    if made.status not in LIVE:  # else it would be old at once
        _write(state, made)
    return made


def keep(run: Run) -> Listed:
    """Write the summary, made from the events, as a worker does at its start and at its end."""
    state, made = _made(run)
    _write(state, made)
    return made


def _made(run: Run) -> tuple[State, Listed]:
    events, steps = (_size(f"{run.path}/{name}") for name in ("events.jsonl", "steps.bin"))
    state = State(run)  # sizes first: more may come
    return state, _listed(state, events, steps)


def _write(state: State, made: Listed) -> None:
    if state.faults or state.newer:  # it may be readable later, or by another version
        return
    with suppress(OSError):  # it can be made again: half of one is not JSON, and is not read
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        handle = open_file(state.run.path / "summary.json", flags)
        try:
            os.write(handle, msgspec.json.encode(made))
        finally:
            os.close(handle)


def _listed(state: State, events: int, steps: int) -> Listed:
    epoch, ended = state.last(EpochEnded), state.last(Ended)
    return Listed(
        FORMAT,
        state.run.id,
        events,
        steps,
        state.status,
        epoch.epoch if epoch else 0,
        state.best_validation_loss,
        ended.test_accuracy if ended else None,
        state.started_at,
        state.can_resume,
        _remarks(state),
        details_of(state),
        state.is_better,
        _test_metric(state, "r2"),
        _test_metric(state, "return"),
        max(ended.seconds - ended.compile_seconds, 0.0) if ended else None,
        [diagnosis.kind for diagnosis in state.diagnoses],
        __version__,
    )


def _test_metric(state: State, name: str) -> float | None:
    """A metric of the test samples; None where it is not that of the run."""
    test = state.evaluated("test")
    value = test.metrics.get(name) if test else None
    return value if isinstance(value, float) else None


def _remarks(state: State) -> list[str]:
    if state.newer:
        return [state.newer.partition(": ")[2]]
    faults = state.faults
    remarks = faults or [DAMAGED] * bool(state.damage)
    remarks += ["can be resumed"] * state.can_resume
    if not faults and (why := no_best_of(state)):
        remarks.append(f"no epoch is the best: {why}")
    return remarks + [diagnosis.kind.replace("_", " ") for diagnosis in state.diagnoses]


def _read(run: Run) -> Listed | None:
    """The summary that was kept, unless what it was made from has changed since."""
    path = str(run.path)  # ten thousand times, pathlib would be most of the time
    try:
        handle = os.open(f"{path}/summary.json", os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            written, content = os.fstat(handle).st_mtime_ns, os.read(handle, MOST)
        finally:
            os.close(handle)
        found = DECODER.decode(content)
        events = os.stat(f"{path}/events.jsonl")  # noqa: PTH116
        others = (os.stat(f"{path}{it}") for it in CHANGING)  # noqa: PTH116
        newest = max(events.st_mtime_ns, *(it.st_mtime_ns for it in others))
    except (OSError, *NOT_JSON):
        return None
    ours = found.version == __version__ and found.run == run.id
    new = ours and newest <= written and found.events == events.st_size
    return found if new and found.steps == _size(f"{path}/steps.bin") else None


def _size(path: str) -> int:
    """Bytes of a file; 0 where there is none."""
    try:
        return os.stat(path).st_size  # noqa: PTH116
    except OSError:
        return 0
