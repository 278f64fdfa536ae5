"""The rows of a table to train on, to validate with and to test with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import CategoryColumn, DateColumn, Mask, NumberColumn, Table
from tui_dl.data.split import Indices, Split, stratified
from tui_dl.data.split_by_column import by_groups, by_parts, by_time
from tui_dl.spec.data.table import TableFile, TableSplit
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted

Codes = npt.NDArray[np.int32]

LEAST_ROWS = 8  # with a target, to train on, to validate with and to test with


def split_table(table: Table, source: TableFile, seed: int) -> tuple[Split, list[str]]:
    """Rows to train on, to validate with and to test with, and notes; all have a target.

    Classes that training would not have could not be predicted. Their rows are moved there, with
    their whole groups; rows that are split by parts or by time stay where they are.

    Raises:
        UserError: there are too few rows, or they cannot be split so.
    """
    target = table.column(table.target)
    rows = np.flatnonzero(~target.missing)
    if len(rows) < LEAST_ROWS:
        raise UserError(
            f"{source.path} has {counted(len(rows), 'row')} with a target: give at least "
            f"{LEAST_ROWS} to train on, to validate with and to test with"
        )
    labels = target.codes[rows] if isinstance(target, CategoryColumn) else None
    parts, notes = _parts(table, rows, labels, source, seed)
    if labels is not None and isinstance(target, CategoryColumn):
        counts, trained = (
            np.bincount(it, minlength=len(target.categories)) for it in (labels, labels[parts[0]])
        )
        absent = np.flatnonzero((counts > 0) & (trained == 0))
        names = _names([target.categories[it] for it in absent])
        if len(absent) and source.split and source.split.group is None:
            raise UserError(
                f"data.split: {source.path}: no row to train on is of class {names}: leave its "
                "rows out, or split in another way"
            )
        if len(absent):
            groups = _groups(table, rows, source.split) if source.split else labels
            moved = np.isin(groups, groups[np.isin(labels, absent)])
            parts = _move(parts, moved)
            notes.append(
                f"classes {names} have so few rows that they are trained on and not tested"
                if not source.split
                else f"classes {names} are in so few groups that they are trained on, not tested"
            )
    return (rows[parts[0]], rows[parts[1]], rows[parts[2]]), notes


def _parts(
    table: Table, rows: Indices, labels: Codes | None, source: TableFile, seed: int
) -> tuple[Split, list[str]]:
    """Places among `rows` of each part, as the keys say, and notes."""
    split, shares = source.split, (source.validation, source.test)
    if split is None:
        classes = np.zeros(len(rows), np.int32) if labels is None else labels
        return stratified(classes, *shares, seed), []
    note = f"rows are split by column {split.name!r}, which is not predicted from"
    try:
        if split.group is not None:
            return by_groups(_groups(table, rows, split), *shares, seed), [note]
        column = table.column(split.name)
        if gaps := int(column.missing[rows].sum()):
            raise UserError(f"{counted(gaps, 'row')} without a value: fill them in")
        if split.column is not None:
            assert isinstance(column, CategoryColumn)
            named = by_parts(column.codes[rows], column.categories)
            if len(named[1]):
                return named, [note]
            share = f"{source.validation:.0%} of those to train on"
            more = f"no row is named to validate with: {share} are, drawn at random"
            return _with_validation(named, labels, source.validation, seed), [note, more]
        if not isinstance(column, DateColumn | NumberColumn):
            raise UserError(f"a {column.kind} is no time: name a column of dates or numbers")
        return by_time(column.values[rows], *shares), [note]
    except UserError as error:
        raise UserError(f"data.split: {source.path}, column {split.name!r}: {error}") from None


def _with_validation(parts: Split, labels: Codes | None, share: float, seed: int) -> Split:
    """The parts with a share of the rows to train on to validate with, every class in proportion.

    No class loses its last row to train on.
    """
    train, _, test = parts
    classes = np.zeros(len(train), np.int32) if labels is None else labels[train]
    kept, drawn, _ = stratified(classes, share, 0, seed)
    last = np.isin(classes[drawn], classes[kept], invert=True)
    kept, drawn = np.concatenate([kept, drawn[last]]), drawn[~last]
    if not len(drawn):
        raise UserError(
            f"no row is named to validate with, and {counted(len(train), 'row')} to train on are "
            "too few to take some of them: name some"
        )
    return train[kept], train[drawn], test


def _groups(table: Table, rows: Indices, split: TableSplit) -> Codes:
    """(rows,) the group of each row; those without a value are one group."""
    column = table.column(split.name)
    assert isinstance(column, CategoryColumn)
    return column.codes[rows]


def _move(parts: Split, moved: Mask) -> Split:
    """The parts with the places where `moved` is true in the first one."""
    train, validation, test = parts
    more = (validation[moved[validation]], test[moved[test]])
    train = np.concatenate([train, *more])
    return train, validation[~moved[validation]], test[~moved[test]]


def _names(classes: list[str]) -> str:
    """The first names of classes, quoted, and how many more there are."""
    more = f" and {len(classes) - 3} others" if len(classes) > 3 else ""
    return ", ".join(map(repr, classes[:3])) + more
