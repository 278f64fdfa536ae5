"""A user's own table: its description, and its samples, prepared by its training rows."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from tui_dl.data.dataset import Dataset
from tui_dl.data.preparation import fit
from tui_dl.data.prepared_table import Prepared, dataset
from tui_dl.data.readers.read_table import read_table
from tui_dl.data.readers.table import CategoryColumn, TableOptions
from tui_dl.data.report import report
from tui_dl.data.report.overview import describe_column
from tui_dl.data.split_table import split_table
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.support.errors import UserError

SMALL = 8_000_000  # bytes of a table that is kept from its inspection until it is loaded


def inspect(source: TableFile, seed: int) -> tuple[DataSpec, TableFile]:
    """The description of a table, and the source with what was found out.

    Raises:
        UserError: the file cannot be read as a table, or nothing can be learned from it.
    """
    it = prepared(source, seed)
    table, classes = it.table, it.preparation.facts.class_names
    widths = {transform.name: transform.width for transform in it.preparation.facts.transforms}
    columns = tuple(describe_column(it, widths.get(it.name, 0)) for it in table.columns)
    spec = DataSpec(
        it.preparation.input,
        TensorSpec((), vocab_size=len(classes)) if classes else TensorSpec((1,)),
        sum(map(len, it.splits)),
        (len(it.splits[0]), len(it.splits[1]), len(it.splits[2])),
        classes,
        _class_counts(it),
        columns,
        table.fingerprint,
        table.size,
        table.target,
        1.0 if classes else float(it.preparation.target_deviation[0]),
        (*table.notes, *it.notes),
        report(table, it.splits),
    )
    described = replace(
        source,
        target=table.target,
        decimal=table.decimal,
        missing=None if table.missing is None else tuple(table.missing),
        transform=it.preparation.transforms,
    )
    if table.size <= SMALL:
        _last["inspected"] = _state(described, seed), it
    return spec, described


def load(source: TableFile, seed: int) -> Dataset:
    """All samples of a table, prepared, in their splits; raises UserError as `inspect` does."""
    return dataset(last_inspected(source, seed) or prepared(source, seed))


def last_inspected(source: TableFile, seed: int) -> Prepared | None:
    """What the last inspection prepared, if it was of the same small file, keys and seed; once."""
    state, it = _last.pop("inspected", (None, None))
    return it if it and state == _state(source, seed) else None


def options_of(source: TableFile) -> TableOptions:
    """What the keys say of how the file is to be read."""
    columns, split = dict.fromkeys(source.order, "category") | source.columns, source.split
    if split and split.time is None:
        columns = columns | {split.name: "category"}
    return TableOptions(
        source.target,
        source.delimiter,
        source.decimal,
        source.encoding,
        source.header,
        source.missing,
        columns,
        split.name if split else None,
    )


def prepared(source: TableFile, seed: int) -> Prepared:
    """The table, split and prepared."""
    table = read_table(source.file, options_of(source))
    splits, notes = split_table(table, source, seed)
    try:
        return Prepared(table, splits, fit(table, splits[0], source.transform, source.order), notes)
    except UserError as error:
        raise UserError(f"{source.path}: {error}") from None


_last: dict[str, tuple[tuple[object, ...], Prepared]] = {}


def _state(source: TableFile, seed: int) -> tuple[object, ...]:
    """What a prepared table depends on; files differ that were written at different times."""
    try:
        file = source.file.stat()
    except OSError:
        return (object(),)  # reading says what is wrong
    return replace(source, batch_size=1), seed, file.st_mtime_ns, file.st_size, file.st_ino


def _class_counts(it: Prepared) -> tuple[int, ...]:
    """How many training rows each class has; empty where the target is a number."""
    target = it.table.column(it.table.target)
    if not isinstance(target, CategoryColumn):
        return ()
    counts = np.bincount(target.codes[it.splits[0]], minlength=len(target.categories))
    return tuple(counts.tolist())
