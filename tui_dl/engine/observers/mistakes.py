"""The samples of a split about which the network is most wrong."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import MOST
from tui_dl.engine.observers.base import Arrays, Context, Observer, Seen, learns_from_samples
from tui_dl.protocol.artifact import Labels
from tui_dl.spec.experiment import Experiment

PICTURES = 20_000  # bytes of all pictures together


class Mistakes(Observer):
    """Samples and answers as those of `samples`, worst first; ``index`` are their numbers.

    Of classes there is ``mistakes`` (1,): how many samples of the split were not answered right.
    Where none was, the rest is but an empty ``index``. Of targets that are images
    nothing is to be seen: how far off each is says little.
    """

    needs_answers = True

    def wants(self, experiment: Experiment) -> bool:
        is_answer = experiment.train.target == "data" and not shown.is_image(experiment.target)
        return learns_from_samples(experiment) and is_answer

    def observe(self, context: Context) -> Seen | None:
        if context.answers is None:
            return None
        indices = context.answers.indices
        count: Arrays = {}
        if context.experiment.target.vocab_size:
            count = {"mistakes": np.array([context.answers.mistakes])}
        split: Labels = {"split": [context.split]}
        if context.answers.worst is None:
            return Seen(count | {"index": indices}, split)
        samples = shown.samples(context, context.answered.take(indices), MOST, PICTURES)
        given = shown.given(context, context.answers.worst, samples.number)
        arrays = samples.arrays | given | count | {"index": indices[: samples.number]}
        return Seen(arrays, split | samples.labels)
