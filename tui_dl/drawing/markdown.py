"""A text in Markdown as rows of styled text."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.theme import Theme

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import broken, unbroken
from tui_dl.support.terminal_text import printable

# Styles of Rich's, told apart by attributes that stand for styles of ours.
THEME = Theme(
    {
        "markdown.code": Style(italic=True),
        "markdown.code_block": Style(italic=True),
        **{f"markdown.h{level}": Style(underline=True) for level in range(1, 7)},
        "markdown.strong": Style(bold=True),
        "markdown.em": Style(bold=True),
        "markdown.link": Style(), "markdown.link_url": Style(dim=True),
        "markdown.item.bullet": Style(dim=True), "markdown.item.number": Style(dim=True),
    }
)  # fmt: skip


def markdown(text: str, width: int) -> list[StyledLine]:
    """`text` broken into rows of at most `width` cells; code, headings and emphasis are styled."""
    from rich.markdown import Markdown  # brings a parser and Pygments: not before there is a text

    console = Console(
        width=width, file=StringIO(), theme=THEME, force_terminal=True, legacy_windows=False
    )
    content = Markdown(unbroken(printable(text, keep="\n")), hyperlinks=False, justify="left")
    lines = console.render_lines(content, console.options.update(width=width), pad=False)
    return [[(broken(it.text), _style(it)) for it in line if it.text] for line in lines]


def _style(segment: Segment) -> str:
    """The name of our style."""
    style = segment.style
    if style is None:
        return "plain"
    if style.underline:
        return "train"
    if style.italic:
        return "second"
    if style.bold:
        return "strong"
    return "dim" if style.dim else "plain"
