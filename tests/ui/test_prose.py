"""Texts in Markdown on the screen."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App, ComposeResult

from tests.drawing.test_wrapped import TEXT, TOGETHER
from tui_dl.ui.panels.prose import Paragraph, Prose

WIDTHS = range(12, 64, 3)


class Page(App[None]):
    """Shows one text; every second word of it is emphasised."""

    def compose(self) -> ComposeResult:
        words = TEXT.split(" ")
        words[::2] = [f"**{word}**" for word in words[::2]]
        yield Prose(" ".join(words))


@pytest.fixture(scope="module")
def shown() -> dict[int, list[str]]:
    """The rows of the text for each width of its paragraph."""

    async def look() -> dict[int, list[str]]:
        found, app = {}, Page()
        async with app.run_test() as pilot:
            for width in WIDTHS:
                await pilot.resize_terminal(width + 4, 40)
                await pilot.pause()
                it = app.query_one(Paragraph)
                rows = [it.render_line(y).text.strip() for y in range(it.size.height)]
                found[it.size.width] = rows
        return found

    return asyncio.run(look())


def test_a_number_and_its_unit_stand_in_one_row(shown: dict[int, list[str]]) -> None:
    assert len(shown) == len(WIDTHS)
    for width, rows in shown.items():
        assert " ".join(rows) == TEXT  # none is missing, and no letter is another
        assert all(len(row) <= width for row in rows)
        assert all(sum(it in row for row in rows) == 1 for it in TOGETHER), rows
