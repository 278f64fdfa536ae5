"""Random tables, written in every dialect, are read back as they were."""

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.data.readers.tables import read, values
from tui_dl.data.readers.missing import MISSING
from tui_dl.support.terminal_text import is_printable

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def _is_word(text: str) -> bool:
    """Whether a cell with this text is read as it is: neither missing nor trimmed."""
    return text == text.strip() and text.lower() not in MISSING


WORDS = TEXT.filter(_is_word)
NAMES = TEXT.map(lambda it: " ".join(it.split())).filter(lambda it: it != "" and is_printable(it))
NUMBERS = st.floats(-1e30, 1e30, allow_nan=False).map(lambda it: float(f"{it:.6g}"))


class Written(NamedTuple):
    """A table: names, and columns of words or numbers with None where a cell is missing."""

    names: list[str]
    kinds: list[str]
    rows: list[list[Any]]


@st.composite
def tables(draw: st.DrawFn) -> Written:
    """A table with a target of two classes in its last column."""
    width = draw(st.integers(2, 5))
    names = draw(st.lists(NAMES, min_size=width, max_size=width, unique=True))
    kinds = [*draw(st.lists(st.sampled_from(["text", "number"]), min_size=width - 1,
                            max_size=width - 1)), "category"]  # fmt: skip
    count = draw(st.integers(2, 8))
    rows = [
        [
            draw(st.none() | (NUMBERS if kind == "number" else WORDS))
            if kind != "category"
            else "pq"[row % 2]
            for kind in kinds
        ]
        for row in range(count)
    ]
    return Written(names, kinds, rows)


def _check(written: Written, content: bytes, **options: Any) -> None:
    """Read `content` and compare all values."""
    columns = dict(zip(written.names, written.kinds, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        table = read(
            Path(folder), content, columns=columns, target=written.names[-1], missing=[*MISSING],
            **options,
        )  # fmt: skip
    assert [it.name for it in table.columns] == written.names
    for name, expected in zip(written.names, zip(*written.rows, strict=True), strict=True):
        assert values(table, name) == list(expected)


@settings(deadline=None, max_examples=60)
@given(
    written=tables(),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    decimal=st.sampled_from(".,"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    packed=st.booleans(),
)
def test_delimited(
    written: Written,
    delimiter: str,
    end: str,
    quoting: Any,
    decimal: str,
    encoding: str,
    packed: bool,
) -> None:
    has_returns = any("\r" in str(it) for row in written.rows for it in row)
    assume(quoting == csv.QUOTE_ALL or not has_returns)  # else Python 3.11 writes them bare
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(written.names)
    for row in written.rows:
        writer.writerow(
            [str(it).replace(".", decimal) if isinstance(it, float) else it for it in row]
        )
    data = text.getvalue().encode(encoding)
    _check(
        written, gzip.compress(data) if packed else data, header=True, delimiter=delimiter,
        decimal=decimal,
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(tables(), st.booleans())
def test_json(written: Written, as_lines: bool) -> None:
    records = [dict(zip(written.names, row, strict=True)) for row in written.rows]
    lines = "\n".join(json.dumps(it) for it in records)
    _check(written, (lines if as_lines else json.dumps(records)).encode())
