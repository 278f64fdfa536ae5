"""Reads a table from a file: its columns with their kinds and values, its target, and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from tui_dl.data.readers.cells import RawTable, without_missing
from tui_dl.data.readers.column_kinds import MANY, make_column, make_number_or_text
from tui_dl.data.readers.column_values import Context
from tui_dl.data.readers.decimal_mark import DecimalMark, find_decimal_mark
from tui_dl.data.readers.identifiers import ID_NAME
from tui_dl.data.readers.missing import BUT_MINUS, MISSING
from tui_dl.data.readers.raw_table import LOOKED_AT, raw_table
from tui_dl.data.readers.table import (
    NAMED_KINDS,
    CategoryColumn,
    Column,
    ConstantColumn,
    IdentifierColumn,
    Table,
    TableOptions,
)
from tui_dl.data.readers.target import as_target, find_target
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import quoted
from tui_dl.support.processors import cores


def read_table(path: Path, options: TableOptions | None = None) -> Table:
    """Read a table whole, with everything found out that `options` does not say.

    Args:
        path: a file of delimited text, JSON lines or a JSON list of records; `.gz` is unpacked.
        options: what the user says about it.

    Raises:
        UserError: the file cannot be read as a table with a target and another column, in one line
            with its place and what to do.
    """
    options = options or TableOptions()
    file = str(path)
    raw, fingerprint, size, lines = raw_table(path, options, options.header, parse_values=True)
    _check_size(raw, file)
    _check_options(raw, file, options)
    decimal, doubt = _decimal_mark(raw, options)
    split = options.split_column
    names = [it for it in raw.names if it != split]
    target, guess = find_target(names, options.target, file, partial(_is_mostly_empty, raw))
    if decimal == ",":
        lines.append("decimal commas")
    options = replace(options, missing=raw.missing)
    context = Context(decimal, options.missing_cells, raw.place, file)
    index = raw.names.index(target)
    maybe: Mapping[str, int] = {}
    if index in raw.with_maybe:
        raw.columns[index], maybe = without_missing(raw.columns[index], context.missing)
    columns, kind_notes = _columns(raw, target, options, context)
    if all(
        isinstance(it, IdentifierColumn | ConstantColumn)
        for it in columns
        if it.name not in (target, split)
    ):
        raise UserError(
            f"{file}: nothing to predict {target!r} from: the other columns are identifiers or "
            "have one value"
        )
    columns, target_notes = _with_target(columns, target, options.columns.get(target), file, maybe)
    gaps = next(it for it in columns if it.name == target).missing
    if guess and (gaps.sum() - sum(maybe.values())) * 2 > len(gaps):
        guess.append(f"most rows have no {target!r}: to predict another column, say data.target")
    table_notes = ["; ".join(lines), *doubt, *kind_notes, *guess, *target_notes]
    count = sum(column.missing_count for column in columns)
    if count:
        width = sum(column.missing_count > 0 for column in columns)
        table_notes.append(f"{count:,} missing cells in {width:,} column{'s' * (width > 1)}")
    is_class = any(it.name == target and isinstance(it, CategoryColumn) for it in columns)
    return Table(
        rows=len(columns[0].missing),
        columns=tuple(columns),
        target=target,
        task="classification" if is_class else "regression",
        fingerprint=fingerprint,
        decimal="," if decimal == "," else ".",
        notes=tuple(table_notes),
        size=size,
        split_column=split,
        missing=raw.missing,
    )


def _check_size(raw: RawTable, file: str) -> None:
    """Raise UserError for a table of one column or one row."""
    if len(raw.names) < 2:
        what = f"one column, {quoted(raw.names[0], 40)}" if raw.names else "no columns"
        raise UserError(
            f"{file} has {what}: a target and another column are needed; if there are more, say "
            "data.delimiter"
        )
    rows = len(raw.columns[0])
    if rows < 2:
        what = "one row" if rows else "a header and no rows"
        raise UserError(f"{file} has {what}: a table to learn from has many")


def _check_options(raw: RawTable, file: str, options: TableOptions) -> None:
    """Raise UserError for columns and kinds that do not exist, or a split by the target."""
    split = options.split_column
    if split is not None and split not in raw.names:
        raise UserError(f"data.split: {file} has no column {split!r}{suggest(split, raw.names)}")
    if split is not None and split == options.target:
        raise UserError(f"data.split: column {split!r} is the target: name another one")
    for name, kind in options.columns.items():
        if name not in raw.names:
            raise UserError(
                f"data.columns: {file} has no column {name!r}{suggest(name, raw.names)}"
            )
        if kind not in NAMED_KINDS:
            raise UserError(
                f"data.columns.{name}: no kind of column is {kind!r}{suggest(kind, NAMED_KINDS)}"
            )
    if options.decimal not in (None, ".", ","):
        raise UserError(f'data.decimal: {options.decimal!r} is neither "." nor ","')


def _decimal_mark(raw: RawTable, options: TableOptions) -> tuple[str, list[str]]:
    """The decimal mark, and a note where it may be the other one."""
    if known := options.decimal or raw.decimal:
        return known, []
    mark, doubt = decimal_mark_of(raw)
    if not doubt:
        return mark, []
    (commas, comma), (points, point) = doubt
    read, key = ("commas", ".") if mark == "," else ("points", ",")
    return mark, [
        f"column {raw.names[commas]!r} has numbers such as {quoted(comma)}, column "
        f"{raw.names[points]!r} such as {quoted(point)}: {read} are taken to be decimal; if that "
        f'is wrong, say data.decimal = "{key}"'
    ]


def decimal_mark_of(raw: RawTable) -> DecimalMark:
    """The decimal mark by the first cells of each column."""
    starts = (_start(column) for column in raw.columns)
    return find_decimal_mark(starts, raw.delimiter)


def has_decimal_commas(columns: Iterable[pa.ChunkedArray]) -> bool:
    """Whether numbers in columns of text can only be read with decimal commas."""
    return find_decimal_mark(map(_start, columns), ",").mark == ","


def _is_mostly_empty(raw: RawTable, name: str) -> bool:
    """Whether most cells of a column are missing."""
    cells = raw.columns[raw.names.index(name)]
    return bool(cells.null_count * 2 > len(cells))


def _start(column: pa.ChunkedArray) -> list[str]:
    """The first cells of a column of text that are not missing, each once."""
    if pa.types.is_timestamp(column.type):
        return []
    cells = pc.unique(column.slice(0, LOOKED_AT)).to_pylist()
    return [it for it in cells if it is not None and it.strip().lower() not in MISSING]


def _columns(
    raw: RawTable, target: str, options: TableOptions, context: Context
) -> tuple[list[Column], list[str]]:
    """All columns with their values, and notes; the text of each is freed once it is read."""
    kept_names = (target, options.split_column)

    def make(name: str, cells: pa.ChunkedArray) -> tuple[Column, list[str], pa.ChunkedArray | None]:
        """A column, its notes, and its cells if it was guessed to be an identifier."""
        kind = options.columns.get(name)
        known = context
        if context.missing == BUT_MINUS and not _has_plus(cells):
            known = context._replace(missing=MISSING)
        column, more = make_column(name, cells, kind, name in kept_names, known)
        guessed = isinstance(column, IdentifierColumn) and kind is None
        return column, more, cells if guessed else None

    is_long = len(raw.columns[0]) > MANY  # in a short table threads take longer to start than help
    unread = dict(enumerate(raw.columns))
    raw.columns.clear()
    order = sorted(unread, key=lambda it: unread[it].nbytes, reverse=True)  # the most work first
    names, cells = (raw.names[it] for it in order), (unread.pop(it) for it in order)
    if is_long:
        from concurrent.futures import ThreadPoolExecutor  # takes as long as a small table

        with ThreadPoolExecutor(cores()) as pool:  # pyarrow computes without the GIL
            results = [*pool.map(make, names, cells)]
    else:
        results = [*map(make, names, cells)]
    made = [it for _, it in sorted(zip(order, results, strict=True), key=itemgetter(0))]
    columns, notes = [it[0] for it in made], [it[1] for it in made]
    identifiers = {index: it[2] for index, it in enumerate(made) if it[2] is not None}
    kept = 1 if options.split_column is None else 2
    if len(identifiers) == len(columns) - kept:  # better predicted from than nothing
        for index, guessed in identifiers.items():
            name = raw.names[index]
            if not ID_NAME.match(name):
                columns[index], notes[index] = make_number_or_text(name, guessed, context)
    return columns, [note for more in notes for note in more]


def _has_plus(cells: pa.ChunkedArray) -> bool:
    """Whether some cell is a plus alone."""
    return pa.types.is_string(cells.type) and bool(pc.any(pc.equal(cells, "+")).as_py())


def _with_target(
    columns: list[Column], target: str, kind: str | None, file: str, maybe: Mapping[str, int]
) -> tuple[list[Column], list[str]]:
    """The columns with the target as classes or numbers, and notes."""
    index = next(index for index, it in enumerate(columns) if it.name == target)
    column, notes = as_target(columns[index], kind, file, maybe)
    return [*columns[:index], column, *columns[index + 1 :]], notes
