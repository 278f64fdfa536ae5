"""Layers over sequences leave padding out, and know how long their outputs are."""

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernels.built import WHOLE, Built, close
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.pooling import GlobalAvgPool
from tui_dl.spec.layers.products import Conv1d
from tui_dl.spec.layers.shapes import Reshape


def test_a_mean_over_time_leaves_padding_out() -> None:
    built = Built(GlobalAvgPool(), TensorSpec((6, 3)))
    lengths = built.built.batch.lengths
    lengths[...] = np.random.default_rng(0).integers(1, 7, lengths.shape)
    lengths[2, 9:] = 0
    built.run(WHOLE)
    x, y = built.samples(built.built.x), built.samples(built.built.y)
    dx, dy = built.samples(built.built.dx), built.samples(built.built.dy)
    for sample, length in enumerate(lengths.reshape(-1)):
        if length:
            close(y[sample], x[sample, :length].mean(axis=0))
            close(dx[sample, :length], np.tile(dy[sample] / length, (int(length), 1)))
        assert not dx[sample, length:].any()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kernel=st.integers(1, 4), stride=st.integers(1, 3), padding=st.integers(0, 2) | st.just("same")
)
def test_a_convolution_over_time_knows_how_long_its_outputs_are(
    kernel: int, stride: int, padding: Any
) -> None:
    layer = Conv1d(2, kernel, stride=1 if padding == "same" else stride, padding=padding)
    built = Built(layer, TensorSpec((7, 3)))
    before = built.built.batch.lengths
    before[...] = np.random.default_rng(0).integers(0, 8, before.shape)
    built.run(WHOLE)
    after = built.built.output_batch.lengths.reshape(-1)
    for length, made in zip(before.reshape(-1), after, strict=True):
        if length and length + sum(layer.margins) >= kernel:
            assert made == layer.output(TensorSpec((int(length), 3))).shape[0]
        else:
            assert made == (length > 0)


def test_a_sequence_made_by_reshape_has_no_padding() -> None:
    built = Built(Reshape(sides=(4, 6)), TensorSpec((2, 3, 4)))
    built.built.batch.lengths[...] = 1
    built.built.batch.lengths[2, 3:] = 0
    built.run(WHOLE)
    np.testing.assert_array_equal(built.built.output_batch.lengths, 4 * built.built.batch.lengths)
