"""Every layer against its plain form, and every gradient against finite differences of that form.

Parametrised over the registry: a new kind of layer without a case here fails.
"""

import sys
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_dl.kernels import LAYERS, reference
from tui_dl.kernels.core.jit import SIGNATURES, compile_kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import BARRIER, Call
from tui_dl.kernels.layers.base import Batch
from tui_dl.spec.layers import (
    KINDS,
    AvgPool2d,
    BatchNorm,
    Conv1d,
    Conv2d,
    Decoder,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    Gelu,
    GlobalAvgPool,
    Gru,
    Layer,
    LayerNorm,
    LeakyRelu,
    Lstm,
    MaxPool2d,
    Relu,
    Reshape,
    Rnn,
    Sigmoid,
    Softmax,
    Tanh,
    TensorSpec,
    Upsample2d,
    kind,
)

BLOCKS = 3

CASES: list[tuple[Layer, TensorSpec]] = [
    (Dense(units=7), TensorSpec((5,))),
    (Dense(units=1, bias=False), TensorSpec((1,))),
    (Dense(units=19), TensorSpec((33,))),
    (Dense(units=7), TensorSpec((4, 5))),
    (Dense(units=19, bias=False), TensorSpec((3, 33))),
    (Conv2d(filters=3, kernel=3), TensorSpec((2, 6, 5))),
    (Conv2d(filters=9, kernel=5, padding=2), TensorSpec((1, 7, 8))),
    (Conv2d(filters=4, kernel=3, stride=2, padding=1), TensorSpec((3, 8, 7))),
    (Conv2d(filters=2, kernel=2, stride=3, bias=False), TensorSpec((2, 7, 9))),
    (Conv2d(filters=1, kernel=1), TensorSpec((1, 1, 1))),
    (Conv2d(filters=3, kernel=3, padding="same"), TensorSpec((2, 5, 4))),
    (Conv2d(filters=3, kernel=4, padding="same"), TensorSpec((2, 3, 6))),
    (Conv2d(filters=1, kernel=3, fixed="sobel_x"), TensorSpec((2, 5, 6))),
    (Conv2d(filters=1, kernel=3, fixed="sobel_y", padding=1), TensorSpec((1, 4, 4))),
    (Conv2d(filters=1, kernel=3, fixed="laplace", stride=2), TensorSpec((3, 7, 5))),
    (Conv1d(filters=4, kernel=3), TensorSpec((9, 5))),
    (Conv1d(filters=19, kernel=5, padding=2, bias=False), TensorSpec((7, 1))),
    (Conv1d(filters=2, kernel=2, stride=3, padding=1), TensorSpec((8, 3))),
    (Conv1d(filters=3, kernel=4, padding="same"), TensorSpec((6, 17))),
    (Conv1d(filters=1, kernel=1), TensorSpec((1, 1))),
    (MaxPool2d(), TensorSpec((2, 6, 4))),
    (MaxPool2d(size=3, stride=2), TensorSpec((1, 7, 8))),
    (MaxPool2d(size=2, stride=3), TensorSpec((2, 7, 5))),
    (AvgPool2d(), TensorSpec((2, 6, 4))),
    (AvgPool2d(size=3, stride=2), TensorSpec((1, 7, 8))),
    (AvgPool2d(size=2, stride=3), TensorSpec((2, 7, 5))),
    (GlobalAvgPool(), TensorSpec((3, 4, 5))),
    (GlobalAvgPool(), TensorSpec((6, 3))),
    (Upsample2d(), TensorSpec((2, 3, 4))),
    (Upsample2d(factor=3), TensorSpec((1, 2, 1))),
    (Reshape(sides=(4, 6)), TensorSpec((2, 3, 4))),
    (Reshape(sides=(2, 3, 4)), TensorSpec((24,))),
    (Flatten(), TensorSpec((2, 3, 4))),
    (Relu(), TensorSpec((11,))),
    (LeakyRelu(), TensorSpec((11,))),
    (LeakyRelu(slope=0.3), TensorSpec((2, 3, 4))),
    (Gelu(), TensorSpec((11,))),
    (Softmax(), TensorSpec((11,))),
    (Softmax(), TensorSpec((3, 5))),
    (LayerNorm(), TensorSpec((11,))),
    (LayerNorm(epsilon=0.1), TensorSpec((5, 3))),
    (LayerNorm(), TensorSpec((2, 3, 4))),
    (Sigmoid(), TensorSpec((11,))),
    (Tanh(), TensorSpec((2, 3))),
    (BatchNorm(), TensorSpec((3, 4, 5))),
    (BatchNorm(epsilon=0.1), TensorSpec((7,))),
    (Dropout(), TensorSpec((9,))),
    (Dropout(rate=0.2), TensorSpec((2, 3, 5))),
    (Embedding(size=5), TensorSpec((4,), vocab_size=6)),
    *(
        (cell(units=units, **fields), TensorSpec(shape))
        for cell in (Rnn, partial(Rnn, activation="relu"), Lstm, Gru)
        for units, shape, fields in (
            (9, (5, 3), {}),
            (1, (1, 1), {}),
            (17, (3, 19), {"output_": "sequence"}),
            (3, (4, 2), {"bidirectional": True}),
            (16, (4, 16), {"bidirectional": True, "output_": "sequence"}),
        )
    ),
    *(
        (
            Decoder(units=units, size=size, cell=cell),
            TensorSpec((units,), target=TensorSpec(*target)),
        )
        for cell in ("rnn", "lstm", "gru")
        for units, size, target in ((9, 3, ((5,), 4)), (1, 1, ((1,), 1)), (17, 16, ((3,), 7)))
    ),
]


def test_every_kind_has_a_kernel_a_reference_and_a_case() -> None:
    assert set(KINDS) - {"repeat"} == set(LAYERS)
    kinds = set(LAYERS) - {"residual"}  # has a body of layers: tests/engine/test_residual.py
    assert kinds == {kind(layer) for layer, _ in CASES}
    assert all(hasattr(reference, name) for name in kinds)


class Built:
    """One layer over random samples, its kernels compiled."""

    def __init__(self, layer: Layer, input: TensorSpec, seed: int = 0) -> None:
        random = np.random.default_rng(seed)
        self.layer = layer
        if input.vocab_size:
            x: Any = random.integers(input.vocab_size, size=(BLOCKS, *input.shape, LANES))
            x = x.astype(np.int32)
        else:
            x = random.standard_normal((BLOCKS, *input.shape, LANES)).astype(np.float32)
        shapes = layer.parameters(input)
        w = {n: random.standard_normal(s).astype(np.float32) for n, s in shapes.items()}
        dw = {name: np.full_like(weight, np.nan) for name, weight in w.items()}
        dx = None if input.vocab_size else np.full_like(x, np.nan)
        output = layer.output(input).shape
        lengths = np.full((BLOCKS, LANES), input.shape[0], np.int32)
        targets = None
        if target := input.target:  # -1 is no target
            targets = random.integers(
                -1, target.vocab_size, (BLOCKS, *target.shape, LANES), np.int32
            )
        step, active = np.zeros(1, np.int64), np.array([BLOCKS])
        batch = Batch(lengths, step, active, seed, targets)
        self.built = LAYERS[kind(layer)](kind(layer), layer, x, dx, output, w, dw, batch)
        self.built.dy[...] = random.standard_normal(self.built.dy.shape)

    def run(self, parts: list[slice]) -> None:
        """Forward and backward of the blocks in `parts`, then reduce in as many shares."""
        count = len(parts)
        shares = range(count)
        self._run([self.built.pack(i, count) for i in shares])
        self._run([self.built.forward(part) for part in parts])
        self._run([self.built.backward(part) for part in parts])
        self._run([self.built.reduce(BLOCKS, i, count) for i in shares])

    def _run(self, lists: list[list[Call]]) -> None:
        """Run the lists one after the other up to a barrier, and then on from there."""
        for stretch in zip(*(_stretches(calls) for calls in lists), strict=True):
            for call in chain(*stretch):
                if call.func in SIGNATURES:
                    compile_kernel(call.func)
                call()

    def samples(self, array: Any) -> Any:
        """(blocks, ..., LANES) as (samples, ...) in float64, token ids in int32."""
        moved = np.moveaxis(array, -1, 1).reshape(-1, *array.shape[1:-1])
        return moved if moved.dtype == np.int32 else moved.astype(np.float64)

    def reference(self, x: Any, w: dict[str, Any]) -> Any:
        """The plain form of all samples."""
        plain = getattr(reference, kind(self.layer))
        if kind(self.layer) in reference.WHOLE_BATCH:
            return plain(self.layer, x, w, self.built.name, self.built.batch)
        return np.stack([plain(self.layer, sample, w) for sample in x])

    @property
    def weights(self) -> dict[str, Any]:
        return {name: weight.astype(np.float64) for name, weight in self.built.w.items()}

    @property
    def dx(self) -> Any:
        """The gradient for x, of a layer that has one."""
        assert self.built.dx is not None
        return self.built.dx


def _stretches(calls: list[Call]) -> list[list[Call]]:
    """The calls between barriers."""
    stretches: list[list[Call]] = [[]]
    for call in calls:
        if call is BARRIER:
            stretches.append([])
        else:
            stretches[-1].append(call)
    return stretches


def close(actual: Any, expected: Any) -> None:
    scale = max(1.0, float(np.abs(expected).max(initial=0)))
    np.testing.assert_allclose(actual, expected, rtol=0, atol=2e-5 * scale)


WHOLE = [slice(0, BLOCKS)]


@pytest.mark.parametrize(("layer", "input"), CASES, ids=str)
def test_forward_equals_the_plain_form(layer: Layer, input: TensorSpec) -> None:
    built = Built(layer, input)
    built.run(WHOLE)
    expected = built.reference(built.samples(built.built.x), built.weights)
    close(built.samples(built.built.y), expected)


@pytest.mark.parametrize(("layer", "input"), CASES, ids=str)
def test_gradients_equal_finite_differences(layer: Layer, input: TensorSpec) -> None:
    built = Built(layer, input)
    built.run(WHOLE)
    x, w = built.samples(built.built.x), built.weights
    slope = built.samples(built.built.dy)

    def change(array: Any, place: Any, step: float = 1e-6) -> float:
        """The derivative of sum(y * dy) by one number."""
        kept = array[place]
        array[place] = kept + step
        above = (built.reference(x, w) * slope).sum()
        array[place] = kept - step
        below = (built.reference(x, w) * slope).sum()
        array[place] = kept
        return float(above - below) / (2 * step)

    random = np.random.default_rng(1)
    checked = {name: (w[name], dw.astype(np.float64)) for name, dw in built.built.dw.items()}
    if built.built.dx is not None:
        checked["x"] = (x, built.samples(built.built.dx))
    for array, gradient in checked.values():
        assert np.isfinite(gradient).all()
        for _ in range(12):
            place = tuple(int(random.integers(side)) for side in array.shape)
            scale = max(1.0, float(np.abs(gradient).max()))
            assert gradient[place] == pytest.approx(change(array, place), abs=3e-5 * scale)


@pytest.mark.parametrize(("layer", "input"), CASES, ids=str)
def test_no_bit_depends_on_how_blocks_are_shared_out(layer: Layer, input: TensorSpec) -> None:
    one, two = Built(layer, input), Built(layer, input)
    one.run(WHOLE)
    two.run([slice(0, 1), slice(1, BLOCKS)])
    pairs: list[tuple[Any, Any]] = [(one.built.y, two.built.y)]
    pairs += [(one.built.dw[name], two.built.dw[name]) for name in one.built.dw]
    if one.built.dx is not None:
        pairs.append((one.built.dx, two.built.dx))
    for first, second in pairs:
        np.testing.assert_array_equal(first, second)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    channels=st.integers(1, 5),
    filters=st.integers(1, 12),
    kernel=st.integers(1, 4),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    height=st.integers(4, 9),
    width=st.integers(4, 9),
)
def test_convolutions_of_any_shape(
    channels: int, filters: int, kernel: int, stride: int, padding: int, height: int, width: int
) -> None:
    layer = Conv2d(filters=filters, kernel=kernel, stride=stride, padding=padding)
    built = Built(layer, TensorSpec((channels, height, width)))
    built.run(WHOLE)
    close(
        built.samples(built.built.y),
        built.reference(built.samples(built.built.x), built.weights),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(units=st.integers(1, 70), inputs=st.integers(1, 70))
def test_dense_layers_of_any_shape(units: int, inputs: int) -> None:
    built = Built(Dense(units=units), TensorSpec((inputs,)))
    built.run(WHOLE)
    x, dy = built.samples(built.built.x), built.samples(built.built.dy)
    close(built.samples(built.built.y), built.reference(x, built.weights))
    close(built.samples(built.built.dx), dy @ built.weights["weight"])
    close(built.built.dw["weight"], dy.T @ x)
    close(built.built.dw["bias"], dy.sum(axis=0))


@pytest.mark.parametrize(("layer", "input"), CASES, ids=str)
def test_nothing_outside_an_array_is_read_or_written(
    layer: Layer, input: TensorSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded: list[Any] = []

    def poisoned(*shape: int, dtype: Any = np.float32) -> Any:
        """Zeros between two borders of NaN, or of a number that is no token id."""
        size, border = int(np.prod(shape)), 16 * LANES
        whole = np.full(size + 2 * border, np.nan if dtype == np.float32 else -99, dtype)
        whole[border:-border] = 0
        guarded.append((whole, border))
        return whole[border:-border].reshape(shape)

    for name, module in list(sys.modules.items()):
        if name.startswith("tui_dl.kernels.") and hasattr(module, "zeros"):
            monkeypatch.setattr(module, "zeros", poisoned)
    built = Built(layer, input)
    built.run(WHOLE)
    close(
        built.samples(built.built.y),
        built.reference(built.samples(built.built.x), built.weights),
    )
    assert all(np.isfinite(dw).all() for dw in built.built.dw.values())
    assert built.built.dx is None or np.isfinite(built.built.dx).all()
    for whole, border in guarded:
        for edge in (whole[:border], whole[-border:]):
            assert np.isnan(edge).all() if edge.dtype == np.float32 else (edge == -99).all()


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


def test_a_fixed_filter_is_kept_with_the_state_and_never_trained() -> None:
    built = Built(Conv2d(filters=1, kernel=3, fixed="sobel_x"), TensorSpec((2, 5, 5)))
    before = built.built.buffers["weight"].copy()
    built.run(WHOLE)
    assert before.shape == (1, 2, 3, 3)
    np.testing.assert_array_equal(built.built.buffers["weight"], before)
    assert not built.built.dw
