"""A trained network in Python: predictions, decoding, translation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl import data
from tui_dl.data import Samples
from tui_dl.data.characters import decode
from tui_dl.data.readers.plain_text import without_controls
from tui_dl.engine.generation.decode import beam_search, sample
from tui_dl.engine.generation.generate import generate
from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.inference import tasks
from tui_dl.engine.inference.read_arrays import ArrayReader, no_targets
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train import state
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.step import Stepper
from tui_dl.protocol.answer import Answer
from tui_dl.spec.experiment import Experiment
from tui_dl.support import api_validation
from tui_dl.support.api_validation import MOST_SEED, positive, whole

BLOCKS = 8  # of samples that go through the network at once
MOST_BEAMS = 100
MOST_GENERATED = 100_000  # characters


class Model:
    """A trained network that predicts.

    Attributes:
        experiment: the experiment that trained it.
    """

    def __init__(self, experiment: Experiment, tensors: state.Tensors, threads: int = 1) -> None:
        """Build the network and fill it with the weights and buffers in `tensors`.

        Raises:
            UserError: the tensors are of another network.
        """
        self.experiment = experiment
        parameters = Parameters(experiment.nodes)
        self._network = Network(experiment, parameters, BLOCKS)
        optimizer = Optimizer(experiment.train, parameters)
        state.fill(state.model(self._network, optimizer), tensors)
        self._stepper = Stepper(self._network, optimizer, ThreadPool(threads))
        self._stepper.pack()
        self._arrays = ArrayReader(experiment, self._network.steps)

    def predict(
        self, x: npt.ArrayLike, lengths: npt.ArrayLike | None = None
    ) -> npt.NDArray[np.float32 | np.int32]:
        """Compute the network's outputs for samples.

        Args:
            x: (samples, ...) each of the shape of the network's input: real numbers scaled as in
                the training data, or token ids; or texts, where the data are text.
            lengths: (samples,) time steps without padding; by default there is no padding.

        Returns:
            (samples, ...) the last layer's outputs. For classes these are logits: the largest is
            the predicted class. With a decoder, the sequences that `decode` returns.

        Raises:
            ValueError: samples have another shape or kind, there are none, or some are NaN or
                infinite; the message begins with the name of the first layer.
        """
        if self._decodes:
            return self.decode(x, lengths)
        return self.outputs_of(self._arrays.read(x, lengths))

    def decode(
        self,
        x: npt.ArrayLike,
        lengths: npt.ArrayLike | None = None,
        *,
        beam: int = 1,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> npt.NDArray[np.int32]:
        """Generate sequences with a network that has a decoder.

        Args:
            x: the samples, as in `predict`.
            lengths: their lengths, as in `predict`.
            beam: width of beam search; 1 is greedy.
            temperature: tokens are drawn from softmax(logits / temperature); at 0 the likeliest.
            seed: seed of the draws.

        Returns:
            (samples, times) token ids, -1 after the one that ends a sequence.

        Raises:
            ValueError: as in `predict`, the network has no decoder, or an option is out of range.
            TypeError: an option is not a number.
        """
        if not self._decodes:
            raise ValueError(f"{self._network.first.name}: the network has no decoder: use predict")
        beam, seed = whole("beam", beam, 1, MOST_BEAMS), whole("seed", seed, 0, MOST_SEED)
        temperature = positive("temperature", temperature)
        if beam > 1 and temperature > 0:
            raise ValueError(
                f"beam = {beam} and temperature = {temperature:g}: beam search draws no tokens: "
                "leave out one of them"
            )
        samples = self._arrays.read(x, lengths)
        if beam > 1:
            return beam_search(self._stepper, samples, self._end, beam)[0]
        return self.sequences_of(samples, temperature, seed)[0]

    def translate(self, texts: Sequence[str], **how: Any) -> list[str]:
        """Generate a text for each of `texts`, where inputs and targets are text.

        Args:
            texts: a list of texts.
            how: options of `decode`.

        Raises:
            ValueError: inputs or targets are not text, or a text is too long or has characters
                that are not in the training data.
            TypeError: `texts` is not a list of texts.
        """
        source, first = self.experiment.data, self._network.first
        if not source.reads or not source.writes:
            raise ValueError(f"{first.name}: the network generates no text: use predict")
        input = api_validation.texts("texts", texts)
        if not input:
            raise ValueError("texts = []: at least one text is needed")
        return decode(self.decode(input, **how), source.writes)

    def generate(
        self, text: str, length: int = 200, *, temperature: float = 0.6, seed: int = 0
    ) -> str:
        """Continue a text, where the network predicts the next character.

        Args:
            text: the beginning; as many of its last characters are read as the network takes.
            length: how many characters to generate.
            temperature: they are drawn from softmax(logits / temperature); at 0 the likeliest.
            seed: seed of the draws.

        Returns:
            What follows `text`.

        Raises:
            ValueError: the network does something else, the text is empty or has characters that
                are not in the training data, or an option is out of range.
            TypeError: an option is not a number, or the text no text.
        """
        experiment, first = self.experiment, self._network.first
        characters = experiment.data.writes
        if experiment.task != "complete" or not characters:
            raise ValueError(f"{first.name}: the network continues no text: use predict")
        length, seed = whole("length", length, 1, MOST_GENERATED), whole("seed", seed, 0, MOST_SEED)
        temperature = positive("temperature", temperature)
        texts = api_validation.texts("text", [text])
        begun = data.encode(experiment.data, experiment.data_spec, experiment.train.seed, texts)
        made = self.continuations_of(begun, length, temperature, seed)
        return decode(made, characters)[0]

    def answer(
        self,
        x: Sequence[str | Path],
        *,
        length: int | None = None,
        temperature: float | None = None,
        seed: int | None = None,
    ) -> list[Answer]:
        """What the network says of typed lines or of files, as `tui-dl predict` prints it.

        Args:
            x: texts, each of which is a sample as `wanted` says; or paths of images, where the data
                is images.
            length: of what is generated.
            temperature: tokens are drawn from softmax(logits / temperature); at 0 the likeliest.
            seed: seed of the draws.

        Raises:
            ValueError: a text cannot be read, or an option is out of range or changes nothing.
            TypeError: `x` is no list of texts or paths.
            UserError: a file cannot be read, or the network answers no samples.
        """
        options = tasks.Options(length, temperature, seed)
        tasks.check(self.experiment, options)
        return tasks.answers(self, self.read(x), options)

    def read(self, x: Sequence[str | Path]) -> tasks.Asked:
        """Samples from what `answer` takes; raises as it does."""
        experiment = self.experiment
        source, spec = experiment.data, experiment.data_spec
        seed = experiment.train.seed
        if isinstance(x, list) and x and all(isinstance(it, Path) for it in x):
            files = [Path(it) for it in x]
            samples, texts = data.encode_files(source, spec, seed, files), [it.name for it in files]
            remarks = [data.remarks(source, spec, seed, it) for it in files]
        else:
            texts = api_validation.texts("x", x)
            if not texts:
                raise ValueError("x = []: at least one text is needed")
            fit = [without_controls(text) for text in texts]
            texts = [text for text, _ in fit]
            if experiment.task != "complete":  # where a blank at the end says that a word has ended
                texts = [text.strip() for text in texts]
            samples = data.encode(source, spec, seed, texts)
            pairs = zip(texts, fit, strict=True)
            remarks = [(*it[1], *data.remarks(source, spec, seed, text)) for text, it in pairs]
        samples = replace(samples, targets=no_targets(experiment, len(samples)))
        return tasks.Asked(samples, texts, remarks)

    @property
    def wanted(self) -> str:
        """What a line that `answer` takes has to be, in words."""
        return data.wanted(self.experiment.data, self.experiment.data_spec)

    def outputs_of(self, samples: Samples) -> npt.NDArray[Any]:
        """Compute (samples, ...) the last layer's outputs; raises ValueError as `predict`."""
        return np.asarray(self._stepper.outputs(samples)[1])

    def sequences_of(
        self, samples: Samples, temperature: float = 0.0, seed: int = 0
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
        """Generate (samples, times) token ids, and compute (samples,) their log-probabilities."""
        return sample(self._stepper, samples, self._end, temperature, seed)

    def continuations_of(
        self, samples: Samples, length: int, temperature: float, seed: int
    ) -> npt.NDArray[np.int32]:
        """Generate (samples, length) token ids that follow the beginnings `samples`."""
        return generate(self._stepper, samples, length, temperature, seed)

    @property
    def _end(self) -> int:
        """The token id that ends a generated sequence; negative where there is none."""
        return len(self.experiment.data.writes) or -1

    @property
    def _decodes(self) -> bool:
        """Whether the network has a decoder, which generates token by token."""
        return self._network.batch.targets is not None
