"""Cases of mean_squared_error: the loss, the shape of an output, and the number of classes."""

from typing import Any

from tui_dl.spec.train.losses.regression import MeanSquaredError

CASES: list[tuple[MeanSquaredError, tuple[int, ...], int]] = [
    (MeanSquaredError(), (1,), 0),
    (MeanSquaredError(), (2, 3, 5), 0),
    (MeanSquaredError(), (4, 5), 5),
]


def peer(torch: Any, loss: MeanSquaredError, y: Any, t: Any) -> Any:
    return torch.nn.functional.mse_loss(y, t)
