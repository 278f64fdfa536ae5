"""Steps with a record against the same steps without one, in alternating turns in one process.

The sums of squares for gradient norms are computed by the update, which has the numbers in
registers. Every step computes them, so both sides include them.
"""

from __future__ import annotations

import tempfile
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from bench.own import Own
from bench.report import Section, verdict
from bench.turns import alternate, over
from tui_dl.engine.diagnosis.observations import Memory
from tui_dl.kernels.core.jit import Ints
from tui_dl.presets import COURSE
from tui_dl.process.read_experiment import read
from tui_dl.runs.step_log import StepLog
from tui_dl.support.processors import cores

AT_ONCE = 500  # records that are handed out together, at most
LIMIT = 3.0  # per cent
ROUNDS, SECONDS = 25, 0.1  # turns each, how long one is

SAYS = f"""A step with its record, made by kernels, stamped, and handed to the diagnosis and to a
file with others, against the step alone, on all processors; medians of alternating turns in one
process. Both include the sums of squares that the update computes. Budget: at most
{LIMIT:g} % of a step."""


class Telemetry(NamedTuple):
    """Milliseconds a step, medians; the cost is the median difference of two turns."""

    preset: str
    bare_ms: float
    recorded_ms: float
    cost_us: float
    cost_percent: float
    verdict: str


def section() -> Section:
    """Every preset."""
    return Section("Telemetry", SAYS, [telemetry(preset) for preset in COURSE])


def telemetry(preset: str) -> Telemetry:
    """Measure the steps of one trainer with and without telemetry."""
    experiment = read(preset)
    with tempfile.TemporaryDirectory() as folder, Own(experiment, cores()) as own:
        log, memory = StepLog(Path(folder) / "steps.bin"), Memory()
        step, samples, still = own.trainer.stepper.step, own.train, own.still
        recorder, kept = own.trainer.recorder, cycle(range(AT_ONCE))

        def recorded(chosen: Ints) -> None:
            step(samples, chosen, still)
            recorder.stamp(1, len(chosen), perf_counter(), 0.0)
            if not next(kept):
                hand_out()

        def hand_out() -> None:
            records = recorder.take()
            memory.add_steps(records, 1, len(records))
            log.append(records)

        turns = alternate(
            [over(step, own.batches) for step in (own.bare_step, recorded)], ROUNDS, SECONDS
        )
        log.close()
    bare, full = (float(time) for time in np.median(turns, axis=0))
    longer = float(np.median(turns[:, 1] - turns[:, 0]))
    share = float(np.median(turns[:, 1] / turns[:, 0] - 1)) * 100
    return Telemetry(preset, bare, full, longer * 1_000, share, verdict(share, limit=LIMIT))
