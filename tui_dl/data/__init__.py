"""Data sources: samples of each, split into train, validation and test.

A source of kind `k` is its declaration in `spec/data` and the module `k` of this package, which has

    load(source, seed)           all samples, which are then split; or a Dataset, split already
    environment(source, count)   of environments only: so many episodes, to run side by side
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.split import stratified
from tui_dl.data.vector_environment import VectorEnvironment
from tui_dl.spec.data.base import Data, Environment, Source
from tui_dl.spec.layers.base import kind

__all__ = ["Dataset", "Samples", "VectorEnvironment", "load", "make_environment"]


def load(source: Data, seed: int) -> Dataset:
    """Load all samples of `source`, split by `seed`; the same call gives the same arrays.

    Raises:
        UserError: a library that the source needs is not installed.
    """
    source.require_extra()
    loaded: Samples | Dataset = _module(source).load(source, seed)
    if isinstance(loaded, Dataset):
        return loaded
    assert isinstance(source, Source)
    parts = stratified(loaded.targets, source.validation, source.test, seed)
    return Dataset(*(loaded.take(part) for part in parts))


def make_environment(source: Environment, count: int) -> VectorEnvironment:
    """Make `count` episodes of an environment, to run side by side."""
    made: VectorEnvironment = _module(source).environment(source, count)
    return made


def _module(source: Data) -> Any:
    return import_module(f"{__name__}.{kind(source)}")
