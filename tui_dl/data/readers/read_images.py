"""Reads images by the first reader that knows the layout of a folder, or a file's name."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from tui_dl.data.readers import cifar, idx, image_arrays, image_folder
from tui_dl.data.readers.image_set import ImageSet
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault


class Reader(Protocol):
    """A module that reads one layout."""

    def reads(self, path: Path) -> bool:
        """Whether a folder or file is laid out so."""

    def read(self, path: Path, resize: tuple[int, int] | None = None) -> ImageSet:
        """The images; `resize` is for readers of images that differ in size.

        Raises:
            UserError: they cannot be read.
        """


READERS: tuple[Reader, ...] = (idx, cifar, image_arrays, image_folder)


def read_images(path: Path, resize: tuple[int, int] | None) -> ImageSet:
    """All images of a folder or a file.

    Raises:
        UserError: there are none, or they cannot be read, in one line.
    """
    if "\0" in str(path):
        raise UserError(f"{path}: no file can have this name")
    try:
        path.stat()
        reader = next((it for it in READERS if it.reads(path)), None)
        if reader is None:
            raise UserError(
                f"{path}: no images: give a folder with a folder of images for each class, IDX "
                "files, arrays of NumPy (.npz), or CIFAR-10's binary files"
            )
        return reader.read(path, resize)
    except OSError as error:
        raise UserError(fault(error)) from None


def holds_images(path: Path) -> bool:
    """Whether a folder is laid out as one of the readers expects."""
    try:
        return path.is_dir() and any(it.reads(path) for it in READERS)
    except (OSError, UserError):
        return False
