"""What losses must never see is refused before: classes there are not, numbers out of range."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data.dataset import Dataset
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train import BinaryCrossEntropy
from tui_dl.support.errors import UserError


def check_targets(dataset: Dataset, experiment: Experiment) -> None:
    """Raise UserError unless the loss can compare outputs with what is wanted of all samples."""
    wanted, loss = experiment.target, experiment.train.loss
    for samples in (dataset.train, dataset.validation, dataset.test):
        if experiment.train.target == "input":
            targets: Any = samples.inputs
        else:
            targets = samples.targets
            if targets.shape[1:] != wanted.shape:
                raise UserError(f"data: targets are {targets.shape[1:]}, not {wanted.shape}")
        if wanted.vocab_size:
            if targets.dtype.kind != "i" or targets.max() >= wanted.vocab_size:
                says = f"classes are whole numbers from 0 to {wanted.vocab_size - 1}"
                raise UserError(f"data: {says}, and some labels are not")
        elif not np.isfinite(targets).all():
            raise UserError("data: some of the numbers wanted are missing or not finite")
        elif isinstance(loss, BinaryCrossEntropy) and ((targets < 0) | (targets > 1)).any():
            raise UserError(
                "train.loss: binary_cross_entropy is of numbers from 0 to 1, and some wanted here "
                'are not: use loss = "mean_squared_error"'
            )
