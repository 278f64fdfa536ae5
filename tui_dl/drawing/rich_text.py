"""Rows of styled text for Rich: on a terminal, or as an SVG image."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tui_dl.drawing.palette import DARK
from tui_dl.drawing.styled_text import StyledLine, length

GROUND, TEXT = (18, 18, 18), (208, 208, 208)


def rich_style(name: str) -> Style:
    """The style of a piece of text: of a name, or colours as Rich writes them."""
    if name in ("plain", "strong"):
        return Style(bold=name == "strong" or None)  # in the terminal's own colour
    return Style.parse(DARK.get(name, name))


def rich_text(row: StyledLine) -> Text:
    """One row."""
    return Text.assemble(*((text, rich_style(style)) for text, style in row), no_wrap=True)


def svg(rows: Iterable[StyledLine], title: str) -> str:
    """An SVG image of `rows`, as a terminal window with a title."""
    lines = list(rows)
    width = max([40, *map(length, lines)])
    console = Console(
        record=True, width=width, file=StringIO(), color_system="truecolor", force_terminal=True,
        legacy_windows=False,
    )  # fmt: skip
    for row in lines:
        console.print(rich_text(row), overflow="crop")
    theme = TerminalTheme(GROUND, TEXT, [(0, 0, 0)] * 8)
    return console.export_svg(title=title, theme=theme)
