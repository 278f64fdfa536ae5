"""Writes small sets of images in every layout that is read."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]


def images(count: int, *shape: int, seed: int = 0, classes: int = 3) -> tuple[Bytes, Bytes]:
    """Random images of this shape that are brighter the higher their class is, and the classes."""
    random = np.random.default_rng(seed)
    labels = np.arange(count, dtype=np.uint8) % classes
    pixels = random.integers(0, 60, (count, *shape))
    bright = labels.reshape(-1, *[1] * len(shape)) * (190 // classes)
    return (pixels + bright).astype(np.uint8), labels


def idx(array: Bytes) -> bytes:
    """The bytes of an IDX file."""
    head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.tobytes()


def write_idx(folder: Path, count: int = 60, test: int = 30, packed: bool = False) -> Path:
    """Images of 9 × 7 greys to train on and to test with, as MNIST's files are called."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, number, seed in (("train", count, 0), ("t10k", test, 1)):
        pixels, labels = images(number, 9, 7, seed=seed)
        for kind, array in (("images-idx3", pixels), ("labels-idx1", labels)):
            content = idx(array)
            end = ".gz" if packed else ""
            content = gzip.compress(content, mtime=0) if packed else content
            (folder / f"{name}-{kind}-ubyte{end}").write_bytes(content)
    return folder


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> Path:
    """A file of arrays."""
    np.savez(path, **arrays)
    return path


def write_cifar(folder: Path, count: int = 40) -> Path:
    """Two batches to train on and one to test with, of ten classes."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed, name in enumerate(("data_batch_1", "data_batch_2", "test_batch")):
        pixels, labels = images(count, 3, 32, 32, seed=seed, classes=10)
        records = np.concatenate([labels[:, None], pixels.reshape(count, -1)], axis=1)
        (folder / f"{name}.bin").write_bytes(records.tobytes())
    return folder


def write_folder(
    folder: Path, count: int = 36, size: tuple[int, int] = (8, 6), mode: str = "RGB"
) -> Path:
    """PNG images of this height and width in folders for three classes."""
    from PIL import Image

    channels = {"L": (), "RGB": (3,), "RGBA": (4,)}[mode]
    pixels, labels = images(count, *size, *channels)
    for at, (image, label) in enumerate(zip(pixels, labels.tolist(), strict=True)):
        of_class = folder / ("cat", "dog", "owl")[label]
        of_class.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image, mode if channels else None).save(of_class / f"{at:03}.png")
    return folder
