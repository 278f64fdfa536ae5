"""F1 over entities in BIO tags."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.engine.metrics.predictions import NOTHING, Labels, Measure


def entities(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """(start, end, kind) of each entity in BIO tags such as ``B-name``; `end` is exclusive.

    An ``I-`` tag that continues no entity of its kind begins one, as in conlleval (Tjong Kim Sang &
    Buchholz 2000).
    """
    found = set()
    first, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        letter, _, new = tag.partition("-")
        if kind and (letter != "I" or new != kind):
            found.add((first, place, kind))
            kind = ""
        if letter in "BI" and not kind:
            first, kind = place, new
    return found


def entity_f1(labels: Labels, predicted: Labels, names: Sequence[str]) -> float:
    """F1 over entities of all rows; one is right if its start, end and kind are."""
    correct = total = 0
    for target_row, row in zip(labels, predicted, strict=True):
        there = target_row >= 0
        target = entities([names[label] for label in target_row[there]])
        found = entities([names[c] if c != NOTHING else "O" for c in row[there]])
        correct += len(target & found)
        total += len(target) + len(found)
    return 2 * correct / total if total else 0.0


MEASURES: dict[str, Measure] = {
    "entity_f1": lambda it: entity_f1(it.rows, it.answers, it.class_names),
}
