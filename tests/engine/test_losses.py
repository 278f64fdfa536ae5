"""Training with each loss: the loss falls, and events have the right figures."""

from typing import Any

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.validate_targets import check_targets
from tui_dl.engine.train.session import train
from tui_dl.protocol.events import Ended, Evaluated
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError

DIGITS = """
title = "digits"
data = { source = "digits", batch_size = 50 }
network = [
    { kind = "flatten" }, { kind = "dense", units = 48 }, { kind = "relu" },
    { kind = "dense", units = 10 },
]
train = { epochs = 8, optimizer = { kind = "adam", learning_rate = 0.01 } }
"""


def run(*overrides: str, threads: int = 2) -> tuple[Any, Ended]:
    outputs = [
        h.copy() if isinstance(h, np.ndarray) else h
        for h in train(parse(DIGITS, "it", list(overrides)), threads)
    ]
    steps = np.concatenate([h for h in outputs if isinstance(h, np.ndarray)])
    assert len([h for h in outputs if isinstance(h, Evaluated)]) == 3
    ended = outputs[-1]
    assert isinstance(ended, Ended)
    return steps, ended


@pytest.mark.parametrize(
    "loss",
    [
        "mean_squared_error", "binary_cross_entropy", "huber",
        "{kind='cross_entropy', label_smoothing=0.1}",
    ],
)  # fmt: skip
def test_classes_are_learned_with_any_loss(loss: str) -> None:
    steps, ended = run(f"train.loss={loss}")
    assert ended.test_accuracy is not None
    assert ended.test_accuracy > 0.9
    assert steps["metric"][-1] > 0.9


@pytest.mark.parametrize("loss", ["mean_squared_error", "binary_cross_entropy"])
@pytest.mark.parametrize("augment", ["[]", "[{kind='shift'}]"])
def test_an_autoencoder_gives_its_input_back(loss: str, augment: str) -> None:
    """Shifted images are wanted back shifted: a target left where it was could not be learned."""
    options = "train.target=input", f"data.augment={augment}", "network[3].units=64"
    steps, ended = run(f"train.loss={loss}", *options)
    assert ended.test_accuracy is None
    assert np.isnan(steps["metric"]).all()
    assert steps["loss"][-20:].mean() < (0.015 if loss[0] == "m" else 0.26)


def test_an_autoencoders_bits_do_not_depend_on_threads() -> None:
    options = "train.loss=huber", "train.target=input", "network[3].units=64", "train.epochs=2"
    one, three = (run(*options, threads=threads)[0]["loss"] for threads in (1, 3))
    np.testing.assert_array_equal(one, three)


@pytest.mark.parametrize(
    ("loss", "spoil", "says"),
    [
        ("cross_entropy", lambda s: s.targets.__setitem__(0, 10), "whole numbers from 0 to 9"),
        ("binary_cross_entropy", lambda s: s.inputs.__setitem__((0, 0), 2), "targets from 0 to 1"),
        ("mean_squared_error", lambda s: s.inputs.__setitem__((0, 0), np.nan), "not finite"),
    ],
)
def test_targets_no_loss_can_take_are_refused(loss: str, spoil: Any, says: str) -> None:
    own = [] if loss == "cross_entropy" else ["train.target=input", "network[3].units=64"]
    experiment = parse(DIGITS, "it", [f"train.loss={loss}", *own])
    dataset = data.load(experiment.data, 0)
    check_targets(dataset, experiment)
    spoil(dataset.validation)
    with pytest.raises(UserError, match=says):
        check_targets(dataset, experiment)
