"""The loss of an output that knows nothing, and the least there can be, by hand."""

from typing import Any

import numpy as np
import pytest

from tests.engine.epochs import DIGITS
from tui_dl.data import Samples
from tui_dl.engine.diagnosis.bounds import Bounds
from tui_dl.spec.toml.reading import read


def bounds(*overrides: str, samples: Samples = DIGITS) -> Bounds:
    return Bounds(read("first-network", list(overrides)), samples)


@pytest.mark.parametrize("smooth", [0.0, 0.1, 0.3, 0.5])
def test_the_least_cross_entropy_is_that_of_its_targets(smooth: float) -> None:
    own, other = 1 - smooth + smooth / 10, smooth / 10
    entropy = -own * np.log(own) - (9 * other * np.log(other) if smooth else 0)
    of = bounds(f"train.loss.label_smoothing={smooth}")
    assert of.least == pytest.approx(entropy)
    assert of.blank == pytest.approx(np.log(10), rel=1e-3)  # classes are nearly as frequent
    assert (of.left(of.blank), of.left(of.least)) == (1, 0)


@pytest.mark.parametrize(
    ("loss", "blank", "least"),
    [
        ("mean_squared_error", lambda x: x.var(axis=0).mean(), lambda x: 0),
        (
            "mean_absolute_error", lambda x: np.abs(x - np.median(x, axis=0)).mean(),
            lambda x: 0,
        ),
        (
            "binary_cross_entropy", lambda x: entropy(x.mean(axis=0)).mean(),
            lambda x: entropy(x).mean(),
        ),
    ],
)  # fmt: skip
def test_what_a_network_that_gives_its_input_back_can_lose(
    loss: str, blank: Any, least: Any
) -> None:
    x = DIGITS.inputs.reshape(len(DIGITS), -1).astype(np.float64)
    of = bounds("train.target=input", f"train.loss={loss}", "network[3].units=64")
    assert of.blank == pytest.approx(blank(x), rel=1e-5)
    assert of.least == pytest.approx(least(x), rel=1e-5)


def entropy(p: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.nan_to_num(p * np.log(p)) - np.nan_to_num((1 - p) * np.log(1 - p))


@pytest.mark.parametrize("loss", ["cross_entropy", "mean_squared_error", "binary_cross_entropy"])
def test_the_same_input_with_different_labels_has_a_least_loss(loss: str) -> None:
    """Every digit twice, once with its label and once with the next one: half is right."""
    twice = np.concatenate([DIGITS.inputs, DIGITS.inputs])
    labels = np.concatenate([DIGITS.targets, (DIGITS.targets + 1) % 10])
    of = bounds(f"train.loss={loss}", samples=Samples(twice, labels))
    exact = {"cross_entropy": np.log(2), "mean_squared_error": 2 * 0.25 / 10}
    assert of.least == pytest.approx(exact.get(loss, 2 * np.log(2) / 10))


def test_where_there_is_nothing_to_learn_nothing_is_left() -> None:
    same = Samples(DIGITS.inputs, np.full_like(DIGITS.targets, 3))
    assert bounds(samples=same).left(5.0) == 0
