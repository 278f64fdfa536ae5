"""Small files written for tests, and the tables read from them."""

from pathlib import Path
from typing import Any

import pytest

from tui_dl.data.readers.read_table import read_table
from tui_dl.data.readers.table import (
    CategoryColumn,
    DateColumn,
    NumberColumn,
    Table,
    TableOptions,
    TextColumn,
)
from tui_dl.support.errors import UserError


def read(folder: Path, content: str | bytes, name: str = "table.csv", **options: Any) -> Table:
    """The table read from a file with `content`."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, TableOptions(**options))


def refused(folder: Path, content: str | bytes, name: str = "table.csv", **options: Any) -> str:
    """The one line that refuses a file with `content`, without its folder."""
    with pytest.raises(UserError) as caught:
        read(folder, content, name, **options)
    line = str(caught.value)
    assert "\n" not in line
    return line.replace(f"{folder}/", "")


def values(table: Table, name: str) -> list[Any]:
    """The values of a column as Python has them; None where missing."""
    column = table.column(name)
    found: list[Any]
    match column:
        case NumberColumn() | DateColumn():
            found = [it.item() for it in column.values]
        case CategoryColumn():
            found = [column.categories[it] for it in column.codes]
        case TextColumn():
            found = list(column.values)
        case _:
            raise AssertionError(f"{name} is left out")
    return [None if gone else it for it, gone in zip(found, column.missing, strict=True)]


def kinds(table: Table) -> dict[str, str]:
    """The kind of each column."""
    return {column.name: column.kind for column in table.columns}
