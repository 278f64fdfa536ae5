"""Batch-norm statistics of the weights that are in a network, over one epoch."""

from __future__ import annotations

from tui_dl.data import Samples
from tui_dl.engine.train.augment import augmentations
from tui_dl.engine.train.batches import batches
from tui_dl.engine.train.step import Stepper
from tui_dl.spec.experiment import Experiment


def measure_statistics(experiment: Experiment, stepper: Stepper, samples: Samples) -> None:
    """Compute the running averages of batch norms anew, in an order that is never trained in."""
    order = len(samples), experiment.train.seed, 0  # epoch 0
    size = stepper.capacity // experiment.data.longest
    changes = augmentations(experiment.data.augment, *order)
    stepper.measure_statistics(samples, batches(size, *order), changes)
