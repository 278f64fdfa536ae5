"""Answers as rows: names, bars, spans and numbers in as many cells as there are."""

from __future__ import annotations

import pytest

from tui_dl.drawing.answer import draw
from tui_dl.drawing.styled_text import length
from tui_dl.protocol.answer import Answer, Span


def rows(answer: Answer, width: int = 60) -> list[str]:
    drawn = draw(answer, width)
    assert all(length(row) <= width for row in drawn)
    return ["".join(text for text, _ in row).rstrip() for row in drawn]


def test_the_likeliest_classes_come_first() -> None:
    shares = {str(digit): 0.05 for digit in range(10)} | {"7": 0.55}
    drawn = rows(Answer("7", probabilities=shares))
    assert len(drawn) == 5
    assert drawn[0].startswith("7 ███████████")
    assert drawn[0].endswith(" 55.0 %")


@pytest.mark.parametrize("width", [30, 56, 96])
def test_spans_are_broken_between_them(width: int) -> None:
    spans = tuple(Span("month", at, at + 5, "March", 0.9) for at in range(0, 40, 5))
    drawn = rows(Answer("", spans=spans), width)
    assert sum(row.count("March [month] 90.0 %") for row in drawn) == 8


def test_numbers_and_texts() -> None:
    assert rows(Answer(0.1234567891)) == ["0.1234568"]
    assert rows(Answer((1.0, -2.5))) == ["1 -2.5"]
    assert rows(Answer("2021-03-03", probability=0.987)) == ["2021-03-03   98.7 %"]
    assert rows(Answer(0.5, limit=0.25)) == ["0.5   unusual: above 0.25"]
    assert rows(Answer(0.1, limit=0.25)) == ["0.1   usual: not above 0.25"]
    assert rows(Answer("to be\nor not", remarks=("cut", "2"))) == ["to be", "or not", "cut", "2"]
    assert rows(Answer(tuple(map(float, range(64)))))[-1].endswith("64 numbers")
