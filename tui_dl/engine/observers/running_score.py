"""What a recurrent network thinks of a few test texts after each of their words."""

from __future__ import annotations

import numpy as np

from tui_dl.data import Samples
from tui_dl.data.transforms.tokens import tokens_of
from tui_dl.engine.metrics.predictions import Predictions, softmax
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import answers
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.spec.experiment import Experiment

TEXTS = 12
WORDS = 32  # or characters, of a text


class RunningScore(Observer):
    """``score`` (texts, words): the probability of a class after each word, of the text up to it.

    It is that of the second of two classes, else of the answer to the whole text; NaN stands after
    the end of a text. ``target``, ``answer`` and ``confidence`` are as `shown.given` has them. The
    label ``words`` has all words, or characters, text by text, empty ones after the end; ``of`` the
    second of two classes.
    """

    def wants(self, experiment: Experiment) -> bool:
        is_text = experiment.data_spec.input.vocab_size and not experiment.data_spec.input.shape[1:]
        one_class = experiment.target.vocab_size and experiment.target.shape == ()
        is_recurrent = any(node.layer.is_recurrent for node in experiment.nodes)
        return bool(is_text and one_class and is_recurrent) and learns_from_samples(experiment)

    def observe(self, context: Context) -> Seen | None:
        experiment, lengths = context.experiment, context.test.lengths
        words = _words(context)
        if words is None or lengths is None:
            return None
        most = _most(context)
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
        filled = [word for it in words for word in [*it, *[""] * (most - len(it))]]
        labels = shown.labels(experiment) | {"words": filled}
        if shares.shape[1] == 2:
            labels |= {"of": [shown.class_name(experiment, 1)]}
        return Seen({"score": score} | shown.given(context, found, len(words)), labels)


def _words(context: Context) -> list[list[str]] | None:
    """The words of the first few texts, or their characters; None where tokens have no names."""
    lengths, most = context.test.lengths, _most(context)
    if (texts := shown.texts_of(context.test, TEXTS)) is not None:
        return [tokens_of(text)[:most] or [text] for text in texts]
    if not (names := context.experiment.data_spec.token_names) or lengths is None:
        return None
    rows = zip(context.test.inputs[:TEXTS].tolist(), lengths.tolist(), strict=False)
    return [[names[token] for token in row[: min(length, most)]] for row, length in rows]


def _most(context: Context) -> int:
    """How many words of a text are read, at most."""
    return min(WORDS, int(context.test.inputs.shape[1]))
