"""Terminals without UTF-8: every character becomes ASCII and takes as many cells as before."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.ui.screens import settle, text
from tests.ui.test_golden import GOLDEN
from tui_dl.support.terminal_text import printable
from tui_dl.ui.app import NEEDS_UNICODE, TuiDl
from tui_dl.ui.ascii_only import in_ascii


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("╭─ Loss ─╮", "+- Loss -+"),
        ("│ 98,5 % │", "| 98,5 % |"),
        ("├┤┼━┃╱", "+++-|/"),
        ("⠁⠿⣿ ▁▇█░", ".#? _##.".replace("?", "#")),
        ("✔ ½ ✘ ● ▲ → µs", "v / x * ^ > us"),
        ("age↓ age↑", "age_ age^"),
        ("Müller", "Muller"),
        ("한글", "????"),
    ],
)
def test_lines_blocks_and_dots_keep_their_look(text: str, ascii_text: str) -> None:
    assert in_ascii(text) == ascii_text


@given(st.text())
def test_every_text_is_ascii_of_the_same_width(text: str) -> None:
    shown = printable(text)
    if all(cell_len(it) for it in shown):
        assert in_ascii(shown).isascii()
        assert len(in_ascii(shown)) == cell_len(shown)


def test_where_only_ascii_is_shown_all_is_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    app = TuiDl(tmp_path, language="ko", settings_file=tmp_path / "settings.toml")

    async def session() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(app, pilot)
            assert "Course" in text(app)
            await pilot.press("L")
            await settle(app, pilot)
            assert NEEDS_UNICODE in [it.message for it in app._notifications]
            assert "Course" in text(app)

    asyncio.run(session())


def test_no_sign_of_the_screens_is_unknown() -> None:
    signs = {it for file in GOLDEN.glob("*.txt") for it in file.read_text(encoding="utf-8")}
    signs = {it for it in signs if not it.isalpha()}  # 한국어 names a language
    assert sorted(it for it in signs if it != "?" and "?" in in_ascii(it)) == []
