"""A prepared table as arrays and texts by name, for another process, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from tui_dl.data.preparation import restore
from tui_dl.data.prepared_table import Prepared
from tui_dl.data.readers.table import (
    CategoryColumn,
    Column,
    DateColumn,
    NumberColumn,
    Table,
    Task,
    TextColumn,
)

FACTS = "table"  # name of the facts among the texts
SPLITS = "train", "validation", "test"
LEARNED, SECONDS = "preparation.", "datetime64[s]"

Arrays = Mapping[str, npt.NDArray[Any]]


class ColumnFacts(msgspec.Struct, frozen=True):
    """What a column is beside its arrays.

    Attributes:
        name: its name.
        kind: its kind.
        texts: its categories, or the text of each row.
        order: whether day or month came first in a column of dates.
    """

    name: str
    kind: str
    texts: tuple[str, ...] = ()
    order: str = ""


class TableFacts(msgspec.Struct, frozen=True):
    """What a table is beside its columns' arrays: fields of `Table`, and columns with values."""

    rows: int
    columns: tuple[ColumnFacts, ...]
    target: str
    task: Task
    fingerprint: str
    decimal: Literal[".", ","]
    split_column: str | None


def packed(it: Prepared) -> tuple[dict[str, npt.NDArray[Any]], dict[str, str]]:
    """All that its samples are made of: arrays by name, and texts by name."""
    table = it.table
    arrays: dict[str, npt.NDArray[Any]] = dict(zip(SPLITS, it.splits, strict=True))
    arrays |= {LEARNED + name: array for name, array in it.preparation.tensors().items()}
    columns = []
    for place, column in enumerate((*table.inputs, table.column(table.target))):
        facts, values = _facts(column)
        columns.append(facts)
        arrays[f"{place}.missing"] = column.missing.view(np.uint8)
        if values is not None:
            arrays[f"{place}.values"] = values
    facts_of_table = TableFacts(
        table.rows,
        tuple(columns),
        table.target,
        table.task,
        table.fingerprint,
        table.decimal,
        table.split_column,
    )
    texts = {FACTS: msgspec.json.encode(facts_of_table).decode()}
    return arrays, texts | it.preparation.metadata()


def unpacked(arrays: Arrays, texts: Mapping[str, str]) -> Prepared:
    """What was `packed`, without its notes and the columns that are left out.

    Raises:
        UserError, KeyError, msgspec.MsgspecError: it is something else.
    """
    facts = msgspec.json.decode(texts[FACTS], type=TableFacts)
    table = Table(
        facts.rows,
        tuple(_column(it, place, arrays) for place, it in enumerate(facts.columns)),
        facts.target,
        facts.task,
        facts.fingerprint,
        facts.decimal,
        (),
        split_column=facts.split_column,
    )
    learned = {
        name.removeprefix(LEARNED): array
        for name, array in arrays.items()
        if name.startswith(LEARNED)
    }
    train, validation, test = (arrays[name] for name in SPLITS)
    return Prepared(table, (train, validation, test), restore(learned, texts), [])


def _facts(column: Column) -> tuple[ColumnFacts, npt.NDArray[Any] | None]:
    """What a column is, and the array of its values where it has one."""
    name, kind = column.name, column.kind
    match column:
        case NumberColumn():
            return ColumnFacts(name, kind), column.values
        case CategoryColumn():
            return ColumnFacts(name, kind, column.categories), column.codes
        case DateColumn():
            return ColumnFacts(name, kind, order=column.order), column.values.view(np.int64)
        case TextColumn():
            return ColumnFacts(name, kind, tuple(column.values)), None
    raise TypeError(f"a column to predict from or to predict is no {kind}")


def _column(it: ColumnFacts, place: int, arrays: Arrays) -> Column:
    """The column that `_facts` described."""
    missing = arrays[f"{place}.missing"].view(np.bool_)
    if it.kind == TextColumn.kind:
        return TextColumn(it.name, missing, list(it.texts))
    values = arrays[f"{place}.values"]
    match it.kind:
        case NumberColumn.kind:
            return NumberColumn(it.name, missing, values)
        case CategoryColumn.kind:
            return CategoryColumn(it.name, missing, values, it.texts)
    return DateColumn(it.name, missing, values.view(SECONDS), it.order)
