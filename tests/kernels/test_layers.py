"""Every layer against its plain form, and every gradient against finite differences of that form.

Parametrised over the registry: a new kind of layer without a case here fails.
"""

import sys
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernels.built import BLOCKS, WHOLE, Built, close
from tui_dl.kernels import LAYERS, reference
from tui_dl.kernels.core.lanes import LANES
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.activations import Gelu, LeakyRelu, Relu, Sigmoid, Softmax, Tanh
from tui_dl.spec.layers.base import Layer, TensorSpec, kind
from tui_dl.spec.layers.normalisation import BatchNorm, Dropout, LayerNorm
from tui_dl.spec.layers.pooling import AvgPool2d, GlobalAvgPool, MaxPool2d, Upsample2d
from tui_dl.spec.layers.products import Conv1d, Conv2d, Dense
from tui_dl.spec.layers.recurrent import Decoder, Embedding, Gru, Lstm, Rnn
from tui_dl.spec.layers.shapes import Flatten, Reshape

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


def test_a_fixed_filter_is_kept_with_the_state_and_never_trained() -> None:
    built = Built(Conv2d(filters=1, kernel=3, fixed="sobel_x"), TensorSpec((2, 5, 5)))
    before = built.built.buffers["weight"].copy()
    built.run(WHOLE)
    assert before.shape == (1, 2, 3, 3)
    np.testing.assert_array_equal(built.built.buffers["weight"], before)
    assert not built.built.dw
