"""Reads IDX files, in which MNIST is published: a header with the sizes, and then bytes.

The format: http://yann.lecun.com/exdb/mnist/ ("The IDX file format").
"""

from __future__ import annotations

import re
import struct
from math import prod
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.file_bytes import (
    fingerprint,
    has_more,
    read_bytes,
    read_exactly,
    unpacked,
)
from tui_dl.data.readers.image_set import PART_OF_WORD, ImageSet, PartName, image_set
from tui_dl.support.errors import UserError

IMAGES = re.compile(r"images(?P<gap>.)idx3(?P<end>.ubyte(\.gz)?)$")
UNSIGNED_BYTES = 0x08  # the type of the numbers, the third byte of a file


def reads(path: Path) -> bool:
    """Whether a folder holds IDX files of images, or a file is one by its name."""
    return bool(_image_files(path))


def read(path: Path, resize: tuple[int, int] | None = None) -> ImageSet:
    """The images of a folder, or those of a file and the test images beside it.

    Raises:
        UserError: a file is missing, damaged, or not what its name says.
    """
    files = _by_part(path)
    contents: list[bytes] = []
    parts: dict[PartName, tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]] = {}
    for part, file in files.items():
        pair = [read_bytes(it) for it in (file, _labels_of(file))]
        images = read_array(file, pair[0], 3)
        labels = read_array(_labels_of(file), pair[1], 1)
        if len(images) != len(labels):
            raise UserError(
                f"{file} has {len(images):,} images and {_labels_of(file).name} {len(labels):,} "
                "labels: get both files again"
            )
        parts[part] = images[:, None], labels
        contents += pair
    return image_set(str(path), parts, fingerprint(contents))


def read_array(path: Path, content: bytes, dimensions: int) -> npt.NDArray[np.uint8]:
    """The array in the `content` of an IDX file, which has so many dimensions.

    Raises:
        UserError: it is no IDX file, or is cut off or longer than it says.
    """
    stream = unpacked(content)
    shape = _shape(path, stream, dimensions)
    size = prod(shape)
    if not size:
        raise UserError(f"{path}: holds nothing: its sizes are {' × '.join(map(str, shape))}")
    data = read_exactly(path, stream, size)
    if has_more(path, stream):
        raise UserError(f"{path}: goes on after its {size:,} bytes: get the file again")
    return np.frombuffer(data, np.uint8).reshape(shape)


def _shape(path: Path, stream: IO[bytes], dimensions: int) -> tuple[int, ...]:
    """The sizes in the header."""
    start, expected = read_exactly(path, stream, 4), bytes([0, 0, UNSIGNED_BYTES, dimensions])
    if start != expected:
        raise UserError(
            f"{path}: no IDX file of bytes in {dimensions} dimensions: it begins with "
            f"{start.hex(' ')}, not {expected.hex(' ')}"
        )
    sizes: tuple[int, ...] = struct.unpack(
        f">{dimensions}I", read_exactly(path, stream, 4 * dimensions)
    )
    return sizes


def _by_part(path: Path) -> dict[PartName, Path]:
    """The files of images, by the part that their names say; each part once.

    Raises:
        UserError: there are several of one part.
    """
    files = _image_files(path)
    if path.is_file():  # the test images are beside it
        twin = path.with_name(re.sub("train", "t10k", path.name))
        other = path.with_name(re.sub("train", "test", path.name))
        files = [path, *{it for it in (twin, other) if it != path and it.exists()}]
    found: dict[PartName, Path] = {}
    for file in files:
        part: PartName = next(
            (PART_OF_WORD[it] for it in _words(file) if it in PART_OF_WORD), "all"
        )
        if found and (part in found or "all" in {*found, part}):
            other = found.get(part) or next(iter(found.values()))
            raise UserError(
                f"{path}: holds several sets of images, such as {other.name} and {file.name}: "
                "give one of these files"
            )
        found[part] = file
    return found


def _image_files(path: Path) -> list[Path]:
    """The files of images in a folder, or `path`; of packed and unpacked ones the unpacked."""
    if not path.is_dir():
        return [path] if IMAGES.search(path.name) else []
    files = {it for it in path.iterdir() if IMAGES.search(it.name) and it.is_file()}
    return sorted(files - {it.with_name(f"{it.name}.gz") for it in files})


def _words(file: Path) -> list[str]:
    return re.split(r"[-_.]", file.name.lower())


def _labels_of(images: Path) -> Path:
    """The file of labels beside one of images."""
    return images.with_name(IMAGES.sub(r"labels\g<gap>idx1\g<end>", images.name))
