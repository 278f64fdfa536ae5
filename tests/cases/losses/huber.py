"""Cases of huber: the loss, the shape of an output, and the number of classes."""

from typing import Any

from tui_dl.spec.train.losses.regression import Huber

CASES: list[tuple[Huber, tuple[int, ...], int]] = [
    (Huber(), (9,), 0),
    (Huber(delta=0.3), (6,), 6),
]


def peer(torch: Any, loss: Huber, y: Any, t: Any) -> Any:
    return torch.nn.functional.huber_loss(y, t, delta=loss.delta)
