"""Names of layers in few cells, so that no two of them look alike."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui_dl.support.terminal_text import printable

CUT = "…"
PAIR = "·"  # between the names of two layers that share a row


def fitted(names: Sequence[str], width: int) -> list[str]:
    """Each of `names` in at most `width` cells.

    Of a longer one the end is kept, which has its number; where two would look alike, each is the
    number of its layer, and as much of the end as there is room for.
    """
    safe = [printable(name) for name in names]
    short = [_shortened(name, width) for name in safe]
    if len(set(short)) == len(set(safe)):
        return short
    numbers = [f"{number}:" for number in range(1, len(names) + 1)]
    return [
        number + _shortened(name, width - len(number))
        for number, name in zip(numbers, safe, strict=True)
    ]


def paired(first: str, second: str) -> str:
    """The names of two layers in one: dense_1·2, or conv2d_2·dense_1."""
    stem = first.rpartition("_")[0]
    other, _, more = second.rpartition("_")
    return f"{first}{PAIR}{more if stem and stem == other else second}"


def _shortened(name: str, width: int) -> str:
    """The end of `name`, after a sign that it is cut."""
    if cell_len(name) <= width:
        return name
    end, room = "", width - cell_len(CUT)
    for letter in reversed(name):
        room -= cell_len(letter)
        if room < 0:
            break
        end = letter + end
    return CUT + end if width > 0 else ""
