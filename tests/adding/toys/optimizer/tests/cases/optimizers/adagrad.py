"""Cases of adagrad: optimizers, and PyTorch's for given weights and a penalty l2."""

from typing import Any

from tui_dl.spec.train.optimizers.adagrad import Adagrad

CASES = [Adagrad(learning_rate=0.05)]


def peer(torch: Any, optimizer: Adagrad, weights: Any, l2: float) -> Any:
    it = optimizer
    return torch.optim.Adagrad(weights, it.learning_rate, eps=it.epsilon, weight_decay=l2)
