"""Cases of adam: optimizers, and PyTorch's for given weights and a penalty l2."""

from typing import Any

from tui_dl.spec.train.optimizers.adam import Adam

CASES = [Adam(learning_rate=0.05), Adam(learning_rate=0.05, beta1=0.5, beta2=0.9)]


def peer(torch: Any, optimizer: Adam, weights: Any, l2: float) -> Any:
    betas = optimizer.beta1, optimizer.beta2
    return torch.optim.Adam(
        weights, optimizer.learning_rate, betas, optimizer.epsilon, weight_decay=l2
    )
