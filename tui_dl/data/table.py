"""A user's own table: its description, and its samples, prepared by its training rows."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.preparation import Preparation, fit
from tui_dl.data.readers.read_table import read_table
from tui_dl.data.readers.table import CategoryColumn, Table, TableOptions
from tui_dl.data.report import report
from tui_dl.data.report.overview import describe_column
from tui_dl.data.split import Split, stratified
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted

LEAST_ROWS = 8  # with a target, to train on, to validate with and to test with


class Prepared(NamedTuple):
    """A table as it was read, its rows by split, and what was learned from the training ones."""

    table: Table
    splits: Split
    preparation: Preparation
    notes: list[str]


def inspect(source: TableFile, seed: int) -> tuple[DataSpec, TableFile]:
    """The description of a table, and the source with what was found out.

    Raises:
        UserError: the file cannot be read as a table, or nothing can be learned from it.
    """
    it = _prepared(source, seed)
    table, classes = it.table, it.preparation.facts.class_names
    widths = {transform.name: transform.width for transform in it.preparation.facts.transforms}
    columns = tuple(describe_column(it, widths.get(it.name, 0)) for it in table.columns)
    spec = DataSpec(
        TensorSpec((it.preparation.features,)),
        TensorSpec((), vocab_size=len(classes)) if classes else TensorSpec((1,)),
        sum(map(len, it.splits)),
        (len(it.splits[0]), len(it.splits[1]), len(it.splits[2])),
        classes,
        _class_counts(it),
        columns,
        table.fingerprint,
        table.size,
        (*table.notes, *it.notes),
        report(table, it.splits),
    )
    return spec, replace(
        source,
        target=table.target,
        decimal=table.decimal,
        transform=it.preparation.transforms,
    )


def load(source: TableFile, seed: int) -> Dataset:
    """All samples of a table, prepared, in their splits; raises UserError as `inspect` does."""
    it = _prepared(source, seed)
    rows = it.table.rows
    inputs = it.preparation.inputs({column.name: column for column in it.table.inputs}, rows)
    targets = it.preparation.targets(it.table.column(it.table.target))
    samples = Samples(inputs, targets)
    parts = (samples.take(part) for part in it.splits)
    return Dataset(*parts, preparation=it.preparation, fingerprint=it.table.fingerprint)


def options_of(source: TableFile) -> TableOptions:
    """What the keys say of how the file is to be read."""
    return TableOptions(
        source.target,
        source.delimiter,
        source.decimal,
        source.encoding,
        source.header,
        source.missing,
        source.columns,
    )


def _prepared(source: TableFile, seed: int) -> Prepared:
    """The table, split and prepared."""
    table = read_table(Path(source.path), options_of(source))
    splits, notes = _split(table, source, seed)
    try:
        return Prepared(table, splits, fit(table, splits[0], source.transform), notes)
    except UserError as error:
        raise UserError(f"{source.path}: {error}") from None


def _split(table: Table, source: TableFile, seed: int) -> tuple[Split, list[str]]:
    """Rows to train on, to validate with and to test with, and notes; all have a target.

    Rows of a class that training would not have are moved there: they could not be predicted.
    """
    target = table.column(table.target)
    rows = np.flatnonzero(~target.missing)
    if len(rows) < LEAST_ROWS:
        raise UserError(
            f"{source.path} has {counted(len(rows), 'row')} with a target: give at least "
            f"{LEAST_ROWS} to train on, to validate with and to test with"
        )
    labels = np.zeros(len(rows), np.int32)
    if isinstance(target, CategoryColumn):
        labels = target.codes[rows]
    train, validation, test = (
        rows[part] for part in stratified(labels, source.validation, source.test, seed)
    )
    if not isinstance(target, CategoryColumn):
        return (train, validation, test), []
    absent = np.setdiff1d(target.codes[rows], target.codes[train])
    if not len(absent):
        return (train, validation, test), []
    moved = np.isin(target.codes[validation], absent), np.isin(target.codes[test], absent)
    train = np.concatenate([train, validation[moved[0]], test[moved[1]]])
    names = ", ".join(repr(target.categories[it]) for it in absent[:3])
    more = f" and {len(absent) - 3} others" if len(absent) > 3 else ""
    note = f"classes {names}{more} have so few rows that they are trained on and not tested"
    return (train, validation[~moved[0]], test[~moved[1]]), [note]


def _class_counts(it: Prepared) -> tuple[int, ...]:
    """How many training rows each class has; empty where the target is a number."""
    target = it.table.column(it.table.target)
    if not isinstance(target, CategoryColumn):
        return ()
    counts = np.bincount(target.codes[it.splits[0]], minlength=len(target.categories))
    return tuple(counts.tolist())
