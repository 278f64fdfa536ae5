"""Images in files: the user's own, or a well-known data set."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal, get_args

from tui_dl.spec.data.image_data import ImageData
from tui_dl.spec.layers.base import Positive

Known = Literal["cifar-10", "fashion-mnist", "mnist"]
IDX = "ubyte"  # in the names of files of that format
ARRAYS = (".npz", ".npy")
CIFAR = ".bin", "cifar-10-binary.tar"


class Images(ImageData, frozen=True, kw_only=True, tag="images"):
    """Images with a class each: IDX files, arrays of NumPy, CIFAR-10's files, or class folders.

    The files' own test images are used; without any, images are split.

    Attributes:
        path: a folder or a file; `source = "FOLDER"` is short for it. A relative one is relative to
            the experiment file.
        name: a well-known data set in place of it; `source = "mnist"` is short for it.
        resize: height and width of the images; without it they stay as they are.
        samples: how many images to train on, at most.
    """

    size_key: ClassVar[str] = "samples"
    short_names: ClassVar[tuple[str, ...]] = get_args(Known)
    text_bytes: ClassVar[int] = 1  # its pixels, beside the numbers that are made of them
    split_in_place: ClassVar[bool] = True

    path: str | None = None
    name: Known | None = None
    resize: tuple[Positive, Positive] | None = None
    samples: Positive | None = None

    def __post_init__(self) -> None:
        if (self.path is None) == (self.name is None):
            raise ValueError("reads one set of images: give a path or a name")

    @classmethod
    def keys_of(cls, short: str) -> dict[str, str]:
        return {"name": short}

    @property
    def reads_file(self) -> bool:
        return True

    @property
    def title(self) -> str:
        """What the images are called in messages."""
        return self.name or self.path or ""


def is_images(path: str) -> bool:
    """Whether a path is read as images: a folder, arrays of NumPy, IDX or CIFAR-10's files."""
    name = Path(path).name.lower().removesuffix(".gz")
    return name.endswith((*ARRAYS, *CIFAR)) or IDX in name or Path(path).is_dir()
