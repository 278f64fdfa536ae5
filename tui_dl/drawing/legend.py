"""The legend of a chart: its lines with their numbers, the cursor, and how smooth they are."""

from __future__ import annotations

from tui_dl.drawing.chart_spec import ChartSpec, Line
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.support.translations import tr

GAP = "  "
ORDER = ("train", "validation", "second", "step")  # styles of lines, the most important first
SHORT = {"validation": "val", "each step": "step"}


def legend(chart: ChartSpec, width: int) -> StyledLine:
    """One row: as many entries as fit, the most important first.

    Of a cursor all numbers are there, if they fit without signs and by short names.
    """
    lines = sorted(chart.lines, key=lambda it: ORDER.index(it.style) if it.style in ORDER else -1)
    smoothing: StyledLine = [(chart.smoothing, "dim")]
    if chart.note:
        return _row([*_at_cursor(chart.note, lines, width), smoothing], width)
    entries = [_entry(line, line.name) for line in lines]
    faint = any(line.style == "step" for line in lines)
    others: list[StyledLine] = [[(chart.weights, "dim")], smoothing]
    entries[len(entries) - faint : len(entries) - faint] = others
    return _row(entries, width)


def _at_cursor(note: str, lines: list[Line], width: int) -> list[StyledLine]:
    """Where the cursor is and the numbers there, in the longest form that fits."""
    numbers = [line for line in lines if line.value]
    forms = (
        (note, [_entry(line, line.name) for line in numbers]),
        (note, [_entry(line, line.name)[1:] for line in numbers]),
        (note.partition(",")[0], [_entry(line, line.name)[1:] for line in numbers]),
        (
            note.partition(",")[0],
            [_entry(line, SHORT.get(line.name, line.name))[1:] for line in numbers],
        ),
    )
    found: list[StyledLine] = []
    for words, entries in forms:
        found = [[(words, "strong")], *entries]
        if sum(map(length, found)) + len(GAP) * len(entries) <= width:
            break
    return found


def _entry(line: Line, name: str) -> StyledLine:
    """A line's sign, name and number."""
    entry: StyledLine = [(f"⠒{line.dot}⠤ ", line.style), (tr(name), "dim")]
    return [*entry, (f" {line.value}", line.style)] if line.value else entry


def _row(entries: list[StyledLine], width: int) -> StyledLine:
    """The entries in a row, but those for which there is no room, or which are empty."""
    row: StyledLine = []
    for entry in entries:
        separated: StyledLine = [(GAP, "plain"), *entry] if row else entry
        if length(entry) and length(row) + length(separated) <= width:
            row += separated
    return row
