"""Pasted text is text: no key of it acts, and where one line is taken of several, that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.widgets import Input

from tests.ui.screens import Session, drive, eventually, settle
from tui_dl.ui.app import TuiDl
from tui_dl.ui.paste_parser import END, START, PasteParser


@given(st.text("\x1b[201~\x01\rab안", max_size=30), st.integers(1, 9))
def test_a_paste_is_one_event_however_it_arrives(text: str, size: int) -> None:
    text = text.replace(END, "").replace(END, "")
    sent = f"x{START}{text}{END}y"
    parser, found = PasteParser(), []
    for at in range(0, len(sent), size):
        found += list(parser.feed(sent[at : at + size]))
    assert [type(it) for it in found] == [Key, Paste, Key]
    assert isinstance(found[1], Paste)
    assert found[1].text == text.replace("\x1b", "")


def test_keys_beside_a_paste_are_keys() -> None:
    found = list(PasteParser().feed(f"a\x1b[A{START}{END}\x1b[B"))
    assert [it.key for it in found if isinstance(it, Key)] == ["a", "up", "down"]


@pytest.mark.parametrize(("pasted", "taken"), [("a b\nc\nd", "a b"), ("\n one \n", " one ")])
def test_of_several_lines_the_first_is_taken(pasted: str, taken: str, tmp_path: Path) -> None:
    async def paste(app: TuiDl, pilot: Session) -> None:
        await pilot.press("4", "o")
        await settle(app, pilot)
        app.post_message(Paste(pasted))
        await settle(app, pilot)
        if pasted.strip() != taken.strip():
            await eventually(app, pilot, "Only the first of 3 lines is taken")
        assert app.screen.query_one(Input).value == taken

    drive(tmp_path, None, paste)
