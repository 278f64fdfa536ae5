"""Splits of rows by a column: by the parts that it names, by groups, or by time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tui_dl.data.split import Indices, Split
from tui_dl.spec.splits import split_sizes
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.rng import stream

PARTS = {  # by the words that files have for them
    "train": 0, "training": 0, "validation": 1, "valid": 1, "val": 1, "dev": 1, "test": 2,
}  # fmt: skip
NAMES = ("train", "validation", "test")


def by_parts(codes: npt.NDArray[np.int32], categories: Sequence[str]) -> Split:
    """Rows to train on, to validate with and to test with, by the name of each row's part.

    Files often name no rows to validate with: then there are none here either.

    Args:
        codes: (rows,) index into `categories`, none missing.
        categories: names of parts, in upper or lower case.

    Raises:
        UserError: a name is none of a part, or there are no rows to train on or to test with.
    """
    known = [PARTS.get(name.strip().lower(), -1) for name in categories]
    part = np.array(known, np.int32)[codes]
    if (unknown := np.flatnonzero(part < 0)).size:
        name = categories[codes[unknown[0]]]
        raise UserError(f"{name[:40]!r} is none of {', '.join(NAMES)}: correct it")
    for index, name in enumerate(NAMES):
        if name != "validation" and not (part == index).any():
            raise UserError(f"no row is of the part {name}: name some so, or leave data.split out")
    return _split(part)


def by_groups(groups: npt.NDArray[np.int32], validation: float, test: float, seed: int) -> Split:
    """Rows of whole groups, drawn at random: as near to the shares as the groups' sizes allow.

    Raises:
        UserError: there are fewer groups than parts.
    """
    _, codes, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    _check_count(len(sizes), "group")
    _, for_validation, for_test = split_sizes(len(groups), validation, test)
    order = stream(seed, "split").permutation(len(sizes))
    part = np.zeros(len(sizes), np.int32)
    part[_take(order, sizes, for_test, 2)] = 2
    rest = order[part[order] == 0]
    part[_take(rest, sizes, for_validation, 1)] = 1
    return _split(part[codes])


def by_time(moments: npt.NDArray[np.generic], validation: float, test: float) -> Split:
    """The earliest rows, those after them and the latest ones; all of a moment are in one part.

    The parts are as near to the shares as the moments allow.

    Raises:
        UserError: there are fewer moments than parts.
    """
    _, codes, sizes = np.unique(moments, return_inverse=True, return_counts=True)
    count = len(sizes)
    _check_count(count, "moment")
    _, for_validation, for_test = split_sizes(len(moments), validation, test)
    tested = _nearest(sizes[2:], for_test)  # the first two are for the other parts
    validated = _nearest(sizes[1 : count - tested], for_validation)
    part = np.zeros(count, np.int32)
    part[count - tested - validated :] = 1
    part[count - tested :] = 2
    return _split(part[codes])


def _split(part: npt.NDArray[np.int32]) -> Split:
    """The rows of each part."""
    train, validation, test = (np.flatnonzero(part == index) for index in range(3))
    return train, validation, test


def _check_count(count: int, what: str) -> None:
    """Raise UserError if there are too few values to put one into each part."""
    if count < len(NAMES):
        raise UserError(
            f"{counted(count, what)}: at least {len(NAMES)} are needed, one to train on, one to "
            "validate with and one to test with"
        )


def _take(order: Indices, sizes: npt.NDArray[np.intp], wanted: int, others: int) -> list[int]:
    """The first groups that bring their size nearer to `wanted`: at least one, not the last ones.

    Args:
        order: groups to take from, the first first.
        sizes: of all groups, in rows.
        wanted: how many rows.
        others: how many groups to leave at least.
    """
    taken: list[int] = []
    total = 0
    for group in order.tolist():
        if total >= wanted or len(taken) == len(order) - others:
            break
        if abs(total + sizes[group] - wanted) < abs(total - wanted):
            taken.append(group)
            total += int(sizes[group])
    return taken or [int(order[np.argmin(sizes[order])])]


def _nearest(sizes: npt.NDArray[np.intp], wanted: int) -> int:
    """How many of the last sizes have a sum nearest to `wanted`; at least one."""
    return int(np.argmin(np.abs(np.cumsum(sizes[::-1]) - wanted))) + 1
