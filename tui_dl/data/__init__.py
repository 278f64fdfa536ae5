"""Data sources: samples of each, split into train, validation and test.

A source of kind `k` is its declaration in `spec/data` and the module `k` of this package, which has

    load(source, seed)           all samples, which are then split; or a Dataset, split already
    inspect(source, seed)        of sources that read a file only: its description, and the source
                                 with what was found out in its keys
    environment(source, count)   of environments only: so many episodes, to run side by side
    rules(samples)               of sources with rules only: the class that they give each sample
    encode(source, spec, seed, texts)   what a user typed, as samples without targets; of sources
                                 whose samples are more than characters, ids or numbers
    wanted(source, spec)         what a line that `encode` takes has to be, in words
    pieces_of(text)              the words of a text that have a tag each, where blanks do not say
    encode_files(spec, paths)    of images only: the same of files, each of which is a sample
    encode_file(source, spec, seed, path)   of sources of which any file is one sample
    remarks(source, spec, seed, sample)   what was done to a typed text or a file in encoding it,
                                 such as what of it is not read; a plain sentence each
    in_writing(text, tokens)     what a decoder wrote for a text, where it is no text itself
    played(tokens)               of melodies only: the notes
    in_units(spec, numbers)      outputs in the units of the user's file, where they are scaled
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import typed
from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.readers.image_signs import is_image
from tui_dl.data.split import stratified
from tui_dl.data.vector_environment import VectorEnvironment
from tui_dl.spec.data.base import Data, Environment, SplitData
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.support.errors import UserError

__all__ = [
    "Dataset",
    "Samples",
    "VectorEnvironment",
    "by_rules",
    "describe",
    "encode",
    "encode_files",
    "in_units",
    "in_writing",
    "is_sample",
    "load",
    "make_environment",
    "pieces_of",
    "played",
    "remarks",
    "takes_files",
    "wanted",
]


def describe(experiment: Experiment) -> Experiment:
    """The experiment with the description of its data, and with what was found out in its keys.

    Raises:
        UserError: the file cannot be read as such data.
    """
    if not experiment.reads_file:
        return experiment
    spec, source = inspect(experiment.data, experiment.train.seed)
    return experiment.described(spec, source)


def inspect(source: Data, seed: int) -> tuple[DataSpec, Data]:
    """The description of a source that reads a file, and the source with what was found out."""
    described: tuple[DataSpec, Data] = _module(source).inspect(source, seed)
    return described


def load(source: Data, seed: int, spec: DataSpec | None = None) -> Dataset:
    """Load all samples of `source`, split by `seed`; the same call gives the same arrays.

    Raises:
        UserError: a library that the source needs is not installed, its file cannot be read, or is
            not the one that `spec` describes.
    """
    source.require_extra()
    loaded: Samples | Dataset = _module(source).load(source, seed)
    if isinstance(loaded, Dataset):
        if spec and loaded.fingerprint != spec.fingerprint:
            raise UserError(
                "data: the file is not the one that the run began with: put that one back, or "
                "train anew"
            )
        return loaded
    assert isinstance(source, SplitData)
    parts = stratified(loaded.targets, source.validation, source.test, seed)
    return Dataset(*(loaded.take(part) for part in parts))


def make_environment(source: Environment, count: int) -> VectorEnvironment:
    """Make `count` episodes of an environment, to run side by side."""
    made: VectorEnvironment = _module(source).environment(source, count)
    return made


def by_rules(source: Data, samples: Samples) -> npt.NDArray[np.int32]:
    """(samples,) the classes that the hand-written rules of a source with rules give."""
    given: npt.NDArray[np.int32] = _module(source).rules(samples)
    return given


def encode(source: Data, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """What a user typed, as samples whose targets are 0; `spec` and `seed` are the run's.

    Raises:
        ValueError: a text cannot be read; the message has its beginning, what is wrong with it and
            what is wanted.
    """
    own = getattr(_module(source), "encode", None)
    if own is None:
        return typed.encode(source, spec, texts)
    found: Samples = own(source, spec, seed, texts)
    return found


def is_sample(source: Data, path: Path) -> bool:
    """Whether a file is one sample of a source, as an image is; not a line for each."""
    module = _module(source)
    return hasattr(module, "encode_file") or (hasattr(module, "encode_files") and is_image(path))


def takes_files(source: Data) -> bool:
    """Whether some files are samples of a source."""
    module = _module(source)
    return hasattr(module, "encode_file") or hasattr(module, "encode_files")


def encode_files(source: Data, spec: DataSpec, seed: int, paths: Sequence[Path]) -> Samples:
    """Files of one sample each, as samples whose targets are 0; of sources that take them.

    Raises:
        UserError: a file cannot be read, or a library for it is missing.
        ValueError: the same, or files are no samples of the source.
    """
    module = _module(source)
    if hasattr(module, "encode_files"):
        images: Samples = module.encode_files(spec, paths)
        return images
    if not hasattr(module, "encode_file"):
        raise ValueError(f"{paths[0]}: a file is no sample: wanted: {wanted(source, spec)}")
    parts = [module.encode_file(source, spec, seed, path) for path in paths]
    return Samples(
        np.concatenate([it.inputs for it in parts]), np.concatenate([it.targets for it in parts])
    )


def remarks(source: Data, spec: DataSpec, seed: int, sample: str | Path) -> tuple[str, ...]:
    """What was done to a typed text or a file that was encoded, such as what of it is not read."""
    own = getattr(_module(source), "remarks", None)
    return () if own is None else tuple(own(source, spec, seed, sample))


def pieces_of(source: Data, text: str) -> list[str]:
    """The pieces of a text that have a tag each: characters, or words."""
    own = getattr(_module(source), "pieces_of", None)
    if own is not None:
        return [*own(text)]
    return list(text) if source.reads else text.split()


def in_writing(source: Data, text: str, tokens: Sequence[int]) -> str | None:
    """What a decoder wrote for a typed text, as text; None where its tokens' names will do."""
    own = getattr(_module(source), "in_writing", None)
    return None if own is None else str(own(text, tokens))


def played(source: Data, tokens: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """MIDI number, start and length in tokens of the notes of a melody; none of other sources."""
    own = getattr(_module(source), "played", None)
    return () if own is None else tuple(tuple(it) for it in own(tokens))


def in_units(source: Data, spec: DataSpec, numbers: npt.NDArray[np.float64]) -> Any:
    """Numbers of the network in the units of the user's file."""
    own = getattr(_module(source), "in_units", None)
    return numbers if own is None else own(spec, numbers)


def wanted(source: Data, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    module = _module(source)
    if hasattr(module, "wanted"):
        return str(module.wanted(source, spec))
    if hasattr(module, "encode_files"):
        return f"the path of an image, or {typed.wanted(source, spec)}"
    return "a line of text" if hasattr(module, "encode") else typed.wanted(source, spec)


def _module(source: Data) -> Any:
    return import_module(f"{__name__}.{kind(source)}")
