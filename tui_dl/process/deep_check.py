"""The process of `tui-dl check --deep`: checks an untrained network by training it for a moment."""

from __future__ import annotations

from tui_dl import data
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.checks import run_checks
from tui_dl.process.computation import report_kernels, serve
from tui_dl.protocol.check_result import CheckResults
from tui_dl.protocol.events import Compiling
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError


def check_experiment(experiment: Experiment) -> CheckResults:
    """The results of all checks; nothing is written.

    Raises:
        UserError: the data cannot be loaded or has no targets.
    """
    if experiment.data.gives_rewards:
        raise UserError("check --deep needs samples with targets, and an environment has none")
    dataset = data.load(experiment.data, experiment.train.seed, experiment.data_spec)
    with ThreadPool(1) as pool:
        trainer = assemble(experiment, dataset, pool)
        events = compile_kernels(trainer.kernels())
        report_kernels(it.kernel for it in events if isinstance(it, Compiling))
        trainer.stepper.pack()
        return CheckResults(list(run_checks(trainer)))


if __name__ == "__main__":
    serve(check_experiment)
