"""Text that fits one line of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

LINE = 79  # cells


def fitting(parts: Sequence[str], between: str) -> str:
    """As many of `parts`, the first ones, as one line of a terminal holds."""
    line, *more = parts
    for part in more:
        if cell_len(line + between + part) > LINE:
            break
        line += between + part
    return line


def shorten(text: str, width: int = LINE) -> str:
    """`text`, or as much of it as so many cells of a terminal hold."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"
