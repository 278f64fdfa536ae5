"""Prints tables and JSON on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len

from tui_dl.support.command_line import NAME
from tui_dl.support.json_text import encode_printable
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said

GAP = 2  # blanks between columns


def complain(says: str) -> None:
    """Print what is wrong, a sentence in English, on standard error in the language in use."""
    print(f"{NAME}:", said(says), file=sys.stderr)


def print_json(value: Any) -> None:
    """One object on one line, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(encode_printable(value) + b"\n")
    sys.stdout.flush()


def print_table(rows: Iterable[Sequence[str]], right: str = "") -> None:
    """Columns some blanks apart, as wide as their widest cell on a terminal.

    `right` has one letter a column: ``>`` for one that is flush right.
    """
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    signs = right.ljust(len(widths), "<")
    for row in cells:
        columns = zip(row, signs, widths, strict=True)
        print((" " * GAP).join(_padded(*column) for column in columns).rstrip())


def _padded(cell: str, sign: str, width: int) -> str:
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if sign == ">" else cell + blanks
