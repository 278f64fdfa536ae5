"""Packing weights: every number lands where the gemm tile reads it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tui_dl.kernels.gemm.pack import ROWS, WIDTH, pack, pack_columns

TABLES: dict[str, Callable[[int, int], tuple[int, npt.NDArray[np.int64]]]] = {
    "contiguous": lambda rows, depth: (depth, np.arange(depth)),
    "transposed": lambda rows, depth: (1, np.arange(depth) * rows),
    "backwards": lambda rows, depth: (depth, np.arange(depth)[::-1].copy()),
    "turned": lambda rows, depth: (depth, (np.arange(depth) + 2) % depth),
}


def plain(weights: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Panels of (rows, depth) weights, each (depth, its rows)."""
    rows = len(weights)
    count = -(-rows // ROWS)
    edges = [panel * rows // count for panel in range(count + 1)]
    panels = [weights[a:b].T.ravel() for a, b in pairwise(edges)]
    return np.concatenate(panels)


@pytest.mark.parametrize("name", TABLES)
@given(
    rows=some.integers(1, 3 * ROWS + 1),
    depth=some.integers(1, 3 * WIDTH + 1),
    parts=some.integers(1, 3),
)
def test_panels_hold_the_weights(name: str, rows: int, depth: int, parts: int) -> None:
    row, table = TABLES[name](rows, depth)
    flat = np.random.default_rng(rows * depth).random(rows * depth, np.float32)
    panels = np.full(rows * depth, np.nan, np.float32)
    for part in range(parts):
        pack(panels, flat, row, table, part, parts)
    weights = flat[np.arange(rows)[:, None] * row + table]
    assert np.array_equal(panels, plain(weights))


@given(rows=some.integers(1, 3 * ROWS + 1), first=some.integers(1, 40), second=some.integers(1, 40))
def test_two_matrices_are_packed_side_by_side(rows: int, first: int, second: int) -> None:
    random = np.random.default_rng(rows)
    left, right = (random.random((rows, it), np.float32) for it in (first, second))
    panels = np.full(rows * (first + second), np.nan, np.float32)
    before = 0
    for weights in (left, right):
        inputs = weights.shape[1]
        pack_columns(
            panels, weights.ravel(), inputs, np.arange(inputs), first + second, before, 0, 1
        )
        before += inputs
    assert np.array_equal(panels, plain(np.concatenate([left, right], axis=1)))
