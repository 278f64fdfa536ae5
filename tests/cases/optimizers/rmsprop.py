"""Cases of rmsprop: optimizers, and PyTorch's for given weights and a penalty l2."""

from typing import Any

from tui_dl.spec.train.optimizers.rmsprop import RmsProp

CASES = [RmsProp(learning_rate=0.02, alpha=0.9)]


def peer(torch: Any, optimizer: RmsProp, weights: Any, l2: float) -> Any:
    it = optimizer
    return torch.optim.RMSprop(weights, it.learning_rate, it.alpha, it.epsilon, weight_decay=l2)
