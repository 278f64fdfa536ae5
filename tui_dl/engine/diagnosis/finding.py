"""The input of a rule, an experiment with its run so far, and its result, a finding."""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import Literal, NamedTuple

from tui_dl.data import Samples
from tui_dl.engine.diagnosis.bounds import Bounds
from tui_dl.engine.diagnosis.observations import Memory
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.spec.train.config import Change

HIGHEST = 10  # times the optimizer's default rate: shallow networks still learn with it
WAITED = 5  # stretches without a better validation loss
MOST = 0.75  # of a run's steps are enough where it is short
DEEP = 6  # trained layers: LeNet-5 has five, and its gradients do not explode


# Presets that teach what a remedy does; empty where there is no remedy.
Lesson = Literal[
    "learning-rate", "exploding-gradient", "vanishing-cured", "memory", "optimizers", "lr-decay",
    "early-stopping", "dropout", "underfitting", "hidden-layer", "",
]  # fmt: skip


class Remedy(NamedTuple):
    """A change to the experiment: in words, as overrides for --set, and the lesson about it."""

    advice: str
    change: list[str]
    lesson: Lesson


class Finding(NamedTuple):
    """What a rule found: the layers, a message, the evidence, and remedies."""

    layers: list[str]
    message: str
    evidence: dict[str, float]
    remedies: list[Remedy]  # the first that changes the experiment is advised


class Subject:
    """The experiment that is examined.

    Attributes:
        config: its training config.
        planned: changes made by hand, past ones and those planned in the experiment.
        step: number of updates made so far.
        samples: number of training samples.
        nodes: its layers.
        trained: those with parameters.
        recurrent: those that are recurrent.
        parameters: number of parameters.
        layers: names of the trained layers, in order.
    """

    def __init__(self, experiment: Experiment, samples: Samples, changes: list[Change]) -> None:
        self.experiment, self.config, self.planned = experiment, experiment.train, changes
        self.step = inf
        self.samples, self._samples = len(samples), samples
        self.nodes: list[LayerNode] = experiment.nodes
        self.trained = [node for node in self.nodes if node.parameters]
        self.parameters = experiment.parameter_count
        self.layers = [node.name for node in self.trained]
        self.recurrent = [node for node in self.nodes if node.layer.is_recurrent]

    @property
    def changes(self) -> list[Change]:
        """Rates and stops set by hand before `step`.

        The experiment of a repeated run holds later changes too; they must not alter a diagnosis.
        """
        return [change for change in self.planned if change.step < self.step]

    @property
    def multiplies(self) -> bool:
        """Whether gradients pass through so many matrices that they may explode."""
        return bool(self.recurrent) or len(self.trained) >= DEEP

    @cached_property
    def bounds(self) -> Bounds | None:
        """Bounds of the training loss; None for an environment, and for a loss without."""
        if not Bounds.are_known(self.experiment):
            return None
        return Bounds(self.experiment, self._samples)

    def untrained_loss(self, memory: Memory) -> float:
        """The loss of an untrained network: the best constant answer's or the first step's.

        The larger of both, for the initial weights may be worse than any constant answer.
        """
        first = memory.first_loss or 0.0
        if self.bounds is None:
            return max(first, memory.stretches[0].train_loss if memory.stretches else 0.0)
        return max(first, self.bounds.blank)

    def left(self, memory: Memory, loss: float) -> float:
        """The share of what can be learned that is left at `loss`: 1 unlearned, 0 all learned."""
        if self.bounds is None:
            return loss / (self.untrained_loss(memory) or 1.0)
        return self.bounds.left(loss)

    def has_lasted(self, memory: Memory, steps: int) -> bool:
        """Whether so many steps were made, or most of the steps of a shorter run."""
        newest = memory.stretches[-1]
        return newest.step >= min(steps, MOST * newest.step * self.config.epochs / newest.epoch)

    def loss_at_end(self, memory: Memory) -> float:
        """The training loss expected at the end of the run, from its trend."""
        stretches = memory.curve.length * self.config.epochs / memory.stretches[-1].epoch
        return max(memory.curve.at_end(stretches), self.least_loss)

    @property
    def least_loss(self) -> float:
        """The lowest loss possible."""
        return self.bounds.least if self.bounds else 0.0

    def manual_change(self, step: int) -> Change | None:
        """The change that set the learning rate in force at `step`; None for the config's rate."""
        made = [it for it in self.changes if it.learning_rate is not None and it.step < step]
        return max(made, key=lambda it: it.step) if made else None

    def rate(self, step: int) -> float:
        """The learning rate in force at `step`, without the schedule's factor."""
        change = self.manual_change(step)
        return change.learning_rate or 0.0 if change else self.config.optimizer.learning_rate

    @property
    def default_rate(self) -> float:
        """The optimizer's default; lower with momentum m, which makes steps 1 / (1 - m) as long."""
        optimizer = self.config.optimizer
        return type(optimizer)().learning_rate * (1 - getattr(optimizer, "momentum", 0.0))

    @property
    def highest_rate(self) -> float:
        """The highest learning rate with which such a network learns."""
        return self.default_rate * (1 if self.multiplies else HIGHEST)
