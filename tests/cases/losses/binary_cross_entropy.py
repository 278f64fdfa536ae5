"""Cases of binary_cross_entropy: the loss, the shape of an output, and the number of classes."""

from typing import Any

from tui_dl.spec.train.losses.classification import BinaryCrossEntropy

CASES: list[tuple[BinaryCrossEntropy, tuple[int, ...], int]] = [
    (BinaryCrossEntropy(), (1,), 2),
    (BinaryCrossEntropy(), (4, 1), 2),
    (BinaryCrossEntropy(), (5,), 5),
    (BinaryCrossEntropy(), (2, 3), 0),
]


def peer(torch: Any, loss: BinaryCrossEntropy, y: Any, t: Any) -> Any:
    return torch.nn.functional.binary_cross_entropy_with_logits(y, t)
