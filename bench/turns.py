"""Timing by alternating turns: if the machine slows down for a while, all sides are slower."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any

import numpy as np

from tui_dl.kernels.core.jit import Array, Ints

WARM = 3  # steps of a turn before its clock starts

Step = Callable[[], object]


def over(step: Callable[[Ints], object], batches: Sequence[Ints]) -> Step:
    """A function that runs `step` on the next mini-batch, endlessly."""
    turn = cycle(batches)
    return lambda: step(next(turn))


def alternate(steps: Sequence[Step], rounds: int, seconds: float) -> Array:
    """(rounds, steps) median milliseconds of a step in turns of about `seconds` each."""
    return np.array([[_median(step, seconds) for step in steps] for _ in range(rounds)])


def _median(step: Step, seconds: float) -> float:
    for _ in range(WARM):
        step()
    durations = []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        step()
        durations.append(time.perf_counter() - began)
    return float(np.median(durations)) * 1_000


def ratios(turns: Any, above: int, below: int) -> dict[str, float]:
    """Time of step `above` over that of step `below`: the median over turns, and the extremes."""
    by_turn = turns[:, above] / turns[:, below]
    return {
        "ratio": float(np.median(by_turn)),
        "slowest": float(by_turn.min()),
        "fastest": float(by_turn.max()),
    }
