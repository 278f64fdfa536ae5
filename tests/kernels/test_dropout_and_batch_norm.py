"""Dropout drops anew each step; batch norm leaves out lanes and averages over steps."""

from typing import Any

import numpy as np
import pytest

from tests.kernels.built import WHOLE, Built, close
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.normalisation import BatchNorm, Dropout


def test_dropout_drops_anew_each_step_and_nothing_in_evaluation() -> None:
    built = Built(Dropout(rate=0.3), TensorSpec((1000,)))
    built.run(WHOLE)
    dropped = [built.built.y == 0]
    assert dropped[0].mean() == pytest.approx(0.3, abs=0.01)
    built.built.batch.step[0] = 1
    built.run(WHOLE)
    dropped.append(built.built.y == 0)
    assert (dropped[0] & dropped[1]).mean() == pytest.approx(0.09, abs=0.01)
    built._run([built.built.evaluate(WHOLE[0])])
    np.testing.assert_array_equal(built.built.y, built.built.x)


def test_batch_norm_leaves_out_lanes_without_a_sample() -> None:
    few = Built(BatchNorm(), TensorSpec((2, 3, 3)))
    few.built.batch.lengths[1, 5:] = 0
    few.built.batch.lengths[2] = 0
    few.built.dy[1, ..., 5:] = 0
    few.built.dy[2] = 0
    few.run(WHOLE)
    there = np.flatnonzero(few.built.batch.lengths.reshape(-1))
    x = few.samples(few.built.x)[there]
    close(few.samples(few.built.y)[there], few.reference(x, few.weights))
    assert not few.dx[1, ..., 5:].any()
    assert not few.dx[2].any()
    running = few.built.buffers["running_var"]
    np.testing.assert_allclose(running, 0.9 + 0.1 * x.var(axis=(0, 2, 3), ddof=1), rtol=1e-5)


@pytest.mark.parametrize("shape", [(5,), (5, 1, 1)])
def test_batch_norm_of_one_number_a_channel_uses_its_running_averages(shape: Any) -> None:
    alone = Built(BatchNorm(momentum=1.0), TensorSpec(shape))
    batch, buffers = alone.built.batch, alone.built.buffers
    batch.lengths[...] = 0
    batch.lengths[0, 0] = batch.active[0] = 1
    random = np.random.default_rng(0)
    buffers["running_mean"][...], buffers["running_var"][...] = random.random((2, 5)) + 0.1
    kept = {name: array.copy() for name, array in buffers.items()}
    alone.built.dy[0, ..., 1:] = alone.built.dy[1:] = 0
    alone.run(WHOLE)
    x, y, dx, dy = (
        alone.samples(getattr(alone.built, it))[0].ravel() for it in ("x", "y", "dx", "dy")
    )
    weight, bias = alone.weights["weight"], alone.weights["bias"]
    inverse = 1 / np.sqrt(kept["running_var"] + 1e-5)
    normal = (x - kept["running_mean"]) * inverse
    close(y, weight * normal + bias)
    close(dx, weight * inverse * dy)
    close(alone.built.dw["weight"], dy * normal)
    close(alone.built.dw["bias"], dy)
    for name, array in buffers.items():
        np.testing.assert_array_equal(array, kept[name])
