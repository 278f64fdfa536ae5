"""What a rule gets to see of an experiment, and what it finds."""

from __future__ import annotations

from typing import NamedTuple

from tui_dl.experiment import Experiment
from tui_dl.layers import Recurrent
from tui_dl.layout import Row

DEEP = 6  # trained layers: LeNet-5 has five, and needs no help


class Finding(NamedTuple):
    """Something is wrong: where, in few words, the numbers that show it, and what to change."""

    lesson: str  # the preset that teaches it
    layers: list[str]
    message: str
    evidence: dict[str, float]
    advice: str
    change: list[str]  # overrides that --set accepts; none where words have to do


class Subject:
    """The experiment that is examined.

    Attributes:
        layers: names of the trained layers, in order.
        samples: how many it is trained on.
    """

    def __init__(self, experiment: Experiment, samples: int) -> None:
        self.experiment, self.recipe, self.samples = experiment, experiment.train, samples
        self.rows: list[Row] = experiment.rows
        self.trained = [row for row in self.rows if row.parameters]
        self.layers = [row.name for row in self.trained]
        self.recurrent = [row for row in self.rows if isinstance(row.layer, Recurrent)]

    @property
    def multiplies(self) -> bool:
        """Whether gradients pass through so many matrices that they may explode."""
        return bool(self.recurrent) or len(self.trained) >= DEEP

    def rate(self, times: float) -> list[str]:
        """The learning rate `times` what it is."""
        return [f"train.optimizer.learning_rate={self.recipe.optimizer.learning_rate * times:.3g}"]


def override(rows: list[Row], setting: str) -> list[str]:
    """`setting` for each of `rows`, where it stands in the file."""
    return [f"{key}.{setting}" for key in dict.fromkeys(row.key for row in rows)]
