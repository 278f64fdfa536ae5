"""Remarks on many samples are few lines; lines of a file are read as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_dl.process.predict.read_lines import read_lines
from tui_dl.process.predict.remarks import MOST, Remarks
from tui_dl.protocol.answer import Answer
from tui_dl.support.errors import UserError


def lines(*remarks: tuple[str, ...]) -> list[str]:
    made = Remarks(lambda index: f"row {index + 1}")
    answers = [Answer("a", remarks=it) for it in remarks]
    parts = [answers[at : at + 2] for at in range(0, len(answers), 2)]
    assert [it for part in made.of(parts) for it in part] == answers
    return [*made.lines()]


def test_a_remark_is_said_once_with_its_first_sample() -> None:
    assert lines((), ("a", "b"), (), ("b",), ("b",)) == ["row 2: a", "row 2 and 2 more: b"]
    assert lines((), ()) == []


def test_of_many_remarks_the_first_are_said() -> None:
    found = lines(*[(f"remark {index}",) for index in range(MOST + 5)])
    assert len(found) == MOST + 1
    assert found[-1] == "5 more such remarks: --json has them beside each answer"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(end: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"one{end}two{end}", newline="")
    assert read_lines(tmp_path / "a.txt", "a word") == ["one", "two"]


def test_bytes_of_something_else_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.idx").write_bytes(b"\0\0\x08\x03\0\0\0\1\xff")
    with pytest.raises(UserError, match=r"a.idx is no text: give a line for each sample: a word"):
        read_lines(tmp_path / "a.idx", "a word")
    (tmp_path / "a.txt").write_bytes("one\n".encode("utf-16"))
    with pytest.raises(UserError, match="is not UTF-8: save the file as UTF-8"):
        read_lines(tmp_path / "a.txt", "a word")
