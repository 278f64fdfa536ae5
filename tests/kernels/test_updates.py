"""Optimizers against their plain forms, and the gathering of mini-batches."""

from typing import Any

import numpy as np
import pytest

from tui_dl.kernels.core.gather import gather_numbers, gather_shifted, gather_tokens
from tui_dl.kernels.core.jit import compile_kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.optimizers.adam import adam
from tui_dl.kernels.optimizers.base import CHUNK
from tui_dl.kernels.optimizers.momentum import momentum
from tui_dl.kernels.optimizers.rmsprop import rmsprop
from tui_dl.kernels.optimizers.sgd import sgd
from tui_dl.kernels.reference import optimizers
from tui_dl.spec.train.optimizers.adam import Adam, AdamW
from tui_dl.spec.train.optimizers.rmsprop import RmsProp
from tui_dl.spec.train.optimizers.sgd import Sgd

GOOD = np.ones(1, np.float32)  # losses


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    for kernel in (
        adam, gather_numbers, gather_shifted, gather_tokens, momentum, rmsprop, sgd,
    ):  # fmt: skip
        compile_kernel(kernel)


# Fields, kernel, plain form, number of arrays kept, and settings after rate and number of update.
OPTIMIZERS: dict[str, tuple[Any, Any, Any, int, tuple[float, ...]]] = {
    "sgd": (Sgd(0.1), sgd, optimizers.sgd, 0, ()),
    "momentum": (Sgd(0.1, 0.9), momentum, optimizers.momentum, 1, (0.9, 0)),
    "nesterov": (Sgd(0.1, 0.9, True), momentum, optimizers.momentum, 1, (0.9, 1)),
    "rmsprop": (RmsProp(0.01), rmsprop, optimizers.rmsprop, 1, (0.99, 1e-8)),
    "adam": (Adam(0.01), adam, optimizers.adam, 2, (0.9, 0.999, 1e-8, 0)),
    "adamw": (AdamW(0.01), adam, optimizers.adam, 2, (0.9, 0.999, 1e-8, 0.01)),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_equals_its_plain_form(name: str) -> None:
    fields, kernel, form, arrays, more = OPTIMIZERS[name]
    random = np.random.default_rng(0)
    w = random.standard_normal(2 * CHUNK).astype(np.float32)
    kept = [np.zeros_like(w) for _ in range(arrays)]
    squares = np.zeros((2, 3), np.float32)
    exact, exact_kept = w.astype(np.float64), [array.astype(np.float64) for array in kept]
    for t in range(1, 6):
        g = random.standard_normal(w.size).astype(np.float32)
        before = w.copy()
        settings = np.array([fields.learning_rate, t, *more], np.float64)
        for chunk in range(2):
            kernel(w, *kept, g, squares, settings, GOOD, chunk, chunk + 1)
        form(fields, exact, g.astype(np.float64), t, *exact_kept)
        np.testing.assert_allclose(w, exact, rtol=1e-5, atol=1e-6)
        by_chunk = [(a.reshape(2, CHUNK) ** 2).sum(axis=1) for a in (g, before - w, w)]
        np.testing.assert_allclose(squares, np.stack(by_chunk, axis=1), rtol=1e-3)


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_a_broken_loss_leaves_the_weights_alone(broken: float) -> None:
    w, m, v, g = np.random.default_rng(0).random((4, CHUNK)).astype(np.float32)
    before = w.copy(), m.copy(), v.copy()
    squares, losses = np.zeros((1, 3), np.float32), np.array([1, broken], np.float32)
    adam(w, m, v, g, squares, np.array([0.1, 1, 0.9, 0.999, 1e-8, 0]), losses, 0, 1)
    sgd(w, g, squares, np.array([0.1, 1]), losses, 0, 1)
    for array, kept in zip((w, m, v), before, strict=True):
        np.testing.assert_array_equal(array, kept)


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


def test_shifted_images() -> None:
    images = np.arange(1, 1 + 3 * 2 * 4 * 5, dtype=np.float32).reshape(3, 2, 4, 5)
    indices = np.full(LANES, -1, np.int64)
    indices[:3] = [2, 0, 1]
    shifts = np.zeros((LANES, 2), np.int64)
    shifts[:3] = [(1, -2), (0, 0), (-9, 9)]
    x = np.empty((2, 4, 5, LANES), np.float32)
    gather_shifted(x.reshape(-1), images.reshape(3, -1), indices, shifts, 4, 5)
    moved = np.zeros((2, 4, 5), np.float32)
    moved[:, 1:, :3] = images[2][:, :-1, 2:]
    np.testing.assert_array_equal(x[..., 0], moved)
    np.testing.assert_array_equal(x[..., 1], images[0])
    assert not x[..., 2:].any()
