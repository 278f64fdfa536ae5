"""Splitting samples so that every split has every class in the same proportion."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.errors import UserError
from tui_dl.streams import stream

Indices = npt.NDArray[np.intp]


def stratified(
    labels: npt.NDArray[np.int32], validation: float, test: float, seed: int
) -> tuple[Indices, Indices, Indices]:
    """Indices of the train, validation and test samples; together each sample once.

    Samples that have many labels are of one class here.

    Raises:
        UserError: a split would be empty.
    """
    random = stream(seed, "split")
    if labels.ndim > 1:
        labels = np.zeros(len(labels), np.int32)
    parts: list[tuple[Indices, Indices, Indices]] = []
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        for_test = round(len(members) * test)
        for_both = for_test + round(len(members) * validation)
        parts.append((members[for_both:], members[for_test:for_both], members[:for_test]))
    splits = tuple(np.concatenate(part) for part in zip(*parts, strict=True))
    for name, split in zip(("train", "validation", "test"), splits, strict=True):
        if not len(split):
            raise UserError(
                f"data: no sample is left for {name}: "
                f"change validation = {validation} or test = {test}"
            )
    return splits[0], splits[1], splits[2]
