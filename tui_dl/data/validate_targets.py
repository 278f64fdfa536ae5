"""Validation of targets before the loss reads them: classes and numbers out of range."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data.dataset import Dataset
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError


def check_targets(dataset: Dataset, experiment: Experiment) -> None:
    """Raise UserError unless the loss can compare outputs with the targets of all samples."""
    expected, loss = experiment.target, experiment.train.loss
    if loss.needs_rewards:
        return
    for samples in (dataset.train, dataset.validation, dataset.test):
        if experiment.train.target == "input":
            targets: Any = samples.inputs
        else:
            targets = samples.targets
            if targets.shape[1:] != expected.shape:
                raise UserError(
                    f"data: targets have shape {targets.shape[1:]}, not {expected.shape}"
                )
        if expected.vocab_size:
            if targets.dtype.kind != "i" or targets.max() >= expected.vocab_size:
                highest = expected.vocab_size - 1
                raise UserError(f"data: some labels are not whole numbers from 0 to {highest}")
        elif not np.isfinite(targets).all():
            raise UserError("data: some targets are missing or not finite")
        elif loss.targets_are_probabilities and ((targets < 0) | (targets > 1)).any():
            raise UserError(
                "train.loss: binary_cross_entropy needs targets from 0 to 1, and some are not: "
                'use loss = "mean_squared_error"'
            )
