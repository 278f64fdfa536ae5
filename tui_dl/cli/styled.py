"""Prints rows of styled text on standard output, in the colours of its terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable

from rich.console import Console

from tui_dl.drawing.colours import Depth, Look
from tui_dl.drawing.rich_text import rich_text
from tui_dl.drawing.styled_text import StyledLine, boxed
from tui_dl.support.terminal_text import Guarded

SIZE = (100, 40)  # columns and lines, where standard output is no terminal
PROMPT = 2  # lines that the shell needs
LEAST = 9  # rows of a drawing
_DEPTHS: dict[str | None, Depth] = {"truecolor": "true", "256": "256", "standard": "16"}


def print_rows(draw: Callable[[int, int, Look], list[StyledLine]]) -> None:
    """Print what `draw` makes of the columns and lines there are, and of the terminal's colours."""
    stream = sys.stdout.unguarded if isinstance(sys.stdout, Guarded) else sys.stdout
    console = Console(file=stream, legacy_windows=False, highlight=False)
    on_terminal = sys.stdout.isatty()
    size = shutil.get_terminal_size(SIZE) if on_terminal else os.terminal_size(SIZE)
    ascii = not (stream.encoding or "").lower().startswith("utf")
    look = Look(_DEPTHS.get(console.color_system, "none") if on_terminal else "none", ascii)
    rows = draw(size.columns, max(size.lines - PROMPT, LEAST), look)
    console.width = size.columns
    for row in boxed(rows, size.columns, len(rows)):
        console.print(rich_text(row), overflow="crop")
