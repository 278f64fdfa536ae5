"""How the network continues the beginning of a text, at three temperatures."""

from __future__ import annotations

import numpy as np

from tui_dl.data import Samples
from tui_dl.data.characters import decode
from tui_dl.engine.generation.generate import generate
from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.spec.experiment import Experiment

TEMPERATURES = (0.3, 0.6, 1.0)
LENGTH = 40  # characters that are generated
BEGUN = 16  # characters of the beginning, at most


class GeneratedText(Observer):
    """``temperature`` (texts,): of softmax, from which each text was drawn.

    The label ``begun`` has the beginning, a part of a test sample, and ``texts`` what follows it.
    The draws of all epochs are alike, so that texts differ by what was learned.
    """

    def wants(self, experiment: Experiment) -> bool:
        return experiment.task == "complete" and bool(experiment.data.writes)

    def observe(self, context: Context) -> Seen | None:
        experiment = context.experiment
        characters = experiment.data.writes
        (text,) = decode(context.test.inputs[:1], characters)
        ids = context.test.inputs[0, text.find(" ") + 1 :][:BEGUN]  # from the start of a word
        count, steps = len(TEMPERATURES), experiment.data_spec.input.steps
        inputs = np.zeros((count, steps), np.int32)
        inputs[:, : len(ids)] = ids
        begun = Samples(inputs, np.zeros_like(inputs), np.full(count, len(ids), np.int32))
        each = np.array(TEMPERATURES)[:, None]
        made = generate(context.evaluator, begun, LENGTH, each, experiment.train.seed)
        context.restore()
        labels = {"begun": decode(ids[None], characters), "texts": decode(made, characters)}
        return Seen({"temperature": np.array(TEMPERATURES, np.float32)}, labels)
