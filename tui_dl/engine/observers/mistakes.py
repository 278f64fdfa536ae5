"""The validation samples about which the network is most wrong."""

from __future__ import annotations

from tui_dl.engine.observers import shown
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.spec.experiment import Experiment


class Mistakes(Observer):
    """Samples and answers as those of `samples`, worst first; ``index`` are their numbers."""

    needs_answers = True

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment) and experiment.train.target == "data"

    def observe(self, context: Context) -> Seen | None:
        if context.answers is None or context.answers.worst is None:
            return None
        spec, indices = context.experiment.data_spec.input, context.answers.indices
        samples = context.dataset.validation.inputs[indices]
        arrays = shown.inputs(samples, spec)
        count = len(next(iter(arrays.values())))
        arrays |= shown.given(context.answers.worst, count) | {"index": indices[:count]}
        return Seen(arrays, shown.labels(context.experiment))
