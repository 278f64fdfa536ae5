"""Reads images from arrays of NumPy: one .npz, as Keras and MedMNIST write them, or .npy files."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.file_bytes import check_memory, fingerprint, read_bytes
from tui_dl.data.readers.image_set import (
    PART_OF_WORD,
    ImageSet,
    Labels,
    PartName,
    Pixels,
    image_set,
)
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import printable

IMAGES = ("x", "image", "images", "data")  # words in the names of arrays
LABELS = ("y", "label", "labels", "target", "targets")
CHANNELS = 1, 3
BYTES = 255
DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, KeyError,
)  # fmt: skip

Array = npt.NDArray[Any]
Opened = dict[str, Callable[[], Array]]


def reads(path: Path) -> bool:
    """Whether a file is of arrays by its name, or a folder has images and labels as such files."""
    if path.is_dir():
        names = [it.stem for it in path.glob("*.npy")]
        return any(_part(it, IMAGES) for it in names) and any(_part(it, LABELS) for it in names)
    return path.suffix in (".npz", ".npy")


def read(path: Path, resize: tuple[int, int] | None = None) -> ImageSet:
    """The images in arrays such as x and y, x_train and y_train, or test_images and test_labels.

    Raises:
        UserError: an array is missing, damaged, holds objects, or is none of images or labels.
    """
    if path.suffix == ".npz":
        content = read_bytes(path)
        return image_set(str(path), _pairs(path, _archive(path, content)), fingerprint([content]))
    files = sorted((path if path.is_dir() else path.parent).glob("*.npy"))
    if not path.is_dir():
        files = [it for it in files if it == path or _goes_with(path, it)]
    parts = _pairs(path, {it.stem: partial(_of_file, it) for it in files})
    used = (read_bytes(it) for it in files if _part(it.stem, IMAGES + LABELS))
    return image_set(str(path), parts, fingerprint(used))


def read_array(where: str, content: bytes) -> Array:
    """The array in the `content` of a .npy file.

    Raises:
        UserError: it is damaged, or holds objects, which only a pickle could restore.
    """
    stream = io.BytesIO(content)
    header = np.lib.format
    try:
        version = header.read_magic(stream)
        read_header = header.read_array_header_1_0
        if version != (1, 0):
            read_header = header.read_array_header_2_0
        shape, fortran, kind = read_header(stream)
    except Exception as error:  # numpy's parser of headers has errors of many kinds
        raise UserError(f"{where}: no array of NumPy: {printable(str(error))[:200]}") from None
    if kind.hasobject:
        raise UserError(
            f"{where}: holds Python objects, which are never opened: save an array of numbers"
        )
    data, size = content[stream.tell() :], prod(shape) * kind.itemsize
    if len(data) != size or kind.itemsize == 0 or min(shape, default=0) < 0:
        raise UserError(
            f"{where}: {len(data):,} bytes for an array of {size:,}: get the file again"
        )
    return np.frombuffer(data, kind).reshape(shape, order="F" if fortran else "C")


def _of_file(file: Path) -> Array:
    return read_array(str(file), read_bytes(file))


def as_images(where: str, array: Array) -> Pixels:
    """An array as (samples, channels, height, width), uint8 to 255 or float32 to 1.

    The channels are 1 or 3, and stand first or last; without them images are grey.

    Raises:
        UserError: it has another shape, or numbers that are no pixels.
    """
    shape = " × ".join(map(str, array.shape))
    if array.ndim == 3:
        array = array[:, None]
    elif array.ndim == 4 and array.shape[3] in CHANNELS:
        array = np.moveaxis(array, 3, 1)
    if array.ndim != 4 or array.shape[1] not in CHANNELS:
        raise UserError(
            f"{where}: an array of {shape} is none of images: give (images, height, width), or "
            "1 or 3 channels beside"
        )
    if array.dtype == np.uint8 or not array.size:
        return array
    if array.dtype.kind not in "iufb":
        raise UserError(f"{where}: holds {array.dtype}, and pixels are numbers")
    low, high = float(array.min()), float(array.max())  # NaN where there is one
    if not (low >= 0 and high <= BYTES):
        raise UserError(
            f"{where}: holds numbers from {low:g} to {high:g}: pixels are 0 to 255, or 0 to 1"
        )
    if array.dtype.kind == "f":
        return array.astype(np.float32) / np.float32(BYTES if high > 1 else 1)
    return array.astype(np.uint8) * np.uint8(BYTES if array.dtype.kind == "b" else 1)


def _archive(path: Path, content: bytes) -> Opened:
    """The arrays of a .npz file, each read when it is called for."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = {it.filename: it for it in archive.infolist() if it.filename.endswith(".npy")}
    except DAMAGED as error:
        raise UserError(f"{path}: no file of arrays of NumPy: {printable(str(error))}") from None

    def opened(name: str) -> Array:
        where = f"{path}, array {printable(name.removesuffix('.npy'))}"
        check_memory(where, members[name].file_size)
        try:
            return read_array(where, archive.read(name))
        except DAMAGED as error:
            raise UserError(f"{where}: damaged ({error}): get the file again") from None
        except RuntimeError:
            raise UserError(f"{where}: is encrypted: unpack it") from None

    return {name.removesuffix(".npy"): partial(opened, name) for name in members}


def _pairs(path: Path, arrays: Opened) -> dict[PartName, tuple[Pixels, Labels]]:
    """Images and labels of each part."""
    found: dict[PartName, dict[str, str]] = {}
    for name in arrays:
        for role, words in (("images", IMAGES), ("labels", LABELS)):
            if part := _part(name, words):
                found.setdefault(part, {}).setdefault(role, name)
    whole = {part: roles for part, roles in found.items() if len(roles) == 2}
    if not whole:
        names = ", ".join(map(printable, arrays))[:200] or "none"
        raise UserError(
            f"{path}: no images with labels: name the arrays x and y, or x_train, y_train, x_test "
            f"and y_test; found: {names}"
        )
    return {
        part: (
            as_images(f"{path}, array {roles['images']}", arrays[roles["images"]]()),
            _as_labels(f"{path}, array {roles['labels']}", arrays[roles["labels"]]()),
        )
        for part, roles in whole.items()
    }


def _as_labels(where: str, array: Array) -> Labels:
    """An array as one label for each image."""
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1 or array.dtype.kind not in "iubU":
        shape = " × ".join(map(str, array.shape))
        raise UserError(
            f"{where}: {array.dtype} of {shape} are no labels: give a whole number for each image"
        )
    return array.astype(np.int64) if array.dtype.kind == "b" else array


def _part(name: str, words: tuple[str, ...]) -> PartName | None:
    """The part that an array of this name belongs to, if one of `words` is in the name."""
    of_name = re.split(r"[_\-.]", name.lower())
    if not set(of_name) & set(words):
        return None
    return next((PART_OF_WORD[it] for it in of_name if it in PART_OF_WORD), "all")


def _goes_with(images: Path, other: Path) -> bool:
    """Whether another file has the labels of a file of images, by their names."""
    return _part(images.stem, IMAGES) == _part(other.stem, LABELS)
