"""The samples of a split about which the network is most wrong."""

from __future__ import annotations

from tui_dl.engine.observers import shown
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.protocol.artifact import Labels
from tui_dl.spec.experiment import Experiment


class Mistakes(Observer):
    """Samples and answers as those of `samples`, worst first; ``index`` are their numbers.

    Where there is no mistake there is ``index`` alone, which is empty. Of targets that are images
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
        split: Labels = {"split": [context.split]}
        if context.answers.worst is None:
            return Seen({"index": indices}, split)
        samples = shown.samples(context, context.answered.take(indices))
        given = shown.given(context, context.answers.worst, samples.number)
        arrays = samples.arrays | given | {"index": indices[: samples.number]}
        return Seen(arrays, split | samples.labels)
