"""Values of a column whose kind is known."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tui_dl.data.readers.column_values import Context, plain_text_column
from tui_dl.data.readers.missing import MISSING

CONTEXT = Context(".", MISSING, str, "table.csv")
CELLS = st.lists(st.none() | st.text(st.sampled_from("aé한 \t\u00a0\u3000\x1f"), max_size=4))


@given(st.lists(CELLS, min_size=1, max_size=4), st.integers(0, 3))
def test_texts_have_no_blanks_around_them(chunks: list[list[str | None]], skipped: int) -> None:
    cells = pa.chunked_array([pa.array(it, pa.string()).slice(skipped) for it in chunks])
    column = plain_text_column("text", cells, CONTEXT)
    expected = [(it or "").strip() for it in cells.to_pylist()]
    assert list(column.values) == expected
    assert column.missing.tolist() == [it.lower() in MISSING for it in expected]
