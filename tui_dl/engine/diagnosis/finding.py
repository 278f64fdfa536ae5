"""What a rule gets to see of an experiment, and what it finds."""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import Literal, NamedTuple

from tui_dl.data import Samples
from tui_dl.engine.diagnosis.bounds import Bounds
from tui_dl.engine.diagnosis.memory import Memory
from tui_dl.spec.data import Environment
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import Recurrent
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.spec.train import Change, Sgd

BORNE = 10  # times an optimiser's default rate: shallow networks learn with it, but no more
WAITED = 5  # stretches without a better validation loss
MOST = 0.75  # of a run: time enough for something to happen
DEEP = 6  # trained layers: LeNet-5 has five, and needs no help


# Presets that teach what goes wrong; what none does is explained by the advice alone.
Lesson = Literal["early-stopping", "vanishing-gradient", "memory", ""]


class Remedy(NamedTuple):
    """What to change: in words, and as overrides that --set accepts."""

    advice: str
    change: list[str]


class Finding(NamedTuple):
    """Something is wrong: where, in few words, the numbers that show it, and what may help."""

    lesson: Lesson
    layers: list[str]
    message: str
    evidence: dict[str, float]
    remedies: list[Remedy]  # the first that is not followed yet is given


class Subject:
    """The experiment that is examined.

    Attributes:
        planned: what was done to the run, and what its recipe will still do.
        step: where the run stands, that is how many updates were made.
        samples: how many it is trained on.
        parameters: how many numbers are trained.
        layers: names of the trained layers, in order.
    """

    def __init__(self, experiment: Experiment, samples: Samples, changes: list[Change]) -> None:
        self.experiment, self.recipe, self.planned = experiment, experiment.train, changes
        self.step = inf
        self.samples, self._samples = len(samples), samples
        self.rows: list[LayerNode] = experiment.rows
        self.trained = [row for row in self.rows if row.parameters]
        self.parameters = experiment.parameter_count
        self.layers = [row.name for row in self.trained]
        self.recurrent = [row for row in self.rows if isinstance(row.layer, Recurrent)]

    @property
    def changes(self) -> list[Change]:
        """What somebody did to the run so far, live or in the recipe.

        A run that is repeated knows later changes from its start, and yet says the same.
        """
        return [change for change in self.planned if change.step < self.step]

    @property
    def multiplies(self) -> bool:
        """Whether gradients pass through so many matrices that they may explode."""
        return bool(self.recurrent) or len(self.trained) >= DEEP

    @cached_property
    def bounds(self) -> Bounds | None:
        """The losses between which it learns; of an environment they are not known."""
        if isinstance(self.experiment.data, Environment):
            return None
        return Bounds(self.experiment, self._samples)

    def untrained(self, memory: Memory) -> float:
        """The loss of a network that knows nothing.

        A mini-batch may be easy by chance, the first weights worse than any constant answer.
        """
        first = memory.first_loss or 0.0
        if self.bounds is None:
            return max(first, memory.stretches[0].train_loss if memory.stretches else 0.0)
        return max(first, self.bounds.blank)

    def left(self, memory: Memory, loss: float) -> float:
        """The share of what can be learned that `loss` has left: 1 of nothing learned, 0 of all."""
        if self.bounds is None:
            return loss / (self.untrained(memory) or 1.0)
        return self.bounds.left(loss)

    def has_lasted(self, memory: Memory, steps: int) -> bool:
        """Whether so many steps were made, or most of a run that has no more."""
        newest = memory.stretches[-1]
        return newest.step >= min(steps, MOST * newest.step * self.recipe.epochs / newest.epoch)

    def at_end(self, memory: Memory) -> float:
        """The training loss in the end, if it goes on falling as it does."""
        stretches = memory.curve.length * self.recipe.epochs / memory.stretches[-1].epoch
        return max(memory.curve.at_end(stretches), self.least)

    @property
    def least(self) -> float:
        """The least loss there can be."""
        return self.bounds.least if self.bounds else 0.0

    def by_hand(self, step: int) -> Change | None:
        """Who set the learning rate that is in force at `step`, if not the recipe."""
        made = [it for it in self.changes if it.learning_rate is not None and it.step < step]
        return max(made, key=lambda it: it.step) if made else None

    def rate(self, step: int) -> float:
        """The learning rate that the schedule makes less of at `step`."""
        change = self.by_hand(step)
        return change.learning_rate or 0.0 if change else self.recipe.optimizer.learning_rate

    @property
    def usual_rate(self) -> float:
        """The optimiser's default; momentum m makes a step 1 / (1 - m) times as long."""
        optimizer = self.recipe.optimizer
        slower = 1 - optimizer.momentum if isinstance(optimizer, Sgd) else 1.0
        return type(optimizer)().learning_rate * slower

    @property
    def most(self) -> float:
        """The largest learning rate that such a network bears."""
        return self.usual_rate * (1 if self.multiplies else BORNE)
