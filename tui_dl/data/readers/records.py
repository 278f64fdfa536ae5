"""Records in JSON: one object a line, or a list of objects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import msgspec
import pyarrow as pa

from tui_dl.data.readers.cells import RawTable
from tui_dl.data.readers.header import clean_names
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import NOT_JSON

Value = str | int | float | bool | None
CHUNK = 50_000  # records that are held as objects at a time
LIST = re.compile(rb"\s*\[\s*[{\]]")
OTHER_LIST = re.compile(rb'\s*\[\s*(?:[\["\d-]|null|true|false)')
NOT_FINITE = re.compile(rb"[:,\[]\s*(?:NaN|-?Infinity)\b")
OBJECT = re.compile(rb'\s*\{\s*["}]')


def is_json(data: bytes) -> bool:
    """Whether a text begins like a list of objects or like an object."""
    return bool(LIST.match(data) or OBJECT.match(data))


def check_no_other_list(data: bytes, name: str) -> None:
    """Raise UserError for a JSON list of something else than records."""
    if not OTHER_LIST.match(data):
        return
    try:
        msgspec.json.decode(data, type=list[msgspec.Raw])
    except NOT_JSON:
        return
    raise UserError(
        f"{name} is a JSON list, but not of records: write each row as an object with the names of "
        "the columns as keys"
    )


def read_records(data: bytes, name: str) -> RawTable:
    """The cells of a file of records, whose keys are the columns.

    A key that a record does not have is a missing value there, and so is null.

    Args:
        data: JSON in UTF-8.
        name: the file's name, for messages.

    Raises:
        UserError: a record is no JSON or holds a list or an object; the message has its line or
            number, and its key.
    """
    is_list = LIST.match(data) is not None
    unit = "record" if is_list else "line"
    source = _of_list(data, name) if is_list else _of_lines(data)
    if not is_list and _is_one_object(data):
        if _nested(data) is not None:
            raise UserError(
                f"{name} is one JSON object, not a table: give a list of records, or one record a "
                "line"
            )
        source = iter([(1, data)])
    columns: dict[str, list[pa.Array]] = {}
    numbers: list[int] = []  # of the record or line of every row
    chunk: list[dict[str, Value]] = []
    for number, raw in source:
        chunk.append(_record(raw, f"{name}, {unit} {number:,}"))
        numbers.append(number)
        if len(chunk) == CHUNK:
            _append(columns, chunk, len(numbers))
            chunk.clear()
    _append(columns, chunk, len(numbers))
    names, changed = clean_names(list(columns), name)
    cells = [pa.chunked_array(it, pa.string()) for it in columns.values()]
    found = "a JSON list of records" if is_list else "JSON lines"
    return RawTable(names, cells, "", lambda row: f"{unit} {numbers[row]:,}", [found, *changed])


def _is_one_object(data: bytes) -> bool:
    """Whether a text is one object over several lines, and not one a line."""
    try:
        first, _, rest = data.strip().partition(b"\n")
        if rest:
            msgspec.json.decode(first, type=msgspec.Raw)
        return not rest
    except msgspec.DecodeError:
        pass
    except RecursionError:  # so much of a line is an object
        return False
    try:
        msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except NOT_JSON:
        return False
    return True


def _of_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each line that is not blank, with its number from 1."""
    for index, line in enumerate(data.split(b"\n")):
        if line.strip():
            yield index + 1, line


def _of_list(data: bytes, name: str) -> Iterator[tuple[int, msgspec.Raw]]:
    """Each element of a list, with its number from 1."""
    try:
        records = msgspec.json.decode(_standard(data), type=list[msgspec.Raw])
    except NOT_JSON as error:
        raise UserError(f"{name}: no valid JSON: {error}: correct the file") from None
    return iter(enumerate(records, start=1))


def _standard(raw: bytes) -> bytes:
    """JSON in which NaN, Infinity and -Infinity, which Python writes as numbers, are texts."""
    if not NOT_FINITE.search(raw):
        return raw
    try:
        return msgspec.json.encode(json.loads(raw, parse_constant=str))
    except (ValueError, OverflowError, RecursionError):
        return raw  # whose error is reported


def _record(raw: bytes | msgspec.Raw, where: str) -> dict[str, Value]:
    """A record's values by key."""
    try:
        return _DECODER.decode(_standard(bytes(raw)))
    except msgspec.ValidationError as error:
        key = _nested(raw)
        problem = f"{key!r} holds a list or an object" if key is not None else str(error)
        raise UserError(f"{where}: {problem}: write one value a key") from None
    except NOT_JSON as error:
        raise UserError(f"{where}: no valid JSON: {error}: correct it") from None


_DECODER = msgspec.json.Decoder(dict[str, Value])


def _nested(raw: bytes | msgspec.Raw) -> str | None:
    """The first key of a record whose value is a list or an object."""
    try:
        values = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except NOT_JSON:  # no object, or damaged further on
        return None
    return next((key for key, it in values.items() if bytes(it).lstrip()[:1] in b"[{"), None)


def _append(columns: dict[str, list[pa.Array]], chunk: list[dict[str, Value]], rows: int) -> None:
    """Add a chunk of records to the columns, which then have `rows` rows."""
    before = rows - len(chunk)
    for key in dict.fromkeys(key for record in chunk for key in record):
        if key not in columns:
            columns[key] = [pa.nulls(before, pa.string())]
    for key, parts in columns.items():
        parts.append(pa.array([_text(record.get(key)) for record in chunk], pa.string()))


def _text(value: Value) -> str | None:
    """A value as it would stand in a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
