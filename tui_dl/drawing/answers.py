"""Samples with the network's answers: images as tiles, sequences and rows of a table as lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look, greys
from tui_dl.drawing.pixels import fitted
from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.drawing.tiles import Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import percent, short
from tui_dl.support.terminal_text import printable

SHORT = 14  # cells of a class in a caption
COLUMNS = 30  # cells of an answer in a table


class Answer(NamedTuple):
    """One sample's answer, beside its target."""

    target: str
    answer: str
    surely: str
    is_right: bool | None  # None for real numbers


def draw_answers(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Draw the samples of an artifact that has `input.*`, and answers or `output.pictures`."""
    if "input.pictures" not in artifact.arrays:
        return _table(artifact, width, height, look)
    images = _images(artifact, "input.pictures", width, height, look)
    if "output.pictures" in artifact.arrays:
        outputs = _images(artifact, "output.pictures", width, height, look)
        pairs = zip(images, outputs, strict=True)
        return draw_tiles([Tile(np.concatenate(it)) for it in pairs], greys, width, height, look)
    answers = list(_answers(artifact, SHORT))
    captions = [_caption(it, look) for it in answers]
    tiles = [Tile(*pair) for pair in zip(images, captions, strict=True)]
    return draw_tiles(tiles, greys, width, height, look)


def _images(artifact: Artifact, name: str, width: int, height: int, look: Look) -> list[Numbers]:
    """The samples as (rows, columns) or (rows, columns, 3), small enough for the box."""
    found = numbers(artifact, name, 4) / 255
    shaped = [np.moveaxis(it, 0, 2) if len(it) == 3 else it.mean(axis=0) for it in found]
    return [fitted(it, width, max(height - 2, 1), look) for it in shaped]


def _caption(it: Answer, look: Look) -> list[StyledLine]:
    """What the network says, how surely, and what is right where that is something else."""
    signs = ("ok", "no") if look.ascii else ("✔", "✘")
    if it.is_right is None:
        return [[(it.answer, "plain")], [(f"is {it.target}", "dim")]]
    style = "good" if it.is_right else "bad"
    says: StyledLine = [(f"{signs[not it.is_right]} {it.answer}", style), (f" {it.surely}", "dim")]
    return [says, [] if it.is_right else [(f"is {it.target}", "dim")]]


def _answers(artifact: Artifact, most: int) -> Iterator[Answer]:
    """The answers of all samples, cut to `most` cells."""
    targets, found = numbers(artifact, "target", 2), numbers(artifact, "answer", 2)
    confidence = numbers(artifact, "confidence", 2)
    if not targets.shape == found.shape == confidence.shape:
        raise UnreadableError("its answers are not those of its targets")
    names, is_class = artifact.labels.get("classes", []), artifact.arrays["answer"].dtype == "I32"
    for target, answer, sure in zip(targets, found, confidence, strict=True):
        if not is_class:
            texts = [", ".join(short(it) for it in row.tolist()) for row in (target, answer)]
            yield Answer(texts[0][:most], texts[1][:most], "", None)
            continue
        there = target >= 0
        texts = [_classes(row[there], names)[:most] for row in (target, answer)]
        surely = float(sure[there].mean()) if there.any() else 0.0
        right = bool((target[there] == answer[there]).all())
        yield Answer(texts[0], texts[1], percent(surely) if surely == surely else "", right)


def _classes(row: Numbers, names: list[str]) -> str:
    """The names of classes, side by side where each is one letter; without one its number."""
    texts = [_class(it, names) for it in row.tolist()]
    letters = [text for text in texts if len(text) == 1]
    return "".join(letters) if len(row) > 1 and len(letters) >= len(texts) - 1 else " ".join(texts)


def _class(number: float, names: list[str]) -> str:
    """The name of a class, or its number; an output that is not a number answers nothing."""
    if number != number or number < 0:
        return "nothing"
    return printable(names[int(number)]) if number < len(names) else f"{number:.0f}"


def _table(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A row for each sample: its answer, its target, and the sample itself."""
    answers = list(_answers(artifact, COLUMNS))
    said = [f"{it.answer}" for it in answers]
    wanted = [it.target for it in answers]
    first = max(map(cell_len, ["answer", *said]))
    second = max(map(cell_len, ["target", *wanted]))
    names, texts = _inputs(artifact)
    if len(texts) != len(answers):
        raise UnreadableError("its answers are not those of its samples")
    signs = ("ok", "no", "  ") if look.ascii else ("✔", "✘", " ")
    heading = f"{'':{len(signs[0])}} {'answer':{first}}          {'target':{second}}  {names}"
    rows: list[StyledLine] = [[(heading, "dim")]]
    for it, text in zip(answers, texts, strict=True):
        sign = signs[2 if it.is_right is None else not it.is_right]
        style = "plain" if it.is_right is None else "good" if it.is_right else "bad"
        rows.append(
            [
                (f"{sign} {column(it.answer, first)}", style),
                (f" {it.surely:>8} ", "dim"),
                (f"{column(it.target, second)}  ", "plain"),
                (text, "plain"),
            ]
        )
    return rows[:height]


def _inputs(artifact: Artifact) -> tuple[str, list[str]]:
    """The heading of the samples' own columns, and their text."""
    if "input.tokens" in artifact.arrays:
        characters = artifact.labels.get("tokens", [])
        tokens = numbers(artifact, "input.tokens", 2).tolist()
        return "sample", [_tokens(row, characters) for row in tokens]
    found = numbers(artifact, "input.numbers", 2)
    names = artifact.labels.get("columns", [])[: found.shape[1]]
    wide = [max(9, cell_len(printable(name)) + 1) for name in names] or [9] * found.shape[1]
    wide += [9] * (found.shape[1] - len(wide))
    heading = "".join(f"{printable(name):>{size}}" for name, size in zip(names, wide, strict=False))
    rows = ["".join(f"{short(it):>{n}}" for it, n in zip(row, wide, strict=True))
            for row in found.tolist()]  # fmt: skip
    return heading, rows


def _tokens(row: list[float], characters: list[str]) -> str:
    """The text of tokens; their numbers where they have no characters."""
    if not characters:
        return " ".join(f"{it:.0f}" for it in row)
    return "".join(characters[int(it)] if 0 <= it < len(characters) else "?" for it in row)
