"""Arrays that a user gives a trained network, as samples: checked, flat and without targets."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.data.characters import encode
from tui_dl.spec.experiment import Experiment
from tui_dl.support import api_validation

NUMBERS, TOKENS = "fiub", "iu"  # kinds of dtype that are accepted
NO_NUMBERS = {"U": "text", "S": "bytes", "O": "objects that are not numbers, or too large"}


def no_targets(experiment: Experiment, count: int) -> npt.NDArray[Any]:
    """(count, ...) targets of which none is known."""
    target = experiment.target
    return np.zeros((count, *target.shape), np.int32 if target.vocab_size else np.float32)


class ArrayReader:
    """Reads what `Model.predict` takes."""

    def __init__(self, experiment: Experiment, steps: int) -> None:
        """For the network of `experiment`, which reads so many time steps."""
        self._experiment, self._steps = experiment, steps
        self._first = experiment.nodes[0]

    def read(self, x: npt.ArrayLike, lengths: npt.ArrayLike | None) -> Samples:
        """Samples without targets; raises ValueError where they are not what the network takes."""
        input = self._array(x)
        if input.dtype.kind == "U" and (reads := self._experiment.data.reads):
            if lengths is not None:
                self._refuse("got lengths beside texts, which have their own")
            texts = api_validation.texts("x", input.tolist())
            tokens, lengths = encode(texts, reads, self._steps)
            input = np.maximum(tokens, 0)
        inputs = self._inputs(input)
        targets = no_targets(self._experiment, len(inputs))
        return Samples(inputs, targets, None if lengths is None else self._lengths(lengths))

    def _array(self, input: npt.ArrayLike) -> npt.NDArray[Any]:
        try:
            return np.asarray(input)
        except ValueError:  # numpy's message names neither the rows nor what to do
            self._refuse("got rows of different lengths: pad them and pass their lengths")

    def _lengths(self, input: npt.ArrayLike) -> npt.NDArray[np.int32]:
        if self._steps == 1:
            self._refuse("got lengths, but the network has no time steps")
        lengths = self._array(input)
        if lengths.dtype.kind not in TOKENS:
            self._refuse(f"lengths as whole numbers, got {_kind(lengths)}")
        return _within(lengths, 1, self._steps)

    def _inputs(self, x: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """`x` as one contiguous row for each sample, in the network's kind of numbers."""
        input = self._first.input
        if x.dtype.kind not in (TOKENS if input.vocab_size else NUMBERS):
            self._refuse(f"as {'whole' if input.vocab_size else 'real'} numbers, got {_kind(x)}")
        if x.shape[1:] != input.shape:
            self._refuse(f"got {' × '.join(map(str, x.shape[1:])) or 'single numbers'}")
        rows = x.reshape(len(x), input.size)
        if input.vocab_size:
            return _within(rows, 0, input.vocab_size - 1)
        with np.errstate(over="ignore"):
            return np.ascontiguousarray(rows, np.float32)

    def _refuse(self, problem: str) -> NoReturn:
        raise ValueError(f"{self._first.name}: expects {self._first.input} a sample, {problem}")


def _within(numbers: npt.NDArray[Any], least: int, most: int) -> npt.NDArray[np.int32]:
    """`numbers` as int32, with -1, which is refused later, for any that is out of range."""
    inside = (numbers >= least) & (numbers <= most)
    return np.where(inside, numbers, np.int64(-1)).astype(np.int32)


def _kind(array: npt.NDArray[Any]) -> str:
    """The kind of numbers of an array, for messages."""
    return NO_NUMBERS.get(array.dtype.kind, str(array.dtype))
