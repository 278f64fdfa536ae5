"""What a recurrent network thinks of a few test texts after each of their words."""

from __future__ import annotations

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.metrics.predictions import Predictions, softmax
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import answers
from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.observers.text_pieces import (
    filled,
    has_classes_of_texts,
    most_places,
    pieces_of_texts,
)
from tui_dl.spec.experiment import Experiment


class RunningScore(Observer):
    """``score`` (texts, words): the probability of a class after each word, of the text up to it.

    It is that of the second of two classes, else of the answer to the whole text; NaN stands after
    the end of a text. ``target``, ``answer`` and ``confidence`` are as `shown.given` has them. The
    label ``words`` has all words, or characters, text by text, empty ones after the end; ``of`` the
    second of two classes.
    """

    def wants(self, experiment: Experiment) -> bool:
        is_recurrent = any(node.layer.is_recurrent for node in experiment.nodes)
        return is_recurrent and has_classes_of_texts(experiment)

    def observe(self, context: Context) -> Seen | None:
        experiment = context.experiment
        words, most = pieces_of_texts(context), most_places(context)
        if words is None:
            return None
        pairs = [(row, at) for row, it in enumerate(words) for at in range(len(it))]
        rows, places = np.array(pairs, np.intp).T
        whole = context.test.take(np.arange(len(words)))
        found = answers(experiment, context.outputs[: len(words)], whole.targets)
        begun = whole.take(rows)
        prefixes = Samples(begun.inputs, begun.targets, (places + 1).astype(np.int32))
        outputs = Predictions(context.outputs_of(prefixes), begun.targets).outputs
        is_share = experiment.nodes[-1].layer.gives_probabilities
        shares = outputs if is_share else softmax(outputs.astype(np.float64))
        of = np.ones(len(rows), np.intp) if shares.shape[1] == 2 else found.answer[rows, 0]
        score = np.full((len(words), most), np.nan, np.float32)
        score[rows, places] = np.take_along_axis(shares, np.maximum(of, 0)[:, None], 1)[:, 0]
        labels = shown.labels(experiment) | {"words": filled(words, most)}
        if shares.shape[1] == 2:
            labels |= {"of": [shown.class_name(experiment, 1)]}
        return Seen({"score": score} | shown.given(context, found, len(words)), labels)
