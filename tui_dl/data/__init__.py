"""Data sources: samples of each, split into train, validation and test.

A source of kind `k` is its declaration in `spec/data` and the module `k` of this package, which has

    load(source, seed)           all samples, which are then split; or a Dataset, split already
    inspect(source, seed)        of sources that read a file only: its description, and the source
                                 with what was found out in its keys
    environment(source, count)   of environments only: so many episodes, to run side by side
    rules(samples)               of sources with rules only: the class that they give each sample
    encode(source, spec, seed, texts)   what a user typed, as samples without targets; of sources
                                        whose samples are more than characters, ids or numbers
    encode_files(source, spec, paths)   of images only: the same of files
    wanted(source, spec)         what a line has to be, in words, where `encode` cannot be guessed
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
    "load",
    "make_environment",
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


def takes_files(source: Data) -> bool:
    """Whether one file can be one sample of a source, as an image is."""
    return hasattr(_module(source), "encode_files")


def encode_files(source: Data, spec: DataSpec, paths: Sequence[Path]) -> Samples:
    """Files of one sample each, as samples whose targets are 0; of sources that take them.

    Raises:
        UserError: a file cannot be read, or a library for it is missing.
    """
    found: Samples = _module(source).encode_files(source, spec, paths)
    return found


def wanted(source: Data, spec: DataSpec) -> str:
    """What a line that `encode` takes has to be, in words."""
    own = getattr(_module(source), "wanted", None)
    if own is None:
        return (
            "a line of text" if hasattr(_module(source), "encode") else typed.wanted(source, spec)
        )
    said: str = own(source, spec)
    return said


def _module(source: Data) -> Any:
    return import_module(f"{__name__}.{kind(source)}")
