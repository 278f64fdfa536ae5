"""Cases of cross_entropy: the loss, the shape of an output, and the number of classes."""

from typing import Any

from tui_dl.spec.train.losses.classification import CrossEntropy

UNEVEN = 0.5, 2.0, 1.0, 0.1, 3.0

CASES: list[tuple[CrossEntropy, tuple[int, ...], int]] = [
    (CrossEntropy(), (7,), 7),
    (CrossEntropy(), (4, 3), 3),
    (CrossEntropy(label_smoothing=0.2), (5,), 5),
    (CrossEntropy(class_weights=UNEVEN), (3, 5), 5),
    (CrossEntropy(class_weights=UNEVEN, label_smoothing=0.3), (5,), 5),
]


def peer(torch: Any, loss: CrossEntropy, z: Any, labels: Any) -> Any:
    weights = loss.class_weights
    return torch.nn.functional.cross_entropy(
        z.reshape(-1, z.shape[-1]),
        torch.tensor(labels.reshape(-1)).long(),
        weight=torch.tensor(weights, dtype=torch.float64) if weights else None,
        ignore_index=-1,
        label_smoothing=loss.label_smoothing,
    )
