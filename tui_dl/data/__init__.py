"""Data sources: samples of each, split into train, validation and test.

A source of kind `k` is its declaration in `spec/data` and the module `k` of this package, which has

    load(source, seed)           all samples, which are then split; or a Dataset, split already
    inspect(source, seed)        of sources that read a file only: its description, and the source
                                 with what was found out in its keys
    environment(source, count)   of environments only: so many episodes, to run side by side
    rules(samples)               of sources with rules only: the class that they give each sample
    encode(source, spec, seed, texts)   of texts only: what a user typed, as samples without targets
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

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
    "load",
    "make_environment",
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
    found: Samples = _module(source).encode(source, spec, seed, texts)
    return found


def _module(source: Data) -> Any:
    return import_module(f"{__name__}.{kind(source)}")
