"""Layers and losses on numbers that nearly cancel, or near the limits of float32."""

from typing import Any

import numpy as np
import pytest

from tests.kernels.built import WHOLE, Built
from tests.kernels.test_losses import SAMPLES, Case
from tui_dl.kernels.layers import dropout
from tui_dl.kernels.losses.base import into_lanes
from tui_dl.spec.layers.activations import Gelu, Sigmoid, Tanh
from tui_dl.spec.layers.base import Layer, TensorSpec
from tui_dl.spec.layers.normalisation import BatchNorm, Dropout, LayerNorm
from tui_dl.spec.layers.softplus import Softplus
from tui_dl.spec.train.losses.classification import BinaryCrossEntropy, CrossEntropy

OFFSETS = [(0, 1), (30, 0.1), (-1e4, 1), (1e-20, 1e-21)]  # mean and deviation
FAR = [1e-30, 1, 5, 12.9, 13.1, 88, 1e4, 1e19, 1e30, 3e38]


def normal(x: Any, axes: Any, epsilon: float) -> Any:
    """x^ in float64."""
    variance = x.var(axis=axes, keepdims=True)
    return (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(variance + epsilon)


def slopes(x: Any, g: Any, axes: Any, epsilon: float) -> Any:
    """The gradient for x, from that for x^."""
    own = normal(x, axes, epsilon)
    rest = g.mean(axis=axes, keepdims=True) + own * (g * own).mean(axis=axes, keepdims=True)
    return (g - rest) / np.sqrt(x.var(axis=axes, keepdims=True) + epsilon)


@pytest.mark.parametrize(("mean", "deviation"), OFFSETS)
@pytest.mark.parametrize(
    ("layer", "shape", "axes", "others"),  # those of x^'s mean, and those that a weight lacks
    [
        (LayerNorm(), (64,), 1, 0),
        (LayerNorm(epsilon=1e-12), (7, 9), 2, (0, 1)),
        (LayerNorm(), (16, 30, 30), (1, 2, 3), 0),
        (BatchNorm(), (7,), 0, 0),
        (BatchNorm(epsilon=1e-12), (3, 20, 20), (0, 2, 3), (0, 2, 3)),
    ],
    ids=str,
)
def test_a_mean_far_above_the_deviation_costs_no_digits(
    layer: Any, shape: tuple[int, ...], axes: Any, others: Any, mean: float, deviation: float
) -> None:
    """PyTorch's errors are 7e-6 at a mean of 30 and a deviation of 0.1, and 3e-4 at 1e4 and 1."""
    built = Built(layer, TensorSpec(shape))
    built.built.x[...] = mean + deviation * built.built.x
    built.run(WHOLE)
    x, dy, w = built.samples(built.built.x), built.samples(built.built.dy), built.weights
    weight, bias = (np.expand_dims(w[name], others) for name in ("weight", "bias"))
    own = normal(x, axes, layer.epsilon)
    close(built.samples(built.built.y), weight * own + bias)
    close(built.samples(built.built.dx), slopes(x, dy * weight, axes, layer.epsilon))
    close(built.built.dw["weight"], (dy * own).sum(axis=others))
    close(built.built.dw["bias"], dy.sum(axis=others))
    if isinstance(layer, BatchNorm):
        further = 0.1 * deviation  # in a mean near 0 few digits are right
        close(built.built.buffers["running_mean"] + further, 0.1 * x.mean(axis=axes) + further)
        close(built.built.buffers["running_var"], 0.9 + 0.1 * x.var(axis=axes, ddof=1))


def close(actual: Any, expected: Any) -> None:
    assert np.abs(actual - expected).max() < 2e-6 * np.abs(expected).max()


@pytest.mark.parametrize("layer", [LayerNorm(epsilon=1e-12), BatchNorm(epsilon=1e-12)], ids=str)
def test_what_does_not_vary_is_normalised_to_nothing(layer: Layer) -> None:
    for value in (0.1, -1e4, 1e30):
        built = Built(layer, TensorSpec((100,)))
        built.built.x[...] = np.float32(value)
        built.run(WHOLE)
        bias = np.broadcast_to(built.built.w["bias"][:, None], built.built.y.shape)
        np.testing.assert_array_equal(built.built.y, bias)
        assert np.isfinite(built.dx).all()


@pytest.mark.parametrize(
    "rate", [1e-300, 1e-12, 2.0**-33, 1e-7, 0.5, 1 - 1e-8, 1 - 1e-10, 1 - 1e-16]
)
def test_dropout_keeps_its_share_and_the_mean_at_any_rate(rate: float) -> None:
    built = Built(Dropout(rate=rate), TensorSpec((2000,)))
    assert isinstance(built.built, dropout.Dropout)
    built.built.x[...] = 1
    built.run(WHOLE)
    y, (scale,) = built.built.y, built.built.scale
    kept = y != 0
    assert ((y == 0) | (y == scale)).all()
    np.testing.assert_array_equal(built.built.dx != 0, kept)
    assert kept.mean() == pytest.approx(1 - rate, abs=0.01)
    share = 1 - built.built.limit / 2**32
    assert share * float(scale) == pytest.approx(1, rel=1e-7)
    assert share == pytest.approx(1 - rate, abs=2.0**-32)


@pytest.mark.parametrize("layer", [Gelu(), Sigmoid(), Softplus(), Tanh()], ids=str)
def test_an_activation_far_from_0(layer: Layer) -> None:
    built = Built(layer, TensorSpec((2 * len(FAR),)))
    built.built.x[...] = np.array([*FAR, *(-x for x in FAR)], np.float32)[:, None]
    built.built.dy[...] = 1
    built.run(WHOLE)
    x = built.samples(built.built.x)
    with np.errstate(over="ignore", under="ignore"):
        y = built.reference(x, {})
        z = np.clip(x, -30, 30)
        sigmoid = 1 / (1 + np.exp(-z))
        slope = {
            "Gelu": built.reference(z, {}) / z + z * np.exp(-z * z / 2) / np.sqrt(2 * np.pi),
            "Sigmoid": sigmoid * (1 - sigmoid),
            "Softplus": sigmoid,
            "Tanh": 1 - np.tanh(z) ** 2,
        }[type(layer).__name__]
    np.testing.assert_allclose(built.samples(built.built.y), y, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(built.samples(built.built.dx), slope, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("size", [0, 1e-30, 1, 8, 20, 88, 1e4, 1e30])
def test_binary_cross_entropy_of_a_sure_output(size: float) -> None:
    """Where it is right the loss is small, not what cancellation has left of a large one."""
    for target in (0.0, 1.0):
        right = size if target else -size
        for z in (right, -right):
            it = Case(BinaryCrossEntropy(), (2, 3), 0)
            it.targets[:] = target
            it.loss.y[...] = z
            it.run()
            exact = np.log1p(np.exp(-size)) if z == right else size + np.log1p(np.exp(-size))
            assert it.loss.mean == pytest.approx(exact, rel=2e-6, abs=1e-37)


@pytest.mark.parametrize("smoothing", [0, 1e-9, 0.1, 1 - 1e-3, 1 - 1e-9])
@pytest.mark.parametrize("size", [0, 1, 88, 1e4, 1e30])
def test_cross_entropy_of_a_sure_output(smoothing: float, size: float) -> None:
    it = Case(CrossEntropy(label_smoothing=smoothing), (4,), 4)
    z = size * np.random.default_rng(0).normal(size=(SAMPLES, 4)).astype(np.float32)
    into_lanes(it.loss.y, z)
    it.run()
    z = z.astype(np.float64) - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    q = (1 - smoothing) * np.eye(4)[it.targets] + smoothing / 4
    exact = -(q * log_p).sum(axis=1)[it.targets >= 0].mean()
    assert it.loss.mean == pytest.approx(exact, rel=1e-5)


def test_of_one_class_there_is_nothing_to_say() -> None:
    it = Case(CrossEntropy(), (1,), 1)
    it.loss.y[...] = 1e30
    it.run()
    assert it.loss.mean == 0
    assert not it.loss.dy.any()
