"""PyTorch's losses and optimisers for a recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn

from tui_dl.spec.train import (
    Adam,
    AdamW,
    AnyLoss,
    AnyOptimizer,
    BinaryCrossEntropy,
    CrossEntropy,
    Huber,
    MeanAbsoluteError,
    MeanSquaredError,
    RmsProp,
    Sgd,
)


def peer_loss(recipe: AnyLoss, classes: int) -> Callable[[Any, Any], Any]:
    """A function of outputs and int64 labels; losses of single numbers take these as one-hot."""

    def one_hot(labels: Any) -> Any:
        return nn.functional.one_hot(labels, classes).float()

    match recipe:
        case CrossEntropy():
            weights = torch.tensor(recipe.class_weights) if recipe.class_weights else None
            of_rows = nn.CrossEntropyLoss(
                weights, ignore_index=-1, label_smoothing=recipe.label_smoothing
            )
            return lambda outputs, labels: of_rows(outputs.flatten(0, -2), labels.flatten())
        case BinaryCrossEntropy():
            compare: Any = nn.BCEWithLogitsLoss()
        case MeanSquaredError():
            compare = nn.MSELoss()
        case MeanAbsoluteError():
            compare = nn.L1Loss()
        case Huber():
            compare = nn.HuberLoss(delta=recipe.delta)
    return lambda outputs, labels: compare(outputs, one_hot(labels))


def peer_optimizer(recipe: AnyOptimizer, parameters: Iterable[Any]) -> torch.optim.Optimizer:
    """The same optimiser over PyTorch's parameters."""
    rate = recipe.learning_rate
    match recipe:
        case Sgd():
            return torch.optim.SGD(
                parameters, rate, momentum=recipe.momentum, nesterov=recipe.nesterov
            )
        case RmsProp():
            return torch.optim.RMSprop(parameters, rate, recipe.alpha, recipe.epsilon)
        case Adam():
            betas = recipe.beta1, recipe.beta2
            return torch.optim.Adam(parameters, rate, betas, recipe.epsilon)
        case AdamW():
            betas = recipe.beta1, recipe.beta2
            return torch.optim.AdamW(parameters, rate, betas, recipe.epsilon, recipe.weight_decay)
