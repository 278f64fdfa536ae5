"""Samples of an artifact with the network's answers, as images and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from tui_dl.drawing.arrays import Numbers, UnreadableError, array, numbers
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import NOTHING, percent, written
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

Pair = tuple[int, int]  # target and answer, as numbers of classes


class Answer(NamedTuple):
    """One sample's answer, beside its target.

    Attributes:
        surely: how probable the network says its answer is; empty for real numbers.
        is_right: None for real numbers.
        pairs: the classes of all its places.
        number: which sample of its split it is; None where that is not recorded.
    """

    target: str
    answer: str
    surely: str
    is_right: bool | None
    pairs: frozenset[Pair] = frozenset()
    number: int | None = None


@dataclass(frozen=True)
class Answered:
    """Samples and answers.

    Attributes:
        images: the samples as (rows, columns) or (rows, columns, 3); none where they are texts.
        names: what the cells of a sample are.
        cells: the samples as texts, a cell for each of `names`.
    """

    answers: tuple[Answer, ...]
    images: tuple[Numbers, ...] = ()
    names: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()

    def __add__(self, more: Answered) -> Answered:
        """These samples, then `more`, where they are of the same kind."""
        if bool(self.images) != bool(more.images) or self.names != more.names:
            return self if self.answers else more
        return replace(
            self,
            answers=self.answers + more.answers,
            images=self.images + more.images,
            cells=self.cells + more.cells,
        )

    def where(self, is_chosen: Callable[[Answer], bool]) -> Answered:
        """The samples with such an answer."""
        chosen = [index for index, it in enumerate(self.answers) if is_chosen(it)]
        return replace(
            self,
            answers=tuple(self.answers[it] for it in chosen),
            images=tuple(self.images[it] for it in chosen) if self.images else (),
            cells=tuple(self.cells[it] for it in chosen) if self.cells else (),
        )


def answered(artifact: Artifact) -> Answered:
    """The samples of an artifact that has `input.*` or the label `cells`, and answers.

    Raises:
        UnreadableError: it has not, or they do not belong together.
    """
    answers = answers_of(artifact)
    if "index" in artifact.arrays:
        index = array(artifact, "index").tolist()
        if len(index) != len(answers):
            raise UnreadableError("its samples are not those of its index")
        answers = tuple(it._replace(number=at) for it, at in zip(answers, index, strict=True))
    if "input.pictures" in artifact.arrays:
        found = Answered(answers, tuple(images(artifact, "input.pictures")))
    else:
        found = Answered(answers, (), *_cells(artifact, len(answers)))
    if len(found.images or found.cells) != len(answers):
        raise UnreadableError("its answers are not those of its samples")
    return found


def answers_of(artifact: Artifact) -> tuple[Answer, ...]:
    """The answers to all samples of an artifact; raises UnreadableError."""
    return tuple(_answers(artifact))


def images(artifact: Artifact, name: str) -> list[Numbers]:
    """Samples as levels from 0 to 1, (rows, columns) or (rows, columns, 3)."""
    found = numbers(artifact, name, 4) / 255
    return [np.moveaxis(it, 0, 2) if len(it) == 3 else it.mean(axis=0) for it in found]


def _answers(artifact: Artifact) -> Iterator[Answer]:
    """The answers to all samples."""
    targets, found = numbers(artifact, "target", 2), numbers(artifact, "answer", 2)
    confidence = numbers(artifact, "confidence", 2)
    if not targets.shape == found.shape == confidence.shape:
        raise UnreadableError("its answers are not those of its targets")
    names, is_class = artifact.labels.get("classes", []), artifact.arrays["answer"].dtype == "I32"
    for target, answer, sure in zip(targets, found, confidence, strict=True):
        if not is_class:
            texts = [", ".join(written(it) for it in row.tolist()) for row in (target, answer)]
            yield Answer(texts[0], texts[1], "", None)
            continue
        there = target >= 0
        texts = [_classes(row[there], names) for row in (target, answer)]
        surely = float(sure[there].mean()) if there.any() else 0.0
        right = bool((target[there] == answer[there]).all())
        pairs = frozenset(_pairs(target[there], answer[there]))
        yield Answer(texts[0], texts[1], percent(surely) if surely == surely else "", right, pairs)


def _pairs(targets: Numbers, answers: Numbers) -> Iterator[Pair]:
    """Target and answer of each place that has both."""
    for target, answer in zip(targets.tolist(), answers.tolist(), strict=True):
        if abs(target) < 1e9 and abs(answer) < 1e9:
            yield int(target), int(answer)


def _classes(row: Numbers, names: list[str]) -> str:
    """The names of classes, side by side where each is one letter; without one its number."""
    texts = [_class(it, names) for it in row.tolist()]
    letters = [text for text in texts if len(text) == 1]
    return "".join(letters) if len(row) > 1 and len(letters) >= len(texts) - 1 else " ".join(texts)


def _class(number: float, names: list[str]) -> str:
    """The name of a class, or its number; an output that is not a number answers nothing."""
    if number != number or number < 0:
        return tr("nothing")
    return printable(names[int(number)]) if number < len(names) else f"{number:.0f}"


def _cells(artifact: Artifact, samples: int) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The names of the samples' cells, and the cells of each: of a table, a text, or numbers."""
    names = tuple(map(printable, artifact.labels.get("columns", [])))
    if "cells" in artifact.labels:
        cells = [printable(it) or NOTHING for it in artifact.labels["cells"]]
        width = len(names)
        if len(cells) != samples * width:
            raise UnreadableError("its cells are not those of its columns")
        return names, tuple(tuple(cells[it * width : (it + 1) * width]) for it in range(samples))
    if "input.tokens" in artifact.arrays:
        characters = artifact.labels.get("tokens", [])
        tokens = numbers(artifact, "input.tokens", 2).tolist()
        return (tr("sample"),), tuple((_tokens(row, characters),) for row in tokens)
    found = numbers(artifact, "input.numbers", 2)
    given = names[: found.shape[1]]
    names = given + tuple(f"x{it + 1}" for it in range(len(given), found.shape[1]))
    return names, tuple(tuple(map(written, row)) for row in found.tolist())


def _tokens(row: list[float], characters: list[str]) -> str:
    """The text of tokens; their numbers where they have no characters."""
    if not characters:
        return " ".join(f"{it:.0f}" for it in row)
    return "".join(
        printable(characters[int(it)]) if 0 <= it < len(characters) else "?" for it in row
    ).rstrip()
