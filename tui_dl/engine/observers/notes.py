"""Tunes that the network composes, one a style, and how many of their notes are in its key."""

from __future__ import annotations

import numpy as np

from tui_dl.data import Samples
from tui_dl.data.notes import in_key, key_of, notes_of
from tui_dl.engine.generation.decode import sample
from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.spec.experiment import Experiment

TUNES = 16  # a block of samples


class Notes(Observer):
    """``tokens`` (tunes, eighths): drawn token by token from what the network finds likely.

    They are of some of the styles, evenly chosen, the same and with the same random numbers in
    every epoch. ``in_key`` (1,): the share of their notes that belong to the key of their style.
    The label ``styles`` has the style of each tune.
    """

    def wants(self, experiment: Experiment) -> bool:
        decodes = any(node.layer.reads_target for node in experiment.nodes)
        return experiment.data.composes and decodes and experiment.train.target == "data"

    def observe(self, context: Context) -> Seen | None:
        experiment = context.experiment
        names = experiment.data_spec.token_names
        chosen = np.linspace(0, len(names) - 1, min(TUNES, len(names))).round().astype(np.int32)
        targets = np.zeros((len(chosen), *experiment.target.shape), np.int32)
        styles = Samples(chosen[:, None], targets)
        tokens, _ = sample(context.evaluator, styles, -1, 1.0, experiment.train.seed)
        context.evaluator.outputs(context.test)  # which observers that follow expect
        tunes = [notes_of(row) for row in tokens.tolist()]
        labels = [names[it] for it in chosen.tolist()]
        right = sum(in_key(it, key_of(style)) for it, style in zip(tunes, labels, strict=True))
        share = right / max(sum(map(len, tunes)), 1)
        arrays = {"tokens": tokens.astype(np.int32), "in_key": np.array([share], np.float32)}
        return Seen(arrays, {"styles": labels})
