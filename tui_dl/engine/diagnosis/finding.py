"""What a rule gets to see of an experiment, and what it finds."""

from __future__ import annotations

import json
from math import ceil, log10
from typing import Literal, NamedTuple

from msgspec.structs import fields

from tui_dl.errors import UserError
from tui_dl.experiment import Experiment, parse
from tui_dl.layers import Layer, Recurrent
from tui_dl.layout import Row

BORNE = 10  # times an optimiser's default rate: shallow networks learn with it, and with no more
DEEP = 6  # trained layers: LeNet-5 has five, and needs no help


# Presets that teach what goes wrong; what none does is explained by the advice alone.
Lesson = Literal["early-stopping", "vanishing-gradient", "memory", ""]


class Finding(NamedTuple):
    """Something is wrong: where, in few words, the numbers that show it, and what to change."""

    lesson: Lesson
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
        parameters: how many numbers are trained.
    """

    def __init__(self, experiment: Experiment, samples: int) -> None:
        self.experiment, self.recipe, self.samples = experiment, experiment.train, samples
        self.rows: list[Row] = experiment.rows
        self.trained = [row for row in self.rows if row.parameters]
        self.parameters = experiment.parameter_count
        self.layers = [row.name for row in self.trained]
        self.recurrent = [row for row in self.rows if isinstance(row.layer, Recurrent)]

    @property
    def multiplies(self) -> bool:
        """Whether gradients pass through so many matrices that they may explode."""
        return bool(self.recurrent) or len(self.trained) >= DEEP

    def accepts(self, change: list[str]) -> bool:
        """Whether the experiment is one still with these overrides."""
        try:
            parse(self.experiment.to_toml(), "", change)
        except UserError:
            return False
        return True

    def rate(self, times: float) -> list[str]:
        """The learning rate `times` what it is."""
        return [f"train.optimizer.learning_rate={self.recipe.optimizer.learning_rate * times:.3g}"]

    @property
    def most_rate(self) -> float:
        """The largest learning rate that networks bear."""
        return BORNE * type(self.recipe.optimizer)().learning_rate

    def lower_rate(self) -> list[str]:
        """The learning rate over 10, or over 100 and so on, down to what networks bear."""
        tens = ceil(log10(self.recipe.optimizer.learning_rate / self.most_rate) - 1e-9)
        return self.rate(10.0 ** -max(tens, 1))


def override(rows: list[Row], setting: str) -> list[str]:
    """`setting` for each of `rows`, where it stands in the file."""
    return [f"{key}.{setting}" for key in dict.fromkeys(row.key for row in rows)]


def replaced(rows: list[Row], by: type[Layer]) -> list[str]:
    """Another kind of layer in place of each of `rows`, with the keys both have."""
    changes = []
    for row in rows:
        keys = {field.encode_name: field for field in fields(by) if hasattr(row.layer, field.name)}
        values = {key: getattr(row.layer, field.name) for key, field in keys.items()}
        given = {key: value for key, value in values.items() if value != keys[key].default}
        table = {"kind": by.__struct_config__.tag} | given
        changes.append(
            f"{row.key}={{{','.join(f'{k}={json.dumps(v)}' for k, v in table.items())}}}"
        )
    return list(dict.fromkeys(changes))
