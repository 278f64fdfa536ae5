"""What observers cost a whole run: seconds of a processor, and bytes on the disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import thread_time
from typing import Any, NamedTuple
from unittest.mock import patch

from bench.report import Section, verdict
from tui_dl.engine.observers.moments import SPACE
from tui_dl.engine.observers.observe import Observers
from tui_dl.engine.train.session import train
from tui_dl.presets import COURSE
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.runs import artifacts
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError

SHARE, SECONDS = 0.03, 0.5  # of a run, or in all, whichever is more
LONG = {"first-network": (1_000, 4_000), "lenet5": (200,)}  # epochs of further runs

SAYS = f"""Every preset, and some for more epochs, once on one thread: seconds of a processor that
observers take, with writing what they see, against those of the whole run; artifacts and their
bytes in the run folder at its end. The evaluation's outputs are collected for them too, which is
not in these seconds. Budget: at most {SHARE:.0%} of a run or {SECONDS:g} s, whichever is more, and
{SPACE / 1e6:g} MB."""


class Cost(NamedTuple):
    """What observers cost one run."""

    preset: str
    epochs: int
    run_seconds: float
    observer_seconds: float
    percent: float
    artifacts: int
    megabytes: float
    verdict: str


def section() -> Section:
    """Every preset as it is, and the longer ones."""
    runs = [(preset, None) for preset in COURSE]
    longer = [(preset, epochs) for preset, counts in LONG.items() for epochs in counts]
    return Section("Observers", SAYS, [cost(*it) for it in [*runs, *longer]])


def cost(preset: str, epochs: int | None) -> Cost:
    """Train one preset and count the time of its observers."""
    experiment = read(preset, [f"train.epochs={epochs}"] if epochs else [])
    observing = 0.0
    plain = Observers.observe

    def timed(self: Observers, *arguments: Any) -> Iterator[Artifact]:
        nonlocal observing
        began = thread_time()
        found = list(plain(self, *arguments))
        observing += thread_time() - began
        return iter(found)

    with tempfile.TemporaryDirectory() as folder, patch.object(Observers, "observe", timed):
        run = Run(Path(folder))
        began = thread_time()
        with suppress(UserError):  # one preset shows how a run fails
            for output in train(experiment, 1):
                if isinstance(output, Artifact):
                    before = thread_time()
                    artifacts.write(run, output)
                    observing += thread_time() - before
        seconds = thread_time() - began
        files = [path.stat().st_size for path in run.artifacts.rglob("*.safetensors")]
    kept = verdict(observing, limit=max(SHARE * seconds, SECONDS))
    share = 100 * observing / seconds
    last = experiment.train.epochs
    return Cost(preset, last, seconds, observing, share, len(files), sum(files) / 1e6, kept)
