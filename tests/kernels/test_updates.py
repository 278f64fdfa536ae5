"""The gathering of mini-batches."""

import numpy as np
import pytest

from tui_dl.kernels.core.gather import gather_augmented, gather_numbers, gather_tokens
from tui_dl.kernels.core.jit import compile_kernel
from tui_dl.kernels.core.lanes import LANES


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    for kernel in (gather_numbers, gather_augmented, gather_tokens):
        compile_kernel(kernel)


def test_samples_become_lanes() -> None:
    samples = np.arange(40 * 6, dtype=np.float32).reshape(40, 6)
    indices = np.full(2 * LANES, -1, np.int64)
    indices[:20] = np.random.default_rng(0).permutation(40)[:20]
    x = np.full((2, 6, LANES), np.nan, np.float32)
    lengths = (indices >= 0).astype(np.int32)
    gather_numbers(x.reshape(-1), samples, indices, lengths, 1)
    rows = np.moveaxis(x, -1, 1).reshape(-1, 6)
    np.testing.assert_array_equal(rows[:20], samples[indices[:20]])
    assert not rows[20:].any()
    lengths[:20] = np.random.default_rng(1).integers(1, 4, 20)  # times of 2 numbers each
    there = np.arange(6) < 2 * lengths[:20, None]
    gather_numbers(x.reshape(-1), samples, indices, lengths, 3)
    rows = np.moveaxis(x, -1, 1).reshape(-1, 6)
    np.testing.assert_array_equal(rows[:20], np.where(there, samples[indices[:20]], 0))
    assert not rows[20:].any()
    tokens = np.full((2, 6, LANES), -1, np.int32)
    gather_tokens(tokens.reshape(-1), samples.astype(np.int32), indices, 2 * lengths)
    np.testing.assert_array_equal(tokens, x)


def test_augmented_images() -> None:
    images = np.arange(1, 1 + 3 * 2 * 4 * 5, dtype=np.float32).reshape(3, 2, 4, 5)
    indices = np.full(LANES, -1, np.int64)
    indices[:3] = [2, 0, 1]
    changes = np.zeros((LANES, 3), np.int64)
    changes[:3] = [(1, -2, 0), (0, 0, 0), (-9, 9, 1)]
    x = np.empty((2, 4, 5, LANES), np.float32)
    gather_augmented(x.reshape(-1), images.reshape(3, -1), indices, changes, 4, 5)
    moved = np.zeros((2, 4, 5), np.float32)
    moved[:, 1:, :3] = images[2][:, :-1, 2:]
    np.testing.assert_array_equal(x[..., 0], moved)
    np.testing.assert_array_equal(x[..., 1], images[0])
    assert not x[..., 2:].any()


def test_mirrored_images() -> None:
    images = np.arange(1, 1 + 2 * 2 * 4 * 5, dtype=np.float32).reshape(2, 2, 4, 5)
    indices = np.full(LANES, -1, np.int64)
    indices[:2] = [1, 0]
    changes = np.zeros((LANES, 3), np.int64)
    changes[:2] = [(0, 0, 1), (-1, 2, 1)]
    x = np.empty((2, 4, 5, LANES), np.float32)
    gather_augmented(x.reshape(-1), images.reshape(2, -1), indices, changes, 4, 5)
    np.testing.assert_array_equal(x[..., 0], images[1][..., ::-1])
    moved = np.zeros((2, 4, 5), np.float32)
    moved[:, :3, 2:] = images[0][:, 1:, ::-1][..., :3]
    np.testing.assert_array_equal(x[..., 1], moved)
