"""Cases of mean_absolute_error: the loss, the shape of an output, and the number of classes."""

from typing import Any

from tui_dl.spec.train.losses.regression import MeanAbsoluteError

CASES: list[tuple[MeanAbsoluteError, tuple[int, ...], int]] = [
    (MeanAbsoluteError(), (9,), 0),
]


def peer(torch: Any, loss: MeanAbsoluteError, y: Any, t: Any) -> Any:
    return torch.nn.functional.l1_loss(y, t)
