"""Names of layers in few cells, so that no two of them look alike."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.drawing.styled_text import cut_front
from tui_dl.support.terminal_text import printable

PAIR = "·"  # between the names of two layers that share a row


def fitted(names: Sequence[str], width: int) -> list[str]:
    """Each of `names` in at most `width` cells.

    Of a longer one the end is kept, which has its number; where two would look alike, each is the
    number of its layer, and as much of the end as there is room for.
    """
    safe = [printable(name) for name in names]
    short = [cut_front(name, width) for name in safe]
    if len(set(short)) == len(set(safe)):
        return short
    numbers = [f"{number}:" for number in range(1, len(names) + 1)]
    return [
        number + cut_front(name, width - len(number))
        for number, name in zip(numbers, safe, strict=True)
    ]


def paired(first: str, second: str) -> str:
    """The names of two layers in one: dense_1·2, or conv2d_2·dense_1."""
    stem = first.rpartition("_")[0]
    other, _, more = second.rpartition("_")
    return f"{first}{PAIR}{more if stem and stem == other else second}"
