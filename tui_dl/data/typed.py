"""Samples that a user types in the plainest form: characters, token ids or numbers.

It serves every source whose samples are nothing else; other sources have an `encode` of their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tui_dl.data import characters
from tui_dl.data.dataset import Samples
from tui_dl.spec.data.base import Data
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.formatting import counted, quoted

BETWEEN = re.compile(r"[\s,;]+")  # between numbers


def wanted(source: Data, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    size = spec.input.size
    if source.reads:
        return f"a text of at most {counted(size, 'character')}"
    if spec.input.vocab_size:
        return f"1 to {counted(size, 'whole number')} from 0 to {spec.input.vocab_size - 1}"
    return f"{counted(size, 'number')}, with blanks or commas between them"


def encode(source: Data, spec: DataSpec, texts: Sequence[str]) -> Samples:
    """Samples of the shape in `spec` from texts; their targets are 0.

    Raises:
        ValueError: a text is not what is `wanted`.
    """
    if source.reads:
        return of_characters(source, spec, texts)
    if spec.input.vocab_size:
        rows = [_ids(text, source, spec) for text in texts]
        lengths = np.array([len(row) for row in rows], np.int32)
        inputs = np.zeros((len(rows), spec.input.size), np.int32)
        for row, ids in zip(inputs, rows, strict=True):
            row[: len(ids)] = ids
        return without_targets(spec, inputs, lengths)
    size, meant = spec.input.size, wanted(source, spec)
    return without_targets(spec, np.stack([numbers(text, size, meant) for text in texts]))


def of_characters(source: Data, spec: DataSpec, texts: Sequence[str]) -> Samples:
    """Texts by their characters, as samples without targets; as `characters.encode` raises."""
    tokens, lengths = characters.encode(texts, source.reads, spec.input.size)
    return without_targets(spec, np.maximum(tokens, 0), lengths)


def numbers(text: str, size: int, meant: str) -> npt.NDArray[np.float32]:
    """(size,) the numbers in a text.

    Raises:
        ValueError: it has others than so many finite numbers; the message ends in what is `meant`.
    """
    pieces = _pieces(text)
    found = np.array([_number(piece) for piece in pieces])
    if not np.isfinite(found).all():
        wrong = pieces[int(np.isfinite(found).argmin())]
        raise ValueError(f"{quoted(text)}: {quoted(wrong)} is no finite number: wanted: {meant}")
    if len(pieces) != size:
        raise ValueError(f"{quoted(text)}: {counted(len(pieces), 'number')}: wanted: {meant}")
    return found.astype(np.float32)


def without_targets(
    spec: DataSpec, inputs: npt.NDArray[np.generic], lengths: npt.NDArray[np.int32] | None = None
) -> Samples:
    """Samples whose targets are 0, in the shape and kind of numbers that the data has."""
    target = spec.target
    kind = np.int32 if target.vocab_size else np.float32
    return Samples(inputs, np.zeros((len(inputs), *target.shape), kind), lengths)


def _ids(text: str, source: Data, spec: DataSpec) -> list[int]:
    """The token ids in a text."""
    pieces = _pieces(text)
    if not 1 <= len(pieces) <= spec.input.size:
        raise ValueError(
            f"{quoted(text)}: {counted(len(pieces), 'number')}: wanted: {wanted(source, spec)}"
        )
    for piece in pieces:
        is_id = re.fullmatch("[0-9]{1,9}", piece) and int(piece) < spec.input.vocab_size
        if not is_id:
            raise ValueError(
                f"{quoted(text)}: {quoted(piece)} is no token: wanted: {wanted(source, spec)}"
            )
    return [int(piece) for piece in pieces]


def _pieces(text: str) -> list[str]:
    """What stands between blanks, commas and semicolons."""
    return [piece for piece in BETWEEN.split(text) if piece]


def _number(text: str) -> float:
    """The number that a text is, as float32 holds it; NaN where it is none."""
    try:
        number = float(text)
    except ValueError:
        return math.nan
    return number if abs(number) <= float(np.finfo(np.float32).max) else math.inf
