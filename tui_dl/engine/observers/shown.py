"""Samples as small arrays and texts: what a picture or a table of them needs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.data.readers.table import TextColumn
from tui_dl.data.source_rows import SourceRows
from tui_dl.engine.observers.answers import Answer
from tui_dl.engine.observers.base import Arrays, Context
from tui_dl.protocol.artifact import Labels
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import TensorSpec

SIDE = 32  # pixels of a picture
PICTURES = 12_000  # bytes of all pictures together
MOST = 16  # samples
NUMBERS, PLACES = 12, 48  # of a sample
CLASSES, LONGEST = 200, 40  # names, and the letters of one: an artifact has to stay small
TEXTS = 12_000  # bytes of all names, or of all cells of a table

Array = npt.NDArray[Any]


class Shown(NamedTuple):
    """So many of some samples, the first ones, as arrays and texts."""

    number: int
    arrays: Arrays
    labels: Labels


def samples(context: Context, some: Samples, most: int = MOST, room: int = PICTURES) -> Shown:
    """The first few of `some` samples: rows of the user's file as they stand there, or `inputs`.

    There are at most `most` of them, and pictures have at most `room` bytes together.
    """
    experiment = context.experiment
    if some.source is not None:
        count = min(len(some), most)
        return Shown(count, {}, _classes(experiment) | _cells(some.source, count))
    spec = experiment.data_spec.input
    arrays = inputs(some.inputs, spec, most=most, room=room)
    return Shown(len(next(iter(arrays.values()))), arrays, labels(experiment))


def texts_of(some: Samples, most: int) -> list[str] | None:
    """The first few texts as they are in the user's file; None where they are not kept."""
    if some.source is None or len(some.source.columns) != 1:
        return None
    (column,) = some.source.columns
    return column.values[:most] if isinstance(column, TextColumn) else None


def most_samples(spec: TensorSpec, most: int = MOST, room: int = PICTURES) -> int:
    """How many samples of this shape are shown: at most `most`, in `room` bytes of pictures."""
    if not is_image(spec):
        return most
    channels, *sides = spec.shape
    height, width = (len(range(0, size, _every(size, SIDE))) for size in sides)
    return max(1, min(most, room // ((3 if channels == 3 else 1) * height * width)))


def is_image(spec: TensorSpec) -> bool:
    """Whether samples of this shape are pictures: channels, rows and columns."""
    return len(spec.shape) == 3 and not spec.vocab_size


def inputs(
    samples: Array,
    spec: TensorSpec,
    prefix: str = "input",
    most: int = MOST,
    room: int = PICTURES,
    numbers: int = NUMBERS,
    like: Array | None = None,
) -> Arrays:
    """The first few of `samples` (samples, ...), each of which has the shape in `spec`.

    Args:
        samples: real numbers or token ids.
        spec: the shape of one.
        prefix: of the arrays' names.
        most: how many samples.
        room: bytes of all pictures together, at most.
        numbers: how many numbers of a sample that is no picture.
        like: others, (samples, ...) in the same order, whose range pictures are shown in.

    Returns:
        ``<prefix>.tokens`` (samples, places); or ``<prefix>.pictures`` (samples, channels, rows,
        columns), uint8, with ``<prefix>.range`` (2,), the numbers that 0 and 255 stand for; or
        ``<prefix>.numbers`` (samples, numbers).
    """
    shaped = samples[: most_samples(spec, most, room)].reshape(-1, *spec.shape)
    if spec.vocab_size:
        return {f"{prefix}.tokens": shaped.reshape(len(shaped), -1)[:, :PLACES].astype(np.int32)}
    if not is_image(spec):
        flat = shaped.reshape(len(shaped), -1)[:, :numbers]
        return {f"{prefix}.numbers": flat.astype(np.float32)}
    low, high = _range(shaped if like is None else like[: len(shaped)])
    pictures = (reduced(shaped).astype(np.float64) - low) / max(high - low, 1e-30)
    if pictures.shape[1] not in (1, 3):
        pictures = pictures.mean(axis=1, keepdims=True)
    scaled = np.rint(np.nan_to_num(pictures.clip(0, 1)) * 255).astype(np.uint8)
    return {f"{prefix}.pictures": scaled, f"{prefix}.range": np.array([low, high], np.float32)}


def reduced(images: Array, side: int = SIDE) -> Array:
    """(..., rows, columns) with at most `side` of both: every n-th row and column."""
    down, across = (_every(size, side) for size in images.shape[-2:])
    return images[..., ::down, ::across]


def _every(size: int, most: int) -> int:
    """Of so many pixels in a row, one is kept, so that at most `most` are."""
    return -(-size // most)


def given(context: Context, found: Answer, count: int) -> Arrays:
    """The answers to the first `count` samples, of their first places.

    Numbers that are predicted for a table are in the user's units, in double precision.
    """
    targets, said = found.target[:count, :PLACES], found.answer[:count, :PLACES]
    confidence = found.confidence[:count, :PLACES].astype(np.float32)
    preparation = context.dataset.preparation
    if said.dtype.kind != "i" and preparation is not None:
        own = [preparation.numbers(it)[:, None] for it in (targets, said)]
        return {"target": own[0], "answer": own[1], "confidence": confidence}
    kind = np.int32 if said.dtype.kind == "i" else np.float32
    return {"target": targets.astype(kind), "answer": said.astype(kind), "confidence": confidence}


def labels(experiment: Experiment) -> Labels:
    """The names of classes, tokens and columns, as far as they have any."""
    spec = experiment.data_spec
    tokens = list(spec.token_names)
    columns = [it.name for it in spec.columns if it.features == 1]
    plain = len(columns) == sum(bool(it.features) for it in spec.columns)
    found = {"tokens": tokens, "columns": _cut(columns[:NUMBERS]) if plain else []}
    return _classes(experiment) | {name: texts for name, texts in found.items() if texts}


def class_name(experiment: Experiment, number: int) -> str:
    """The name of a class, or its number where it has none."""
    names = experiment.data_spec.class_names
    return names[number][:LONGEST] if number < len(names) else str(number)


def _classes(experiment: Experiment) -> Labels:
    """The names of classes, if they have any."""
    names = _cut(experiment.data_spec.class_names[:CLASSES])
    return {"classes": names} if names else {}


def _cells(source: SourceRows, count: int) -> Labels:
    """The names of the first columns, and the cells of `count` rows, row by row."""
    rows = source.texts(count)
    return {"columns": _cut(source.names), "cells": _cut([cell for row in rows for cell in row])}


def _cut(texts: list[str] | tuple[str, ...]) -> list[str]:
    """The beginnings of texts, so that together they are not too many bytes."""
    share = TEXTS // max(len(texts), 1)
    return [it[:LONGEST].encode()[:share].decode(errors="ignore") for it in texts]


def _range(numbers: Array) -> tuple[float, float]:
    """The lowest and the highest number; 0 and 0 where none is finite."""
    finite = numbers[np.isfinite(numbers)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
