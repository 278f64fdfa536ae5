"""The same training steps on one thread and on several, in turn, in one process."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bench.own import NETWORKS, Own
from bench.report import Section, verdict
from bench.turns import alternate, over, ratios
from tui_dl.presets import COURSE
from tui_dl.process.read_experiment import read
from tui_dl.spec.data.base import Environment
from tui_dl.support.processors import cores

FLOOR, SHORT = 1.8, 1.0  # of two threads, where a step takes more milliseconds than this on one
ROUNDS, SECONDS = 7, 0.2  # turns each, how long one is

SAYS = f"""One thread's time over that of several; medians of alternating turns in one process,
with the slowest and the fastest turn. Budget: at least {FLOOR} on two threads, for every preset
whose step takes over {SHORT:g} ms, unless it plays episodes: that is done on one thread."""


class Scaling(NamedTuple):
    """Milliseconds a step, medians; `ratio` is one thread's time over that of all threads."""

    experiment: str
    threads: int
    one_thread_ms: float
    all_threads_ms: float
    ratio: float
    slowest: float
    fastest: float
    floor: float | None
    verdict: str


def section() -> Section:
    """Every preset and every network of the race."""
    counts = sorted({min(2, cores()), cores()} - {1})
    names = [*COURSE, *map(str, NETWORKS)]
    return Section("Scaling", SAYS, [scaling(name, count) for name in names for count in counts])


def scaling(name: str, threads: int) -> Scaling:
    """Train the same experiment on one thread and on `threads`, in alternating turns."""
    experiment = read(name)
    with Own(experiment, 1) as one, Own(experiment, threads) as several:
        turns = alternate([over(own.step, own.batches) for own in (one, several)], ROUNDS, SECONDS)
    alone, together = (float(time) for time in np.median(turns, axis=0))
    gained = ratios(turns, 0, 1)
    plays = isinstance(experiment.data, Environment)
    budgeted = name in COURSE and threads == 2 and alone > SHORT and not plays
    floor = FLOOR if budgeted else None
    return Scaling(
        experiment=name if name in COURSE else experiment.title,
        threads=threads,
        one_thread_ms=alone,
        all_threads_ms=together,
        **gained,
        floor=floor,
        verdict=verdict(gained["ratio"], floor),
    )
