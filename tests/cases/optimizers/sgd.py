"""Cases of sgd: optimizers, and PyTorch's for given weights and a penalty l2."""

from typing import Any

from tui_dl.spec.train.optimizers.sgd import Sgd

CASES = [
    Sgd(learning_rate=0.05),
    Sgd(learning_rate=0.05, momentum=0.9),
    Sgd(learning_rate=0.05, momentum=0.9, nesterov=True),
]


def peer(torch: Any, optimizer: Sgd, weights: Any, l2: float) -> Any:
    return torch.optim.SGD(
        weights,
        optimizer.learning_rate,
        optimizer.momentum,
        nesterov=optimizer.nesterov,
        weight_decay=l2,
    )
