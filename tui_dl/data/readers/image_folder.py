"""Reads a folder of images, with a folder for each class, by Pillow."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.file_bytes import check_memory, read_bytes
from tui_dl.data.readers.image_set import (
    PART_OF_WORD,
    ImageSet,
    PartName,
    check_class_name,
    image_set,
)
from tui_dl.data.resize import resize_smoothly
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.optional_dependencies import Extra
from tui_dl.support.os_errors import fault
from tui_dl.support.terminal_text import printable

if TYPE_CHECKING:
    from PIL import Image

PILLOW = Extra("images", "PIL", "pillow")
ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".webp")
FORMATS = ("PNG", "JPEG", "BMP", "WEBP")
GREYS = ("1", "L", "LA", "La", "I", "I;16", "I;16B")  # modes without colours
DEEP = ("I", "I;16", "I;16B")  # 16 bits a pixel

Found = TypeVar("Found")
Size = tuple[int, int]  # height and width
Bytes = npt.NDArray[np.uint8]


class Named(NamedTuple):
    """An image's file and its class."""

    file: Path
    label: str


def reads(path: Path) -> bool:
    """Whether half of the folders in a folder, or of those in its parts, have images in them."""
    if not path.is_dir():
        return False
    folders = _folders(path)
    if _are_parts(folders):
        folders = [inner for folder in folders for inner in _folders(folder)]
    filled = sum(any(map(_is_image, it.iterdir())) for it in folders)
    return 0 < len(folders) <= 2 * filled


def read(path: Path, resize: Size | None = None) -> ImageSet:
    """The images in the folders of classes, of this size, or of their own if all have the same.

    The folders of classes may stand in folders called train, validation (val) and test.

    Raises:
        UserError: Pillow is missing; there are no images; one is broken or of another size.
    """
    PILLOW.require(f"{path}: a folder of images")
    by_part = _by_part(path)
    files = [it for named in by_part.values() for it in named]
    size, grey = _kind_of(path, [it.file for it in files], resize)
    channels = 1 if grey else 3
    check_memory(path, len(files) * channels * size[0] * size[1])
    digest, parts = hashlib.sha256(), dict[PartName, tuple[Bytes, npt.NDArray[np.str_]]]()
    for part, named in by_part.items():
        images = np.empty((len(named), channels, *size), np.uint8)
        for at, it in enumerate(named):
            content = read_bytes(it.file)
            digest.update(hashlib.sha256(content).digest())
            digest.update(str(it.file.relative_to(path)).encode(errors="surrogateescape") + b"\0")
            images[at] = pixels(it.file, content, size, grey)
        parts[part] = images, np.array([it.label for it in named])
    return image_set(str(path), parts, digest.hexdigest())


def pixels(file: Path, content: bytes, size: Size, grey: bool) -> Bytes:
    """(channels, height, width) the image in a file's `content`, resized.

    Raises:
        UserError: it is broken.
    """

    def decoded(image: Image.Image) -> Bytes:
        from PIL import ImageOps

        turned = ImageOps.exif_transpose(image)
        if grey and turned.mode in DEEP:
            return np.rint(np.asarray(turned, np.float32).clip(0, 65_535) / 257).astype(np.uint8)
        return np.asarray(turned.convert("L" if grey else "RGB"))

    found = _opened(file, io.BytesIO(content), decoded)
    channels = found[None] if grey else np.moveaxis(found, 2, 0)
    if channels.shape[1:] == size:
        return channels
    smooth = resize_smoothly(channels.astype(np.float32), *size)
    return np.rint(smooth).astype(np.uint8)


def header(file: Path) -> tuple[str, Size]:
    """Pillow's mode of an image, and its height and width, as the camera was held.

    Raises:
        UserError: it is broken.
    """
    with file.open("rb") as stream:
        return _opened(file, stream, _header)


def _kind_of(path: Path, files: Sequence[Path], resize: Size | None) -> tuple[Size, bool]:
    """The size of all images, and whether all are grey; of their headers alone.

    Raises:
        UserError: they have different sizes, and `resize` is not given.
    """
    grey, own, first = True, resize, files[0]
    for file in files:
        mode, size = header(file)
        grey = grey and mode in GREYS
        own = own or size
        if not resize and size != own:
            raise UserError(
                f"{file} is {size[0]} × {size[1]} pixels, and {first.name} {own[0]} × {own[1]}: "
                "give one size with data.resize = [32, 32]"
            )
    assert own
    return own, grey


def _header(image: Image.Image) -> tuple[str, Size]:
    """Mode, and height and width, as the camera was held."""
    turned = image.getexif().get(0x0112, 1) >= 5  # the tag of the orientation
    width, height = image.size
    return image.mode, ((width, height) if turned else (height, width))


def _opened(file: Path, stream: IO[bytes], look: Callable[[Image.Image], Found]) -> Found:
    """What `look` finds in an image."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning)
            with Image.open(stream, formats=FORMATS) as image:
                return look(image)
    except UnidentifiedImageError:
        known = ", ".join(FORMATS)
        raise UserError(f"{file}: no image: {known} are read: save it as one of these") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise UserError(f"{file}: an image of too many pixels: make it smaller") from None
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError) as error:
        says = printable(str(error))[:100]
        raise UserError(f"{file}: a broken image ({says}): get it again or remove it") from None


def _by_part(path: Path) -> dict[PartName, list[Named]]:
    """The images of each part, in the order of their classes and names."""
    folders = _folders(path)
    if not _are_parts(folders):
        return {"all": _named(path, folders)}
    found: dict[PartName, list[Named]] = {}
    for folder in folders:
        part = PART_OF_WORD[folder.name.lower()]
        found[part] = found.get(part, []) + _named(folder, _folders(folder))
    return found


def _named(path: Path, folders: Sequence[Path]) -> list[Named]:
    """The images in the folders of some classes, and in folders below them.

    Raises:
        UserError: a folder has none.
    """
    if not folders:
        raise UserError(f"{path}: a folder without images: give one with a folder for each class")
    named = []
    for folder in folders:
        check_class_name(str(path), folder.name)
        files = sorted(_images_in(folder))
        if not files:
            raise UserError(
                f"{folder}: a folder without images, of {counted(len(folders), 'class folder')} of "
                f"{path.name}: fill or remove it"
            )
        named += [Named(it, folder.name) for it in files]
    return named


def _images_in(folder: Path) -> Iterator[Path]:
    return filter(_is_image, folder.rglob("*"))


def _is_image(file: Path) -> bool:
    """Whether a file is an image by its name; hidden ones are not."""
    return file.suffix.lower() in ENDINGS and not file.name.startswith(".") and file.is_file()


def _are_parts(folders: Sequence[Path]) -> bool:
    """Whether folders are called train, test or the like, all of them."""
    return bool(folders) and all(it.name.lower() in PART_OF_WORD for it in folders)


def _folders(path: Path) -> list[Path]:
    """The folders in a folder, without hidden ones.

    Raises:
        UserError: it cannot be looked into.
    """
    try:
        return sorted(it for it in path.iterdir() if it.is_dir() and not it.name.startswith("."))
    except OSError as error:
        raise UserError(fault(error)) from None
