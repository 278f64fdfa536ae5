"""The bundled handwritten digits."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.data.resize import resize
from tui_dl.spec.data.digits import Digits

FILE = Path(__file__).parent / "bundled" / "digits.npz"


def load(source: Digits, seed: int) -> Samples:
    """All digits, with ink from 0 to 1, resized to the size in `source`; `seed` changes nothing."""
    with np.load(FILE, allow_pickle=False) as file:
        images, labels = file["images"], file["labels"]
    resized = resize(images.astype(np.float32) / 16, *source.resize)
    return Samples(resized.reshape(len(labels), -1), labels.astype(np.int32))
