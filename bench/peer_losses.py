"""PyTorch's losses and optimizers for a training config."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn

from tui_dl.spec.train.losses import AnyLoss
from tui_dl.spec.train.losses.classification import BinaryCrossEntropy, CrossEntropy
from tui_dl.spec.train.losses.regression import Huber, MeanAbsoluteError, MeanSquaredError
from tui_dl.spec.train.optimizers import AnyOptimizer
from tui_dl.spec.train.optimizers.adam import Adam, AdamW
from tui_dl.spec.train.optimizers.rmsprop import RmsProp
from tui_dl.spec.train.optimizers.sgd import Sgd


def peer_loss(config: AnyLoss, classes: int) -> Callable[[Any, Any], Any]:
    """A function of outputs and int64 labels; pointwise losses need them as one-hot."""

    def one_hot(labels: Any) -> Any:
        return nn.functional.one_hot(labels, classes).float()

    match config:
        case CrossEntropy():
            weights = torch.tensor(config.class_weights) if config.class_weights else None
            of_rows = nn.CrossEntropyLoss(
                weights, ignore_index=-1, label_smoothing=config.label_smoothing
            )
            return lambda outputs, labels: of_rows(outputs.flatten(0, -2), labels.flatten())
        case BinaryCrossEntropy():
            compare: Any = nn.BCEWithLogitsLoss()
        case MeanSquaredError():
            compare = nn.MSELoss()
        case MeanAbsoluteError():
            compare = nn.L1Loss()
        case Huber():
            compare = nn.HuberLoss(delta=config.delta)
    return lambda outputs, labels: compare(outputs, one_hot(labels))


def peer_optimizer(config: AnyOptimizer, parameters: Iterable[Any]) -> torch.optim.Optimizer:
    """The same optimizer over PyTorch's parameters."""
    rate = config.learning_rate
    match config:
        case Sgd():
            return torch.optim.SGD(
                parameters, rate, momentum=config.momentum, nesterov=config.nesterov
            )
        case RmsProp():
            return torch.optim.RMSprop(parameters, rate, config.alpha, config.epsilon)
        case Adam():
            betas = config.beta1, config.beta2
            return torch.optim.Adam(parameters, rate, betas, config.epsilon)
        case AdamW():
            betas = config.beta1, config.beta2
            return torch.optim.AdamW(parameters, rate, betas, config.epsilon, config.weight_decay)
