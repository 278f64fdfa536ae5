"""Which input characters a decoder's output depends on: a row for each character that it writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len, set_cell_size

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look, perceptual, style
from tui_dl.drawing.pixels import ASCII_SHADES, SHADES
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "which input each output character depends on"
ORDER = 9
LEAST_SIZE = (30, 8)
NAMED = 4  # cells of an output's name, at most
LIGHT = 0.55  # of the scale: on a lighter ground letters are black
LEGEND = "bright: it depends on this input"


class Sample(NamedTuple):
    """One sample: its input characters, what is written, and (outputs, inputs) shares."""

    input: list[str]
    written: list[str]
    is_right: list[bool]
    weight: Numbers


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """The input above, and a row of cells for each output; as many samples as fit, at least one."""
    rows: list[StyledLine] = []
    for sample in _samples(artifact):
        block = list(_block(sample, width, look))
        if rows and len(rows) + len(block) > height - 1:
            break
        rows += block
    return [*rows[: height - 1], [(tr(LEGEND), "dim")]]


def _samples(artifact: Artifact) -> Iterator[Sample]:
    """The samples of an artifact; raises UnreadableError."""
    weights = numbers(artifact, "weight", 3)
    target, answer = numbers(artifact, "target", 2), numbers(artifact, "answer", 2)
    tokens, lengths = numbers(artifact, "input.tokens", 2), numbers(artifact, "lengths", 1)
    shapes = {(len(weights), it) for it in weights.shape[1:]}
    same = target.shape == answer.shape == weights.shape[:2] and len(lengths) == len(weights)
    if not same or tokens.shape not in shapes or tokens.shape[1] != weights.shape[2]:
        raise UnreadableError("its weights are not those of its tokens")
    characters, classes = artifact.labels.get("tokens", []), artifact.labels.get("classes", [])
    for row, length in enumerate(np.nan_to_num(lengths).clip(1, tokens.shape[1]).astype(int)):
        there = target[row] >= 0
        yield Sample(
            [_name(it, characters) for it in tokens[row, :length].tolist()],
            [_name(it, classes) for it in answer[row, there].tolist()],
            (answer[row, there] == target[row, there]).tolist(),
            weights[row, there, :length],
        )


def _name(number: float, names: list[str]) -> str:
    """What a token id stands for, or the id."""
    if number != number or not 0 <= number < len(names):
        return "?" if number != number or names or number < 0 else f"{number:.0f}"
    return printable(names[int(number)])


def _block(it: Sample, width: int, look: Look) -> Iterator[StyledLine]:
    """The rows of one sample."""
    side = min(max(map(cell_len, it.written), default=1), NAMED)
    # Letters of some scripts are two cells wide, and then so is every column.
    broad = 2 if any(cell_len(letter) > 1 for letter in it.input) else 1
    shown = max((width - side - 3) // broad, 1)
    letters = [_cell(letter, broad) for letter in it.input[:shown]]
    yield [(" " * (side + 3), "plain"), ("".join(letters), "strong")]
    for name, is_right, weight in zip(it.written, it.is_right, it.weight, strict=True):
        sign = " " if is_right else "x" if look.ascii else "✘"
        row: StyledLine = [(f"{_cell(name, side)} {sign} ", "plain" if is_right else "bad")]
        yield [*row, *_cells(letters, weight[:shown], broad, look)]


def _cell(text: str, width: int) -> str:
    """A text cut or filled to so many cells."""
    return set_cell_size(text, width)


def _cells(letters: list[str], weight: Numbers, broad: int, look: Look) -> StyledLine:
    """The cells of one output; in the strongest one stands its letter."""
    shares = np.nan_to_num(weight).clip(0, 1)
    strongest = int(shares.argmax()) if shares.any() else -1
    row: StyledLine = []
    paints = perceptual(shares)
    for at, (share, paint) in enumerate(zip(shares.tolist(), paints, strict=True)):
        if look.colours == "none" or not look.has_pixels:
            ramp = ASCII_SHADES if look.ascii else SHADES
            shade = ramp[round(share * (len(ramp) - 1))]
            row.append((letters[at] if at == strongest else shade * broad, "plain"))
            continue
        ink = (0, 0, 0) if share > LIGHT else (255, 255, 255)
        row.append((letters[at] if at == strongest else " " * broad, style(ink, paint, look)))
    return row
