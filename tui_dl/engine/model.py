"""A trained network that predicts."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine import state
from tui_dl.engine.network import Network
from tui_dl.engine.optimizer import Optimizer
from tui_dl.engine.parameters import Parameters
from tui_dl.engine.step import Stepper
from tui_dl.engine.team import Team
from tui_dl.experiment import Experiment

SHARDS = 8  # of samples that go through the network at once
NUMBERS, SYMBOLS = "fiub", "iu"  # kinds of dtype that are taken


class Model:
    """A trained network.

    Attributes:
        experiment: what it was trained on, and how.
    """

    def __init__(self, experiment: Experiment, tensors: state.Tensors, threads: int = 1) -> None:
        """Take the network's weights and buffers from `tensors`.

        Raises:
            UserError: they are of another network.
        """
        self.experiment = experiment
        parameters = Parameters(experiment.rows)
        self._network = Network(experiment, parameters, SHARDS)
        optimizer = Optimizer(experiment.train, parameters)
        state.fill(state.model(self._network, optimizer), tensors)
        self._stepper = Stepper(self._network, optimizer, Team(threads))
        self._stepper.pack()

    def predict(self, x: npt.ArrayLike) -> npt.NDArray[np.float32]:
        """What the network makes of samples.

        Args:
            x: (samples, ...) any number of them, each of the shape that the network takes: real
                numbers as in the data it was trained on, or whole ones that stand for symbols.

        Returns:
            (samples, ...) the last layer's outputs; where classes are told apart these are logits,
            and the largest is the class.

        Raises:
            ValueError: samples of another shape or kind, NaN, infinity, or none at all; the message
                begins with the name of the first layer.
        """
        inputs = self._taken(np.asarray(x))
        target = self.experiment.target
        kind = np.int32 if target.symbols else np.float32
        nothing = np.zeros((len(inputs), *target.shape), kind)
        _, outputs, _ = self._stepper.outputs(Samples(inputs, nothing))
        return np.asarray(outputs)

    def _taken(self, x: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """One row a sample, contiguous, in the network's kind of numbers."""
        given = self._network.first.given
        if x.dtype.kind not in (SYMBOLS if given.symbols else NUMBERS):
            self._refuse(f"as {'whole' if given.symbols else 'real'} numbers, given {x.dtype}")
        if x.shape[1:] != given.shape:
            self._refuse(f"given {' × '.join(map(str, x.shape[1:])) or 'single numbers'}")
        rows = x.reshape(len(x), given.size)
        if given.symbols:  # those out of range stay so, however wide they were
            known = (rows >= 0) & (rows < given.symbols)
            return np.where(known, rows, np.int64(-1)).astype(np.int32)
        with np.errstate(over="ignore"):
            return np.ascontiguousarray(rows, np.float32)

    def _refuse(self, says: str) -> NoReturn:
        first = self._network.first
        raise ValueError(f"{first.name}: takes {first.given} a sample, {says}")
