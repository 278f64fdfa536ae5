"""Stratified splits: every split has every class in the same proportion."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.data.sorted_numbers import distinct_numbers
from tui_dl.spec.splits import is_in_every_split, split_sizes
from tui_dl.support.rng import stream

Indices = npt.NDArray[np.intp]
Split = tuple[Indices, Indices, Indices]  # rows to train on, to validate with and to test with


def stratified(labels: npt.NDArray[np.int32], validation: float, test: float, seed: int) -> Split:
    """Indices of the train, validation and test samples; together each sample once.

    Samples with more than one label each count as one class. So do all samples of classes that
    are too rare to be in every split, so that no split is empty that could have a sample.
    """
    random = stream(seed, "split")
    if labels.ndim > 1:
        labels = np.zeros(len(labels), np.int32)
    rare: list[Indices] = []
    parts: list[list[Indices]] = []

    def divide(members: Indices, sizes: tuple[int, int, int]) -> None:
        _, for_validation, for_test = sizes
        ends = [for_test, for_test + for_validation]
        parts.append(np.split(random.permutation(members), ends)[::-1])

    for label in distinct_numbers(labels):
        members = np.flatnonzero(labels == label)
        sizes = split_sizes(len(members), validation, test)
        if is_in_every_split(sizes, test):
            divide(members, sizes)
        else:
            rare.append(members)
    if rare:
        members = np.concatenate(rare)
        divide(members, split_sizes(len(members), validation, test))
    train, validation_, test_ = (np.concatenate(part) for part in zip(*parts, strict=True))
    return train, validation_, test_
