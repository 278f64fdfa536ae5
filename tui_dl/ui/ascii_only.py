"""Characters for terminals that do not show UTF-8: each becomes one of ASCII in the same cell."""

from __future__ import annotations

from functools import cache
from unicodedata import name, normalize

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

SIGNS = {
    "●": "*", "◉": "@", "○": "o", "◐": "o", "◆": "*", "◇": "o", "■": "#", "□": ".", "✔": "v",
    "✘": "x", "✗": "x", "▲": "^", "▼": "v", "▶": ">", "▸": ">", "◀": "<", "‖": "=", "×": "x",
    "–": "-", "—": "-", "→": ">", "←": "<", "↑": "^", "↓": "_", "·": ".", "•": "o", "µ": "u",
    "…": ".", "⏎": "~", "␣": "_", "−": "-", "“": '"', "”": '"', "’": "'", "░": ".", "▒": ":",
    "▓": "#", "⋮": ":", "½": "/", "\u2800": " ",
}  # fmt: skip
OTHER = "?"


class AsciiOnly(LineFilter):
    """The last thing a row passes where the terminal shows only ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The row's `segments` in ASCII; every one takes as many cells as before."""
        return [
            it if it.control or it.text.isascii() else Segment(in_ascii(it.text), it.style)
            for it in segments
        ]


def in_ascii(text: str) -> str:
    """`text` in as many cells of ASCII."""
    return "".join(map(_sign, text))


@cache
def _sign(character: str) -> str:
    """What stands for a character: lines, blocks and dots keep their look, letters lose marks."""
    if character.isascii():
        return character
    if character in SIGNS:
        return SIGNS[character]
    code = ord(character)
    if 0x2500 <= code < 0x2580:
        return _line(name(character))
    if 0x2580 <= code < 0x25A0:  # blocks: the lower eighths, then others
        return "_" if code in (0x2581, 0x2582) else "#"
    if 0x2800 <= code < 0x2900:
        dots = (code - 0x2800).bit_count()
        return "." if dots < 3 else ":" if dots < 6 else "#"
    plain = normalize("NFKD", character)[0]
    cells = cell_len(character)
    return plain if plain.isascii() and cells == 1 else OTHER * cells


def _line(called: str) -> str:
    """A line of a box by its Unicode name."""
    across = any(it in called for it in ("HORIZONTAL", "LEFT", "RIGHT"))
    down = any(it in called for it in ("VERTICAL", "UP", "DOWN"))
    if "DIAGONAL" in called:
        return "/" if "UPPER RIGHT TO LOWER LEFT" in called else "\\"
    return "+" if across and down else "|" if down else "-"
