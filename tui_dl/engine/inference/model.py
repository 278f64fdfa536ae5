"""A trained network that predicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.data.characters import decode, encode
from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.inference.decode import beam_search, sample
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train import state
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.step import Stepper
from tui_dl.spec.experiment import Experiment
from tui_dl.support import api_validation
from tui_dl.support.api_validation import MOST_SEED, positive, whole

BLOCKS = 8  # of samples that go through the network at once
MOST_BEAMS = 100
NUMBERS, SYMBOLS = "fiub", "iu"  # kinds of dtype that are taken
NO_NUMBERS = {"U": "text", "S": "bytes", "O": "objects that are no numbers, or too large"}


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
        self._network = Network(experiment, parameters, BLOCKS)
        optimizer = Optimizer(experiment.train, parameters)
        state.fill(state.model(self._network, optimizer), tensors)
        self._stepper = Stepper(self._network, optimizer, ThreadPool(threads))
        self._stepper.pack()

    def predict(
        self, x: npt.ArrayLike, lengths: npt.ArrayLike | None = None
    ) -> npt.NDArray[np.float32 | np.int32]:
        """What the network makes of samples.

        Args:
            x: (samples, ...) any number of them, each of the shape that the network takes: real
                numbers as in the data it was trained on, or whole ones that stand for symbols; or
                texts, where the data are text.
            lengths: (samples,) time steps that are no padding; without them all are none.

        Returns:
            (samples, ...) the last layer's outputs; where classes are told apart these are logits,
            and the largest is the class. Of a network with a decoder, what `decode` gives.

        Raises:
            ValueError: samples of another shape or kind, NaN, infinity, or none at all; the message
                begins with the name of the first layer.
        """
        if self._decodes:
            return self.decode(x, lengths)
        _, outputs, _ = self._stepper.outputs(self._samples(x, lengths))
        return np.asarray(outputs)

    def decode(
        self,
        x: npt.ArrayLike,
        lengths: npt.ArrayLike | None = None,
        *,
        beam: int = 1,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> npt.NDArray[np.int32]:
        """The sequences that a network with a decoder writes.

        Args:
            x: as in `predict`,
            lengths: likewise.
            beam: how many beginnings are kept; of the whole sequences the likeliest is given.
            temperature: symbols are drawn, from softmax(logits / temperature); at 0 the likeliest.
            seed: of the draws.

        Returns:
            (samples, times) symbols, -1 behind the one that ends a sequence.

        Raises:
            ValueError: as in `predict`, or there is no such way to decode.
            TypeError: an option is no number.
        """
        if not self._decodes:
            raise ValueError(f"{self._network.first.name}: no decoder follows it: use predict")
        beam, seed = whole("beam", beam, 1, MOST_BEAMS), whole("seed", seed, 0, MOST_SEED)
        temperature = positive("temperature", temperature)
        if beam > 1 and temperature > 0:
            raise ValueError(
                f"beam = {beam} and temperature = {temperature:g}: beams are not drawn: leave one "
                "of both away"
            )
        samples, end = self._samples(x, lengths), len(self.experiment.data.writes) or -1
        if beam > 1:
            return beam_search(self._stepper, samples, end, beam)[0]
        return sample(self._stepper, samples, end, temperature, seed)[0]

    def translate(self, texts: Sequence[str], **how: Any) -> list[str]:
        """`decode` of texts, `how` being its options, where the network reads and writes text.

        Raises:
            ValueError: it does not; or a text has characters that it has never seen, or too many.
            TypeError: these are no texts, or one text in place of a list.
        """
        data, first = self.experiment.data, self._network.first
        if not data.reads or not data.writes:
            raise ValueError(f"{first.name}: it writes no text: use predict")
        input = api_validation.texts("texts", texts)
        if not input:
            raise ValueError("texts = []: one text or more is needed to translate")
        return decode(self.decode(input, **how), data.writes)

    @property
    def _decodes(self) -> bool:
        """Whether the network writes its outputs symbol by symbol."""
        return self._network.batch.targets is not None

    def _samples(self, x: npt.ArrayLike, lengths: npt.ArrayLike | None) -> Samples:
        """Samples of which nothing is wanted, as the network takes them."""
        input, target = self._array(x), self.experiment.target
        if input.dtype.kind == "U" and (reads := self.experiment.data.reads):
            if lengths is not None:
                self._refuse("and of texts no lengths, which are their own")
            texts = api_validation.texts("x", input.tolist())
            vocab_size, lengths = encode(texts, reads, self._network.steps)
            input = np.maximum(vocab_size, 0)
        inputs = self._taken(input)
        nothing = np.zeros(
            (len(inputs), *target.shape), np.int32 if target.vocab_size else np.float32
        )
        return Samples(inputs, nothing, None if lengths is None else self._lengths(lengths))

    def _array(self, input: npt.ArrayLike) -> npt.NDArray[Any]:
        try:
            return np.asarray(input)
        except ValueError:  # numpy's words for it name neither a sample nor a way out
            self._refuse("given rows of different lengths: pad them, and hand in their lengths")

    def _lengths(self, input: npt.ArrayLike) -> npt.NDArray[np.int32]:
        steps = self._network.steps
        if steps == 1:
            self._refuse("and no lengths, for it has no time steps")
        lengths = self._array(input)
        if lengths.dtype.kind not in SYMBOLS:
            self._refuse(f"and lengths as whole numbers, given {_kind(lengths)}")
        return _within(lengths, 1, steps)

    def _taken(self, x: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """One row a sample, contiguous, in the network's kind of numbers."""
        input = self._network.first.input
        if x.dtype.kind not in (SYMBOLS if input.vocab_size else NUMBERS):
            self._refuse(f"as {'whole' if input.vocab_size else 'real'} numbers, given {_kind(x)}")
        if x.shape[1:] != input.shape:
            self._refuse(f"given {' × '.join(map(str, x.shape[1:])) or 'single numbers'}")
        rows = x.reshape(len(x), input.size)
        if input.vocab_size:
            return _within(rows, 0, input.vocab_size - 1)
        with np.errstate(over="ignore"):
            return np.ascontiguousarray(rows, np.float32)

    def _refuse(self, says: str) -> NoReturn:
        first = self._network.first
        raise ValueError(f"{first.name}: takes {first.input} a sample, {says}")


def _within(numbers: npt.NDArray[Any], least: int, most: int) -> npt.NDArray[np.int32]:
    """Those that are not between these are -1, and so refused, however wide they were."""
    known = (numbers >= least) & (numbers <= most)
    return np.where(known, numbers, np.int64(-1)).astype(np.int32)


def _kind(array: npt.NDArray[Any]) -> str:
    return NO_NUMBERS.get(array.dtype.kind, str(array.dtype))
