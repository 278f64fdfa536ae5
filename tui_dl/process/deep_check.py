"""The process of `tui-dl check --deep`: checks an untrained network by training it for a moment."""

from __future__ import annotations

from functools import partial

from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.checks import run_checks
from tui_dl.process.computation import run_computation
from tui_dl.process.untrained import untrained
from tui_dl.protocol.check_result import CheckResults
from tui_dl.spec.experiment import Experiment


def check_experiment(experiment: Experiment) -> CheckResults:
    """The results of all checks; raises UserError as `untrained` does."""
    with ThreadPool(1) as pool:
        return CheckResults(list(run_checks(untrained(experiment, "check --deep", pool))))


main = partial(run_computation, check_experiment)
