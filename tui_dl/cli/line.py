"""Text that fits one line of a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

WITHOUT_TERMINAL = 80  # columns


def line_width() -> int:
    """Cells of a line on standard output."""
    if not sys.stdout.isatty():
        return WITHOUT_TERMINAL
    return shutil.get_terminal_size((WITHOUT_TERMINAL, 24)).columns


def fitting(parts: Sequence[str], between: str) -> str:
    """As many of `parts`, the first ones, as one line of a terminal holds."""
    line, *more = parts
    width = line_width()
    for part in more:
        if cell_len(line + between + part) > width:
            break
        line += between + part
    return shorten(line, width)


def shorten(text: str, width: int | None = None) -> str:
    """`text`, or as much of it as so many cells, or one line of a terminal, hold."""
    width = width or line_width()
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"
