"""Balanced classes: the weights that the loss gets, and what cannot be balanced."""

from pathlib import Path

import numpy as np
import pytest

from tui_dl.process.read_experiment import read
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.losses.classification import CrossEntropy
from tui_dl.support.errors import UserError


def weights(experiment: Experiment) -> tuple[float, ...]:
    assert isinstance(experiment.train.loss, CrossEntropy)
    return experiment.train.loss.class_weights


@pytest.fixture
def rows(tmp_path: Path) -> str:
    """A table with twenty rows of class u, sixty of v and forty of w."""
    draw = np.random.default_rng(0)
    lines = [f"{draw.normal():.3f},{draw.integers(5)},{'uvvvww'[it % 6]}" for it in range(120)]
    (tmp_path / "rows.csv").write_text("\n".join(["a,b,kind", *lines, ""]))
    return str(tmp_path / "rows.csv")


def test_every_class_has_the_same_weight_in_training(rows: str) -> None:
    experiment = read(rows, ["data.balance=true"])
    spec = experiment.data_spec
    assert spec.class_names == ("v", "w", "u")
    assert spec.class_counts == (42, 28, 14)
    np.testing.assert_allclose(weights(experiment), [1 / 3, 1 / 2, 1])
    assert weights(read(rows)) == ()


def test_a_run_keeps_the_weights_in_place_of_the_key(rows: str, tmp_path: Path) -> None:
    experiment = read(rows, ["data.balance=true"])
    file = tmp_path / "it.toml"
    file.write_text(experiment.to_toml())
    again = read(file)
    assert again == experiment
    assert weights(again) == weights(experiment)
    with pytest.raises(UserError, match="class_weights are given: leave one of them out"):
        read(file, ["data.balance=true"])


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        (["data.target=a", "train.loss=huber"], "the target is real numbers"),
        (["train.loss=binary_cross_entropy"], "use train.loss = .cross_entropy"),
        (["train.loss.class_weights=[1, 1, 1]"], "leave one of them out"),
    ],
)
def test_what_cannot_be_balanced_is_refused(rows: str, overrides: list[str], says: str) -> None:
    with pytest.raises(UserError, match=f"^--set data.balance=true: .*{says}"):
        read(rows, [*overrides, "data.balance=true"])
