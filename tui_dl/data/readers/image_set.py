"""Images with a class each, as they stand in files: in the parts that the files have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.terminal_text import is_printable, printable

PartName = Literal["train", "validation", "test", "all"]
PARTS: tuple[PartName, ...] = get_args(PartName)
PART_OF_WORD: dict[str, PartName] = {  # in names of files, folders and arrays
    "train": "train", "training": "train", "val": "validation", "valid": "validation",
    "validation": "validation", "dev": "validation", "test": "test", "t10k": "test",
}  # fmt: skip

Pixels = npt.NDArray[Any]  # uint8 from 0 to 255, or float32 from 0 to 1
Labels = npt.NDArray[Any]  # whole numbers or texts

FEWEST = 8  # images, to train on, to validate with and to test with
LONGEST = 100  # characters of a class's name
SIDES = 3  # of the shape of an image: channels, height, width


class Part(NamedTuple):
    """Some images and their classes.

    Attributes:
        images: (samples, channels, height, width).
        labels: (samples,) numbers of classes from 0.
    """

    images: Pixels
    labels: npt.NDArray[np.int32]


@dataclass(frozen=True)
class ImageSet:
    """All images of a folder or a file; "all" is the only part where the files have none.

    Attributes:
        parts: at least one image in each.
        class_names: in the order of the classes' numbers.
        fingerprint: SHA-256 of the files.
    """

    parts: Mapping[PartName, Part]
    class_names: tuple[str, ...]
    fingerprint: str

    @property
    def shape(self) -> tuple[int, int, int]:
        """Channels, height and width of an image."""
        channels, height, width = next(iter(self.parts.values())).images.shape[1:]
        return channels, height, width

    @property
    def pixels(self) -> int:
        """Bytes of all images."""
        return sum(part.images.nbytes for part in self.parts.values())


def image_set(
    title: str,
    parts: Mapping[PartName, tuple[Pixels, Labels]],
    fingerprint: str,
    names: Sequence[str] = (),
) -> ImageSet:
    """The set of images in some parts, whose classes are the labels of the images to train on.

    Args:
        title: what the images are called in messages.
        parts: images (samples, channels, height, width) and labels (samples,) of each.
        fingerprint: of the files.
        names: of the classes 0, 1, ...; without them the labels are the names.

    Raises:
        UserError: images and labels do not fit together, or nothing can be learned from them.
    """
    if "train" not in parts:
        parts = {"all": _joined(parts)}
    parts = {name: parts[name] for name in PARTS if name in parts}
    first, *others = parts.items()
    _check_counts(title, parts)
    for part, (images, _) in others:
        if images.shape[1:] != first[1][0].shape[1:]:
            raise UserError(
                f"{title}: images of {part} have shape {_shape(images)}, those of {first[0]} "
                f"{_shape(first[1][0])}: make them alike"
            )
    known = np.unique(first[1][1])
    if names and known.dtype.kind in "iu" and known.min() >= 0 and known.max() < len(names):
        known = np.arange(len(names))
    if len(known) < 2:
        raise UserError(f"{title}: only one class, {_name(known[0])}: give images of two or more")
    numbered = {
        part: Part(images, _numbers(title, part, labels, known))
        for part, (images, labels) in parts.items()
    }
    found = tuple(names) if len(names) == len(known) else tuple(map(_name, known.tolist()))
    return ImageSet(numbered, found, fingerprint)


def check_class_name(where: str, name: str) -> None:
    """Raise UserError for a name of a class that cannot be shown."""
    if not is_printable(name) or len(name) > LONGEST:
        raise UserError(
            f"{where}: {printable(name)[:LONGEST]!r} cannot be the name of a class: it needs one "
            f"line of at most {LONGEST} characters"
        )


def _joined(parts: Mapping[PartName, tuple[Pixels, Labels]]) -> tuple[Pixels, Labels]:
    """The only part that there is, or all of them, where none is to train on."""
    if len(parts) == 1:
        return next(iter(parts.values()))
    images, labels = zip(*parts.values(), strict=True)
    return np.concatenate(images), np.concatenate(labels)


def _check_counts(title: str, parts: Mapping[PartName, tuple[Pixels, Labels]]) -> None:
    for part, (images, labels) in parts.items():
        of = "" if part == "all" else f" of {part}"
        if len(images) != len(labels):
            counts = f"{counted(len(images), 'image')} and {counted(len(labels), 'label')}"
            raise UserError(f"{title}: {counts}{of}: each image needs one")
        if not len(images) or 0 in images.shape:
            raise UserError(f"{title}: no images{of}: give some")
    total = sum(len(images) for images, _ in parts.values())
    if total < FEWEST:
        raise UserError(
            f"{title}: {counted(total, 'image')}: give at least {FEWEST} to train on, to validate "
            "with and to test with"
        )


def _numbers(title: str, part: str, labels: Labels, known: Labels) -> npt.NDArray[np.int32]:
    """The place of each label among the `known` ones."""
    places = np.searchsorted(known, labels).clip(max=len(known) - 1)
    if len(strange := labels[known[places] != labels]):
        raise UserError(
            f"{title}: class {_name(strange[0])} of {part} has no image to train on: leave its "
            "images out, or add some"
        )
    return places.astype(np.int32)


def _name(label: Any) -> str:
    check_class_name("labels", str(label))
    return str(label)


def _shape(images: Pixels) -> str:
    return " × ".join(map(str, images.shape[1:]))
