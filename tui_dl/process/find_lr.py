"""The process of `tui-dl find-lr`: a learning-rate range test from the start of an experiment."""

from __future__ import annotations

from tui_dl import data
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.range_test import range_test
from tui_dl.process.computation import report_kernels, serve
from tui_dl.protocol.events import Compiling
from tui_dl.protocol.rate_range import RateRange
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.processors import cores


def find_rate(experiment: Experiment) -> RateRange:
    """The result of a range test; nothing is written.

    Raises:
        UserError: the data cannot be loaded or has no targets.
    """
    if experiment.data.gives_rewards:
        raise UserError("find-lr needs samples with targets, and an environment has none")
    dataset = data.load(experiment.data, experiment.train.seed, experiment.data_spec)
    with ThreadTuner(cores()) as pool:
        trainer = assemble(experiment, dataset, pool)
        events = compile_kernels(trainer.kernels())
        report_kernels(it.kernel for it in events if isinstance(it, Compiling))
        trainer.stepper.pack()
        return range_test(trainer)


if __name__ == "__main__":
    serve(find_rate)
