"""The bundled handwritten digits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tui_dl.data import typed
from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.images import encode_files as encode_files  # an image is a digit, too
from tui_dl.data.images import remarks as remarks
from tui_dl.data.label_noise import with_noise
from tui_dl.data.resize import Images, resize
from tui_dl.data.shift import shift
from tui_dl.data.split import stratified
from tui_dl.spec.data.digits import Digits
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.formatting import quoted
from tui_dl.support.rng import stream

INK = 16  # of a pixel in the file, at the most
FILE = Path(__file__).parent / "bundled" / "digits.npz"


def load(source: Digits, seed: int) -> Dataset:
    """All digits, with ink from 0 to 1, resized to the size in `source`, and split by `seed`.

    Those of validation and test are moved by the `evaluation_shift` of `source`, once.
    """
    images, labels = read_digits(source.resize)
    parts = stratified(labels, source.validation, source.test, seed)
    if source.evaluation_shift:
        unseen = np.concatenate(parts[1:])
        images[unseen] = shift(images[unseen], source.evaluation_shift, seed)
    labels = with_noise(labels, source.label_noise, source.classes, stream(seed, "label noise"))
    samples = Samples(images.reshape(len(labels), -1), labels)
    return Dataset(*(samples.take(part) for part in parts))


def read_digits(size: tuple[int, int]) -> tuple[Images, npt.NDArray[np.int32]]:
    """All digits (samples, height, width) of this size, with ink from 0 to 1, and their labels."""
    with np.load(FILE, allow_pickle=False) as file:
        images, labels = file["images"], file["labels"].astype(np.int32)
    return resize(images.astype(np.float32) / INK, *size), labels


def wanted(source: Digits, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    ink = f"{spec.input.size} numbers, the ink of each pixel: 0 to 1, or 0 to {INK} as UCI has it"
    return f"the path of an image, light on dark, or {ink}"


def encode(source: Digits, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Lines of the ink of each pixel, row by row, as samples without targets.

    Raises:
        ValueError: a line has other than so many numbers in this range.
    """
    meant = wanted(source, spec)
    ink = np.stack([typed.numbers(text, spec.input.size, meant) for text in texts])
    most = ink.max(axis=1, keepdims=True)
    wrong = (ink.min(axis=1) < 0) | (most[:, 0] > INK)
    if wrong.any():
        text = texts[int(wrong.argmax())]
        raise ValueError(f"{quoted(text)}: a number is out of range: wanted: {meant}")
    return typed.without_targets(spec, np.where(most > 1, ink / INK, ink))
