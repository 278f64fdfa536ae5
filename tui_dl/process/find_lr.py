"""The process of `tui-dl find-lr`: a learning-rate range test from the start of an experiment."""

from __future__ import annotations

from functools import partial

from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.range_test import range_test
from tui_dl.process.computation import run_computation
from tui_dl.process.untrained import untrained
from tui_dl.protocol.rate_range import RateRange
from tui_dl.spec.experiment import Experiment
from tui_dl.support.processors import cores


def find_rate(experiment: Experiment) -> RateRange:
    """The result of a range test; raises UserError as `untrained` does."""
    with ThreadTuner(cores()) as pool:
        return range_test(untrained(experiment, "find-lr", pool))


main = partial(run_computation, find_rate)
