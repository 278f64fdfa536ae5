"""What was found in a few test sentences, beside what is there: entities of BIO tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.data.readers.table import TextColumn
from tui_dl.engine.metrics.entity_f1 import entities
from tui_dl.engine.metrics.predictions import answer
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.spec.experiment import Experiment

SENTENCES, PLACES, LETTERS = 12, 40, 24  # that are shown, at most: of a sentence, of a word
OUTSIDE = "O"


class Tagged(Observer):
    """``target`` and ``answer`` (sentences, places): the kind of the entity at each place, from 1.

    It is negative where an entity begins, and 0 where there is none. The label ``kinds`` has their
    names; ``words`` what stands at each place, sentence by sentence, empty after the end; and
    ``between`` what stands between two of them.
    """

    def wants(self, experiment: Experiment) -> bool:
        spec = experiment.data_spec
        is_tagged = len(spec.target.shape) == 1 and OUTSIDE in spec.class_names
        return is_tagged and bool(spec.input.vocab_size) and learns_from_samples(experiment)

    def observe(self, context: Context) -> Seen | None:
        names = context.experiment.data_spec.class_names
        words = _words(context.experiment, context.test)
        kinds = sorted({name[2:] for name in names if name[1:2] == "-"})
        targets, found = context.test.targets, answer(context.outputs)
        places = min(PLACES, targets.shape[1])
        rows = {
            key: np.array([_kinds(row, names, kinds, places) for row in tags[: len(words)]])
            for key, tags in (("target", targets), ("answer", np.where(targets < 0, -1, found)))
        }
        filled = [w[:LETTERS] for it in words for w in [*it[:places], *[""] * (places - len(it))]]
        between = "" if context.experiment.data.reads else " "
        return Seen(rows, {"kinds": kinds, "words": filled, "between": [between]})


def _words(experiment: Experiment, samples: Samples) -> list[list[str]]:
    """The words or characters of the first few samples."""
    if samples.source is not None:
        (column,) = samples.source.columns
        assert isinstance(column, TextColumn)
        return [text.split(" ") for text in column.values[:SENTENCES]]
    names = experiment.data_spec.token_names or range(experiment.data_spec.input.vocab_size)
    rows = samples.inputs[:SENTENCES].tolist()
    lengths = [len(row) for row in rows] if samples.lengths is None else samples.lengths.tolist()
    return [
        [str(names[token]) for token in row[:length]]
        for row, length in zip(rows, lengths, strict=False)
    ]


def _kinds(
    tags: npt.NDArray[Any], names: Sequence[str], kinds: Sequence[str], places: int
) -> npt.NDArray[np.int32]:
    """(places,) the kind of the entity at each place, as `Tagged` has it."""
    row = np.zeros(places, np.int32)
    for start, end, kind in entities([names[it] if it >= 0 else OUTSIDE for it in tags.tolist()]):
        number = kinds.index(kind) + 1
        row[start:end] = number
        row[start : start + 1] = -number
    return row
