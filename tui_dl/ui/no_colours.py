"""Styles for terminals that are to get no colours: what these say is said by attributes."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui_dl.ui.legible import LINES, contrast

SAME = 1.25  # contrast of two grounds that need not be told apart, as of a window and a field


class NoColours(LineFilter):
    """Sends no colours: other grounds than the widget's are reversed, and faint text is dim."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The row's `segments` without colours, on a widget's `background`."""
        return [
            it if it.control or it.style is None else Segment(it.text, _plain(it.style, background))
            for it in segments
        ]


@lru_cache(1024)
def _plain(style: Style, background: Color) -> Style:
    """The attributes of a style, and those that stand for its colours."""
    ground = Color.from_rich_color(style.bgcolor) if style.bgcolor else background
    text = Color.from_rich_color(style.color) if style.color else None
    stands_out = contrast(ground, background) > SAME
    is_faint = text is not None and contrast(text, ground) < LINES
    return style.without_color + Style(
        reverse=(bool(style.reverse) or stands_out) or None,
        dim=(bool(style.dim) or (is_faint and not stands_out)) or None,
    )
