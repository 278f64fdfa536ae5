"""A column by its distinct cells."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tui_dl.data.readers.cells import distinct
from tui_dl.data.readers.missing import MAYBE, MISSING

CELL = st.sampled_from(
    ["a", " a", "A\u3000", "한 ", "", " ", "NA", " n/a ", "None", "none\t", "b" * 99]
)
CELLS = st.lists(st.none() | CELL, max_size=9)


@given(CELLS, st.sampled_from([pa.string(), pa.large_string()]))
def test_words_are_trimmed_and_missing_ones_have_none(
    cells: list[str | None], kind: pa.DataType
) -> None:
    found = distinct(pa.chunked_array([cells[:4], cells[4:]], kind), MISSING)
    words = found.words.to_pylist()
    texts = [(cell or "").strip() for cell in cells]
    expected = ["" if it.lower() in MISSING else it for it in texts]
    assert [words[code] if code >= 0 else "" for code in found.codes.tolist()] == expected
    assert words == [*dict.fromkeys(filter(None, expected))]
    assert sum(found.maybe.values()) == sum(it.lower() in MAYBE for it in texts)
