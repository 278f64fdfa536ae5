"""Cases of adamw: optimizers, and PyTorch's for given weights and a penalty l2."""

from typing import Any

from tui_dl.spec.train.optimizers.adam import AdamW

CASES = [AdamW(learning_rate=0.05, weight_decay=0.3)]


def peer(torch: Any, optimizer: AdamW, weights: Any, l2: float) -> Any:
    assert not l2
    betas = optimizer.beta1, optimizer.beta2
    return torch.optim.AdamW(
        weights, optimizer.learning_rate, betas, optimizer.epsilon, optimizer.weight_decay
    )
