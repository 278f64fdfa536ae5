"""Rows of text in named styles: what every drawing returns, and every panel shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, islice, takewhile, zip_longest

from rich.cells import cell_len, set_cell_size

from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

STYLES = (
    "plain", "dim", "faint", "strong", "axis",
    "train", "heat", "step", "validation", "second", "best", "stop",
    "good", "warn", "bad", "shared",
)  # fmt: skip

_NUMBER = re.compile(r"[-+.,:\d e]+|nan|inf|–").fullmatch
_SINGLE = re.compile("[ -~\u2500-\u259f\u2800-\u28ff]*").fullmatch  # of one cell each: lines, dots

# Text, and the name of its style, or colours as Rich writes them: "#ff8700 on color(16)".
StyledText = tuple[str, str]
StyledLine = list[StyledText]


def changed(before: StyledLine, now: StyledLine, width: int) -> tuple[int, int]:
    """The first cell that differs, and the one after the last, of a row of `width` cells."""
    empty = (" ", "plain")
    old, new = map(by_cell, (before, now))
    pairs = list(zip_longest(old, new, fillvalue=empty))[:width]
    differ = [x for x, (a, b) in enumerate(pairs) if a != b]
    if not differ:
        return 0, 0
    first, end = differ[0], differ[-1] + 1
    # A wide letter is sent whole.
    return first - _is_half(pairs[first]), end + any(map(_is_half, pairs[end : end + 1]))


def _is_half(pair: tuple[StyledText, StyledText]) -> bool:
    """Whether a cell was or is the second half of a wide letter."""
    return any(text == "" for text, _ in pair)


def length(row: StyledLine) -> int:
    """How many cells `row` takes."""
    return sum(cell_len(text) for text, _ in row)


def boxed(rows: Iterable[StyledLine], width: int, height: int) -> list[StyledLine]:
    """The part of `rows` that fits `width` x `height` cells, without unsafe characters."""
    safe = ([(printable(text), style) for text, style in row] for row in rows)
    return [fitted(row, width) for row in islice(safe, max(height, 0))]


def shortened(rows: Sequence[StyledLine], height: int) -> Sequence[StyledLine]:
    """`rows`, or where they are more than `height` the first ones, and how many more there are."""
    last = max(
        (place for place, row in enumerate(rows, 1) if any(it.strip() for it, _ in row)), default=0
    )
    if last <= height or height < 2:
        return rows
    left = tr("{count} more", count=f"{last - height + 1:,}")
    return [*rows[: height - 1], [(f"… {left}", "dim")]]


def whole_pieces(row: StyledLine, width: int) -> StyledLine:
    """The first pieces of a row that fit whole, the first of all in any case."""
    kept = row[:1]
    for piece in row[1:]:
        if length([*kept, piece]) > width:
            break
        kept.append(piece)
    return kept


def fitted(row: StyledLine, width: int) -> StyledLine:
    """The first `width` cells of a row, the last one being dots where letters are missing.

    A wide letter that does not fit whole becomes a blank.
    """
    if length(row) <= width:
        return row
    cells = by_cell(row)
    misses = any(text[:1].isalnum() for text, _ in cells[width:])
    end = max(width - misses, 0)
    kept = cells[:end]
    if kept and not cells[end][0]:  # the second half of a wide letter
        kept[-1] = (" ", kept[-1][1])
    if misses and width:
        kept.append(("…", cells[end][1]))
    return joined(kept)


def column(text: str, width: int) -> str:
    """`text` in a column of `width` cells."""
    return text + " " * (width - cell_len(text))


def are_numbers(cells: Iterable[str]) -> bool:
    """Whether all cells of a table's column are numbers, times, or missing."""
    return all(map(_NUMBER, cells))


def aligned(cells: Iterable[str], width: int, at_the_right: bool) -> list[str]:
    """The cells of a table's column, all `width` cells wide; numbers stand at the right."""
    return [(right if at_the_right else column)(it, width) for it in cells]


def centred(text: str, width: int) -> str:
    """`text` with blanks before it, so that it stands in the middle of `width` cells."""
    return " " * ((width - cell_len(text)) // 2) + text


def right(text: str, width: int) -> str:
    """`text` at the right end of a column of `width` cells."""
    return " " * (width - cell_len(text)) + text


def cut(text: str, width: int) -> str:
    """As much of `text` as fits `width` cells, with dots where a part is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def cut_front(text: str, width: int) -> str:
    """As much of the end of `text` as fits `width` cells, after dots where a part is missing."""
    if cell_len(text) <= width:
        return text
    return "…" * (width > 0) + set_cell_size(text[::-1], max(width - 1, 0))[::-1].lstrip()


def cut_apart(texts: Sequence[str], width: int) -> list[str]:
    """Each text in at most `width` cells.

    Where two that differ would look alike, both are cut before the place where they differ.
    """
    short = [cut(it, width) for it in texts]
    alike: dict[str, set[str]] = {}
    for text, it in zip(texts, short, strict=True):
        alike.setdefault(it, set()).add(text)
    for place, text in enumerate(texts):
        if twins := alike[cut(text, width)] - {text}:
            differs = max(_alike(text, it) for it in twins)
            head = set_cell_size(text, width // 3).rstrip()
            rest, room = text[differs:], width - cell_len(head)
            seen = cell_len(rest) < room
            short[place] = head + (cut_front(text, room) if seen else cut(f"…{rest}", room))
    return short


def _alike(one: str, other: str) -> int:
    """How many letters at the beginning of both are the same."""
    return sum(1 for _ in takewhile(lambda it: it[0] == it[1], zip(one, other, strict=False)))


def by_cell(row: StyledLine) -> list[StyledText]:
    """One item a cell: after a wide letter there is an empty one, and a mark is in its letter's."""
    cells: list[StyledText] = []
    for text, style in row:
        if _SINGLE(text):
            cells += [(letter, style) for letter in text]
            continue
        for letter in text:
            width = cell_len(letter)
            if not width and cells:
                cells[-1] = (cells[-1][0] + letter, style)
            cells += [(letter, style), ("", style)][:width]
    return cells


def joined(cells: Iterable[StyledText]) -> StyledLine:
    """Pieces of text put together where their style is the same."""
    groups = groupby(cells, lambda cell: cell[1])
    return [("".join(text for text, _ in group), style) for style, group in groups]
