"""A table that was read, split and prepared; and its samples."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.preparation import Preparation
from tui_dl.data.readers.table import Table
from tui_dl.data.source_rows import SourceRows
from tui_dl.data.split import Split


class Prepared(NamedTuple):
    """A table as it was read, its rows by split, and what was learned from the training ones."""

    table: Table
    splits: Split
    preparation: Preparation
    notes: list[str]


def dataset(it: Prepared) -> Dataset:
    """All samples of a prepared table, in their splits."""
    table, preparation, (train, validation, _) = it.table, it.preparation, it.splits
    rows = np.concatenate(it.splits)  # in this order each split is a part of all samples, no copy
    columns = {column.name: column.take(rows) for column in table.inputs}
    inputs = preparation.inputs(columns, len(rows))
    targets = preparation.targets(table.column(table.target).take(rows))
    samples = Samples(inputs, targets, preparation.lengths(inputs))
    cells = SourceRows.of(table)
    ends = len(train), len(train) + len(validation)
    shown = (
        dataclasses.replace(samples.take(places), source=cells.take(rows[places]))
        for places in (slice(*ends), slice(ends[1], None))
    )
    return Dataset(
        samples.take(slice(ends[0])),
        *shown,
        preparation=preparation,
        fingerprint=table.fingerprint,
    )
