"""A trainer at its start, for processes that try an experiment without making a run."""

from __future__ import annotations

from tui_dl import data
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.trainer import Trainer
from tui_dl.process.computation import report_kernels
from tui_dl.protocol.events import Compiling
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError


def untrained(experiment: Experiment, command: str, pool: ThreadPool | ThreadTuner) -> Trainer:
    """The trainer of an experiment with its data, and kernels compiled; nothing is written.

    Args:
        experiment: what is tried.
        command: who asks, for messages.
        pool: computes.

    Raises:
        UserError: the data cannot be loaded or has no targets.
    """
    if experiment.data.gives_rewards:
        raise UserError(f"{command} needs samples with targets, and an environment has none")
    dataset = data.load(experiment.data, experiment.train.seed, experiment.data_spec)
    trainer = assemble(experiment, dataset, pool)
    events = compile_kernels(trainer.kernels())
    report_kernels(it.kernel for it in events if isinstance(it, Compiling))
    trainer.stepper.pack()
    return trainer
