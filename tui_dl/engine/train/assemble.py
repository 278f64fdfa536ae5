"""The order in which a trainer is put together from an experiment and its data."""

from __future__ import annotations

from functools import partial

from tui_dl.data import Dataset
from tui_dl.data.validate_targets import check_targets
from tui_dl.engine.graph.initializers import initialise
from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.batches import BatchSizes
from tui_dl.engine.train.epoch_end import EpochEnd
from tui_dl.engine.train.learning_rate import LearningRate
from tui_dl.engine.train.measure_statistics import measure_statistics
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.reinforce import Reinforce
from tui_dl.engine.train.step import Stepper
from tui_dl.engine.train.step_records import StepRecorder
from tui_dl.engine.train.trainer import Trainer
from tui_dl.engine.train.weight_average import WeightAverage
from tui_dl.kernels.core.lanes import LANES
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.memory.need import EVALUATION_BLOCKS


def assemble(experiment: Experiment, dataset: Dataset, pool: ThreadPool | ThreadTuner) -> Trainer:
    """Put together the trainer of `experiment`, at its first step, with initial weights.

    Raises:
        UserError: the targets in `dataset` do not suit the loss.
    """
    check_targets(dataset, experiment)
    batch_sizes = BatchSizes(experiment, len(dataset.train) // experiment.data.sections)
    learning_rate = LearningRate(experiment.train, batch_sizes.steps)

    parameters = Parameters(experiment.nodes)
    initialise(parameters, experiment.nodes, experiment.train.seed)
    optimizer = Optimizer(experiment.train, parameters)
    network = Network(experiment, parameters, _blocks(experiment, batch_sizes))

    recorder = StepRecorder(optimizer, network.loss)
    stepper = _stepper(experiment, network, optimizer, pool, recorder)
    statistics = partial(measure_statistics, experiment, stepper, dataset.train)
    average = WeightAverage(stepper, statistics)
    epoch_end = EpochEnd(
        experiment, dataset, stepper, average, learning_rate.changes, batch_sizes.steps
    )
    return Trainer(
        experiment, dataset, batch_sizes, learning_rate, stepper, recorder, average, epoch_end
    )


def _blocks(experiment: Experiment, batch_sizes: BatchSizes) -> int:
    """Blocks that go through the network at once: of a mini-batch, or more in evaluation."""
    largest = batch_sizes.sizes[-1] * experiment.data.longest
    return max(-(-largest // LANES), EVALUATION_BLOCKS)


def _stepper(
    experiment: Experiment,
    network: Network,
    optimizer: Optimizer,
    pool: ThreadPool | ThreadTuner,
    recorder: StepRecorder,
) -> Stepper:
    """What makes a step: from samples with targets, or from episodes with rewards."""
    if experiment.data.gives_rewards:
        return Reinforce(experiment, network, optimizer, pool, recorder)
    return Stepper(network, optimizer, pool, bool(experiment.data.augment), recorder)
