"""The first items of a list that grows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_dl.support.beginning import Beginning

INDICES = st.none() | st.integers(-12, 12)


@given(st.lists(st.integers(), max_size=10), st.data())
def test_it_is_the_list_as_it_was(items: list[int], data: st.DataObject) -> None:
    start, stop, step = data.draw(st.tuples(INDICES, INDICES, INDICES.filter(lambda it: it != 0)))
    before = list(items)
    beginning = Beginning(items, len(items))
    items += [-1, -2]
    assert beginning == before == beginning
    assert [*beginning] == before
    assert [*reversed(beginning)] == before[::-1]
    assert beginning[start:stop:step] == before[start:stop:step]
    assert len(beginning) == len(before)
    assert [beginning[it] for it in range(-len(before), len(before))] == before * 2
    assert beginning != items
