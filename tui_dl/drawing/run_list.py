"""The list of runs: a row each, with as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tui_dl.drawing.run_sign import run_sign
from tui_dl.drawing.styled_text import StyledLine, StyledText, column, cut, cut_apart
from tui_dl.runs.entries import Entry
from tui_dl.runs.folder import Run
from tui_dl.support.formatting import NOTHING, age, duration, short, whole
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

GAP = 2  # blanks between columns
LEAST_TITLE, MOST_TITLE = 20, 60  # cells
MARK, BASELINE = "◉", "◆"
HEIGHTS = "▁▂▃▄▅▆▇█"
FLAT = 0.1  # of a value: what changes by less looks as flat as it is


class Column(NamedTuple):
    """A column of the list: the name that it is sorted by, its width, and its text.

    Attributes:
        sign: ``>`` where it is flush right.
        least: cells of a row from which on it is shown.
    """

    name: str
    width: int
    sign: str
    least: int
    text: Callable[[Entry, float], str]


COLUMNS = (
    Column("status", 10, "<", 98, lambda it, _: tr(it.listed.status)),
    Column("epochs", 6, ">", 50, lambda it, _: whole(it.listed.epochs)),
    Column("best loss", 9, ">", 50, lambda it, _: _loss(it.listed.best_validation_loss)),
    Column("test", 13, ">", 50, lambda it, _: said(it.listed.figure)),
    Column("time", 8, ">", 90, lambda it, _: _took(it.listed.details.figures.get("seconds"))),
    Column("age", 6, ">", 70, lambda it, now: _ago(it.listed.started_at, now)),
    Column("curve", 12, "<", 108, lambda it, _: sparkline(it.listed.details.curve, 12)),
    Column("diagnosis", 30, "<", 140, lambda it, _: _remarks(it)),
)


def head(width: int, order: str, turned: bool) -> StyledLine:
    """The names of the columns; an arrow at the one that the list is sorted by."""
    arrow = "↑" if turned else "↓"
    names = {
        it: f"{tr(it)}{arrow if it == order else ''}" for it in ("run", *(c.name for c in COLUMNS))
    }
    row = "    " + set_cell_size(names["run"], _title_width(width))
    for it in _shown(width):
        cell = " " * GAP + _cell(names[it.name], it)
        row += cell[max(cell_len(cell) - GAP - it.width, 0) :]  # an arrow may take a blank
    return [(row, "dim")]


def rows_of(
    entries: Sequence[Entry], width: int, now: float, marked: Container[Run], baseline: Run | None
) -> list[StyledLine]:
    """A row a run; `now` is in Unix seconds."""
    size = _title_width(width)
    titles = cut_apart([printable(it.title) for it in entries], size)
    return [
        _row(entry, column(title, size), width, now, marked, baseline)
        for entry, title in zip(entries, titles, strict=True)
    ]


def _row(
    entry: Entry,
    title: str,
    width: int,
    now: float,
    marked: Container[Run],
    baseline: Run | None,
) -> StyledLine:
    mark = BASELINE if entry.run == baseline else MARK if entry.run in marked else " "
    row: StyledLine = [(f"{mark} ", "best"), _sign(entry), (title, "plain")]
    for it in _shown(width):
        text = _cell(cut(printable(it.text(entry, now)), it.width), it)
        row.append((" " * GAP + text, _STYLES.get(it.name, "plain")))
    return row


def has_remarks(width: int) -> bool:
    """Whether a list of `width` cells has a column for remarks."""
    return any(it.name == "diagnosis" for it in _shown(width))


def remarks_row(entry: Entry) -> StyledLine:
    """What is the matter with a run, behind its sign; empty where nothing is."""
    says = _remarks(entry)
    return [("  ", "plain"), _sign(entry), (says, "dim")] if says else []


_STYLES = {"curve": "validation", "diagnosis": "warn", "age": "dim", "status": "dim"}


def _shown(width: int) -> Sequence[Column]:
    """The columns that there is room for."""
    return [it for it in COLUMNS if width >= it.least]


def _title_width(width: int) -> int:
    others = sum(GAP + it.width for it in _shown(width))
    return min(max(width - 4 - others, LEAST_TITLE), MOST_TITLE)


def _cell(text: str, column: Column) -> str:
    blanks = " " * max(column.width - cell_len(text), 0)
    return blanks + text if column.sign == ">" else text + blanks


def sparkline(values: Sequence[float], cells: int) -> str:
    """The course of values in at most `cells` characters, from the lowest one to the highest.

    Values that differ by less than `FLAT` of the highest one do not fill the height.
    """
    if not values:
        return ""
    count = min(len(values), cells)
    chosen = [values[(place + 1) * len(values) // count - 1] for place in range(count)]
    low, high = min(chosen), max(chosen)
    span = max(high - low, FLAT * abs(high)) or 1.0
    return "".join(HEIGHTS[round((it - low) / span * (len(HEIGHTS) - 1))] for it in chosen)


def _sign(entry: Entry) -> StyledText:
    it = entry.listed
    sign, style = run_sign(it.status, bool(it.diagnoses), it.is_better)
    return f"{sign} ", style


def _remarks(entry: Entry) -> str:
    return ", ".join(map(said, entry.listed.remarks))


def _loss(value: float | None) -> str:
    return NOTHING if value is None else short(value)


def _took(seconds: float | None) -> str:
    return NOTHING if seconds is None else duration(seconds)


def _ago(started: float | None, now: float) -> str:
    return age(now - started) if started else NOTHING
