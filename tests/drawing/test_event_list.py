"""The list of events: one row for each, and more where a sentence is long."""

from __future__ import annotations

from tui_dl.drawing.event_list import BEFORE, EventRows
from tui_dl.drawing.styled_text import length
from tui_dl.protocol.events import AnyEvent, EarlyStopped, Evaluated, Refused

LONG: list[AnyEvent] = [
    Refused(time=0.0, file="a" * 50, reason="a b"),
    EarlyStopped(time=1.0, epoch=9, best_epoch=1, patience=8, restored=True),
]


def said(width: int) -> list[str]:
    return ["".join(text for text, _ in row) for row in EventRows().up_to(LONG, width)]


def test_a_long_sentence_goes_on_below_its_beginning() -> None:
    rows = said(56)
    assert all(len(row) <= 56 for row in rows)
    assert len(rows) > 2
    words = " ".join(row[BEFORE:] for row in rows)
    assert "8 epochs no better than epoch 1, whose weights are restored" in words
    assert [row[:BEFORE].strip()[:4] for row in rows if row[:BEFORE].strip()] == ["0:00", "0:01"]


def test_each_width_has_its_rows() -> None:
    rows = EventRows()
    assert len(rows.up_to(LONG, 200)) == 2
    assert all(length(row) <= 50 for row in rows.up_to(LONG, 50))
    assert len(rows.up_to(LONG[:1], 200)) == 1


def test_times_never_fall_although_an_event_is_written_after_one_that_was_made_later() -> None:
    made = 0.0, 7.1, 6.9, 8.0
    events: list[AnyEvent] = [
        Evaluated(time=it, split="test", loss=0.5, accuracy=None) for it in made
    ]
    rows = ["".join(text for text, _ in row) for row in EventRows().up_to(events, 80)]
    assert [row[:BEFORE].strip() for row in rows] == ["0:00", "0:07", "0:07", "0:08"]
