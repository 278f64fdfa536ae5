"""Rows of styled text for Rich: on a terminal, or as an SVG image."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tui_dl.drawing.styled_text import StyledLine, length

# The colours of named styles, those of the dashboard's theme on a dark ground.
COLOURS = {
    "plain": "", "strong": "bold", "dim": "#9e9e9e", "faint": "#6c6c6c", "axis": "#767676",
    "train": "#5fafff", "heat": "#5f87d7", "step": "#5f5f5f", "validation": "#ffaf5f",
    "second": "#ffd75f", "best": "#87d787", "stop": "#ff8787",
    "good": "#87d787", "warn": "#ffd75f", "bad": "#ff8787",
    "shared": "#d7d7d7",
}  # fmt: skip
GROUND, TEXT = (18, 18, 18), (208, 208, 208)


def rich_style(name: str) -> Style:
    """The style of a piece of text: of a name, or colours as Rich writes them."""
    return Style.parse(COLOURS.get(name, name))


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
