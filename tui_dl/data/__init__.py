"""Data sources: samples of each, split into train, validation and test."""

from __future__ import annotations

from tui_dl.data import cartpole, dates, digits, recall
from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.split import stratified
from tui_dl.spec.data import AnySource
from tui_dl.spec.data.base import Source
from tui_dl.spec.data.cartpole import CartPole
from tui_dl.spec.data.dates import Dates
from tui_dl.spec.data.digits import Digits
from tui_dl.spec.data.recall import Recall

__all__ = ["Dataset", "Samples", "load"]


def load(source: AnySource, seed: int) -> Dataset:
    """Load all samples of `source`, split by `seed`; the same call gives the same arrays.

    Raises:
        UserError: a library that the source needs is not installed.
    """
    source.require_extra()
    if isinstance(source, CartPole):
        return cartpole.load(source, seed)
    assert isinstance(source, Source)
    match source:
        case Digits():
            samples = digits.load(source)
        case Dates():
            samples = dates.load(source, seed)
        case Recall():
            samples = recall.load(source, seed)
        case _:
            raise NotImplementedError(source)
    parts = stratified(samples.targets, source.validation, source.test, seed)
    return Dataset(*(samples.take(part) for part in parts))
