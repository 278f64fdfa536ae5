"""Every layer against its plain form, and every gradient against finite differences of that form.

Parametrised over the registry: a new kind without kernel, plain form or case fails by its name.
"""

import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases import cases, label
from tests.kernels.built import BLOCKS, WHOLE, Built, close
from tui_dl.kernels import layers
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.layers.base import Layer as Kernel
from tui_dl.kernels.reference import plain_forms
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.base import Layer, TensorSpec, kind
from tui_dl.spec.layers.products import Conv2d, Dense

BY_KIND = cases("layers")
FORMS = plain_forms("tui_dl.kernels.reference.layers")
# A layer whose body is layers is tested within networks: tests/engine/test_residual.py.
BODIES = {name for name, struct in KINDS.items() if "layers" in struct.__struct_fields__}
CASES: list[tuple[Layer, TensorSpec]] = [
    case for name, of_kind in BY_KIND.items() if name not in BODIES for case in of_kind
]


@pytest.mark.parametrize("name", sorted(set(KINDS) - BODIES))
def test_every_kind_has_a_kernel_a_plain_form_and_cases(name: str) -> None:
    assert issubclass(layers.of(name), Kernel)
    assert name in FORMS, f"{name} has no plain form in kernels/reference/layers"
    assert name in BY_KIND, f"{name} has no cases: tests/cases/layers/{name}.py"
    assert {kind(layer) for layer, _ in BY_KIND[name]} == {name}


def test_every_plain_form_and_case_is_of_a_kind() -> None:
    assert set(FORMS) <= set(KINDS) - BODIES
    assert set(BY_KIND) <= set(KINDS)


@pytest.mark.parametrize(("layer", "input"), CASES, ids=label)
def test_forward_equals_the_plain_form(layer: Layer, input: TensorSpec) -> None:
    built = Built(layer, input)
    built.run(WHOLE)
    expected = built.reference(built.samples(built.built.x), built.weights)
    close(built.samples(built.built.y), expected)


@pytest.mark.parametrize(("layer", "input"), CASES, ids=label)
def test_gradients_equal_finite_differences(layer: Layer, input: TensorSpec) -> None:
    built = Built(layer, input)
    built.run(WHOLE)
    x, w = built.samples(built.built.x), built.weights
    slope = built.samples(built.built.dy)

    def change(array: Any, direction: Any, step: float = 1e-6) -> float:
        """The derivative of sum(y * dy) in a direction of one array."""
        kept = array.copy()
        array[...] = kept + step * direction
        above = (built.reference(x, w) * slope).sum()
        array[...] = kept - step * direction
        below = (built.reference(x, w) * slope).sum()
        array[...] = kept
        return float(above - below) / (2 * step)

    random = np.random.default_rng(1)
    checked = {name: (w[name], dw.astype(np.float64)) for name, dw in built.built.dw.items()}
    if built.built.dx is not None:
        checked["x"] = (x, built.samples(built.built.dx))
    for name, (array, gradient) in checked.items():
        assert np.isfinite(gradient).all()
        for _ in range(3):  # a single wrong number shows in every direction
            direction = random.choice([-1.0, 1.0], size=array.shape)
            scale = max(1.0, float(np.abs(gradient).max())) * array.size**0.5
            expected = pytest.approx(change(array, direction), abs=3e-5 * scale)
            assert (gradient * direction).sum() == expected, name


@pytest.mark.parametrize(("layer", "input"), CASES, ids=label)
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


@pytest.mark.parametrize(("layer", "input"), CASES, ids=label)
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
