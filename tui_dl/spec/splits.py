"""Sizes of the training, validation and test split: of all samples, or class by class."""

from __future__ import annotations

from collections.abc import Iterable


def split_sizes(count: int, validation: float, test: float) -> tuple[int, int, int]:
    """The sizes of the training, validation and test split of `count` samples."""
    for_test = min(round(count * test), count)
    for_validation = min(round(count * validation), count - for_test)
    return count - for_test - for_validation, for_validation, for_test


def is_in_every_split(sizes: tuple[int, int, int], test: float) -> bool:
    """Whether a class of these sizes has a sample in every split that is wanted."""
    return all(sizes if test else sizes[:2])


def stratified_sizes(
    classes: Iterable[int], validation: float, test: float
) -> tuple[int, int, int]:
    """The sizes of splits in which every class has the same share.

    `classes` are the sizes of the classes. Those too small to be in every split are split together.
    """
    parts, rare = [], 0
    for count in classes:
        sizes = split_sizes(count, validation, test)
        if is_in_every_split(sizes, test):
            parts.append(sizes)
        else:
            rare += count
    train, for_validation, for_test = map(
        sum, zip(*parts, split_sizes(rare, validation, test), strict=True)
    )
    return train, for_validation, for_test
