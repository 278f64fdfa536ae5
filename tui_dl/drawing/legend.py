"""The legend of a chart: its lines with their numbers, and the cursor."""

from __future__ import annotations

from dataclasses import replace

from rich.cells import cell_len

from tui_dl.drawing.chart_spec import ChartSpec, Line
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.support.translations import tr

GAP = "  "
ANY = 10_000  # cells, more than any terminal has
ORDER = ("train", "validation", "second", "step")  # styles of lines, the most important first
EACH, AT_CURSOR = "each step", "this step"
SHORT = {"validation": "val", AT_CURSOR: "step"}


def legend(chart: ChartSpec, width: int) -> StyledLine:
    """One row: as many entries as fit, the most important first.

    Of a cursor all numbers are there, if they fit without signs and by short names. Without one
    they are of an epoch: how smooth the curves are is not said beside them.
    """
    lines = sorted(chart.lines, key=lambda it: ORDER.index(it.style) if it.style in ORDER else -1)
    if chart.note:
        smoothing: StyledLine = [(chart.smoothing, "dim")]
        return _row(_at_cursor(chart.note, lines, smoothing, width), width)
    entries = [_entry(line, line.name) for line in lines]
    faint = any(line.style == "step" for line in lines)
    needed = entries[: len(entries) - faint]
    room = width - length(_row(needed, width)) - len(GAP)
    fitting = [it for it in chart.weights if cell_len(it) <= room]
    weights: list[StyledLine] = [[(it, "dim")] for it in fitting[:1]]
    return _row([*needed, *weights, *entries[len(needed) :]], width)


def _at_cursor(note: str, lines: list[Line], smoothing: StyledLine, width: int) -> list[StyledLine]:
    """Where the cursor is and the numbers there, in the longest form that fits.

    How smooth they are goes last: by it the number of `train` changes.
    """
    numbers = [replace(it, name=AT_CURSOR if it.name == EACH else it.name) for it in lines]
    numbers = [line for line in numbers if line.value]
    where, named = note.partition(",")[0], [_entry(line, line.name) for line in numbers]
    brief = [_entry(line, SHORT.get(line.name, line.name)) for line in numbers]
    forms = (
        [_strong(note), *named, smoothing],
        [_strong(note), *_without_signs(named), smoothing],
        [_strong(where), *_without_signs(named), smoothing],
        [_strong(where), *_without_signs(brief), smoothing],
        [_strong(where), *_without_signs(brief)],
    )
    fitting = (it for it in forms if length(_row(it, ANY)) <= width)
    return next(fitting, forms[-1])


def _strong(note: str) -> StyledLine:
    return [(note, "strong")]


def _without_signs(entries: list[StyledLine]) -> list[StyledLine]:
    return [it[1:] for it in entries]


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
