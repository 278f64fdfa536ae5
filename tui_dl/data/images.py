"""Images in files: their description, and their samples in three splits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.known_files import KNOWN, folder_of
from tui_dl.data.readers import image_folder
from tui_dl.data.readers.file_bytes import read_bytes
from tui_dl.data.readers.image_set import ImageSet, Part, Pixels
from tui_dl.data.readers.read_images import read_images
from tui_dl.data.resize import AT_ONCE, Images, resize_smoothly
from tui_dl.data.shift import shift
from tui_dl.data.split import Indices, stratified
from tui_dl.spec.data import images as declared
from tui_dl.spec.data.base import Data
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.rng import stream
from tui_dl.support.terminal_text import printable

SPLITS = "train", "validation", "test"


class Rows(NamedTuple):
    """Some images of a part of the files.

    Attributes:
        part: the images as the files have them.
        rows: which of them, in this order.
    """

    part: Part
    rows: Indices


def inspect(source: declared.Images, seed: int) -> tuple[DataSpec, declared.Images]:
    """The description of the images, and the source as it is; raises UserError as `load` does."""
    found = _read(source)
    splits = _splits(found, source, seed)
    train, validation, test = (len(it.rows) for it in splits)
    labels = splits[0].part.labels[splits[0].rows]
    classes = found.class_names
    channels, *own = found.shape
    size = source.resize or own
    spec = DataSpec(
        TensorSpec((channels, *size)),
        TensorSpec((), vocab_size=len(classes)),
        train + validation + test,
        (train, validation, test),
        classes,
        tuple(np.bincount(labels, minlength=len(classes)).tolist()),
        fingerprint=found.fingerprint,
        file_size=found.pixels,
        notes=(_summary(source, found, (train, validation, test)),),
    )
    return spec, source


def load(source: declared.Images, seed: int) -> Dataset:
    """All images, from 0 to 1 and of the size in `source`, in the files' splits or split by `seed`.

    Those of validation and test are moved by the `evaluation_shift` of `source`, once.

    Raises:
        UserError: the files are not there or cannot be read, in one line.
    """
    found = _read(source)
    size = source.resize or found.shape[1:]
    splits = _splits(found, source, seed)
    made = [
        _samples(it, size, source.evaluation_shift * bool(at), seed, at)
        for at, it in enumerate(splits)
    ]
    return Dataset(made[0], made[1], made[2], fingerprint=found.fingerprint)


def encode_files(spec: DataSpec, paths: Sequence[str | Path]) -> Samples:
    """The images in some files of any size, as samples of a network that was trained on `spec`.

    They become grey where the network reads greys, and are resized as images of a folder are.

    Raises:
        ValueError: one cannot be read as an image; the message names it and says why.
        UserError: Pillow is missing.
    """
    channels, height, width = spec.input.shape
    image_folder.PILLOW.require("an image")
    if not paths:
        raise ValueError("no images: give at least one file")
    inputs = np.empty((len(paths), spec.input.size), np.float32)
    for row, path in zip(inputs, map(Path, paths), strict=True):
        try:
            found = image_folder.pixels(path, read_bytes(path), (height, width), channels == 1)
        except UserError as error:
            raise ValueError(str(error)) from None
        row[:] = _scaled(found).ravel()
    return Samples(inputs, np.zeros(len(paths), np.int32))


def remarks(source: Data, spec: DataSpec, seed: int, sample: str | Path) -> Iterator[str]:
    """What is done to an image in a file, so that it is like those of training."""
    if isinstance(sample, str):
        return
    channels, height, width = spec.input.shape
    mode, own = image_folder.header(sample)
    if own != (height, width):
        yield f"resized from {own[0]} × {own[1]} to {height} × {width} pixels"
    if channels == 1 and mode not in image_folder.GREYS:
        yield "colours are read as greys"
    if mode.endswith(("A", "a")):
        yield "transparency is left out"


def _read(source: declared.Images) -> ImageSet:
    """The images in the files, with the names of a known data set's classes."""
    if source.name is None:
        return read_images(Path(source.path or ""), source.resize)
    folder, names = folder_of(source.name), KNOWN[source.name].class_names
    files = KNOWN[source.name].files
    found = read_images(folder / files[0].name if len(files) == 1 else folder, source.resize)
    return replace(found, class_names=names) if len(names) == len(found.class_names) else found


def _splits(found: ImageSet, source: declared.Images, seed: int) -> tuple[Rows, Rows, Rows]:
    """The images to train on, to validate with and to test with: the files' own as far as there.

    What the files do not have is split off the images to train on, with every class in proportion.
    """
    own = found.parts.get("train") or found.parts["all"]
    validation, test = found.parts.get("validation"), found.parts.get("test")
    shares = source.validation * (validation is None), source.test * (test is None)
    if not shares[0]:  # of two shares, the second may be none
        train, for_test, for_validation = stratified(own.labels, shares[1], 0.0, seed)
    else:
        train, for_validation, for_test = stratified(own.labels, *shares, seed)
    return (
        Rows(own, _fewer(train, own, source.samples, seed)),
        _whole(validation) if validation else Rows(own, for_validation),
        _whole(test) if test else Rows(own, for_test),
    )


def _whole(part: Part) -> Rows:
    return Rows(part, np.arange(len(part.labels)))


def _fewer(rows: Indices, part: Part, most: int | None, seed: int) -> Indices:
    """At most so many of the rows, at random, with every class in proportion."""
    if most is None or most >= len(rows):
        return rows
    drawn = stream(seed, "fewer images").permutation(rows)
    labels = part.labels[drawn]
    place = np.empty(len(drawn))  # of each in its class, from 0 to 1
    for label in np.unique(labels):
        of_class = np.flatnonzero(labels == label)
        place[of_class] = (np.arange(len(of_class)) + 0.5) / len(of_class)
    fewer: Indices = drawn[np.argsort(place, kind="stable")[:most]]
    return fewer


def _samples(it: Rows, size: tuple[int, ...], pixels: int, seed: int, split: int) -> Samples:
    """The images as rows of numbers, resized some at a time, and moved by up to so many pixels."""
    channels = it.part.images.shape[1]
    images = np.empty((len(it.rows), channels, *size), np.float32)
    for first in range(0, len(it.rows), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        images[some] = resize_smoothly(_scaled(it.part.images[it.rows[some]]), *size)
    if pixels:
        images = shift(images, pixels, seed, split)
    return Samples(images.reshape(len(images), -1), it.part.labels[it.rows])


def _scaled(images: Pixels) -> Images:
    """Pixels from 0 to 1."""
    if images.dtype == np.uint8:
        return images.astype(np.float32) / np.float32(255)
    return images.astype(np.float32, copy=False)


def _summary(source: declared.Images, found: ImageSet, counts: tuple[int, int, int]) -> str:
    """What was found, in one line."""
    channels, height, width = found.shape
    kind = f"{'grey' if channels == 1 else 'colour'} image"
    resized = ""
    if source.resize and source.resize != (height, width):
        resized = f", resized to {source.resize[0]} × {source.resize[1]}"
    splits = [
        f"{count:,} to {does}" + " (the files' own)" * (name in found.parts)
        for name, does, count in zip(
            SPLITS, ("train on", "validate with", "test with"), counts, strict=True
        )
    ]
    of = f"{counted(sum(counts), kind)} of {height} × {width} in {len(found.class_names)} classes"
    return printable(f"{source.title}: {of}{resized}: {', '.join(splits)}")
