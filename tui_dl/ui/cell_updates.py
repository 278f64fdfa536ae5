"""What the terminal shows, cell by cell: of an update only the cells that differ are sent.

Textual sends a widget's row from its left edge to the last cell that changed, and all that a style
is made of with every piece; over SSH that is ten times what has to be sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, repeat
from operator import itemgetter
from typing import NamedTuple

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.control import Control
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

GAP = 2  # cells that do not differ, but are sent: to jump over them would be longer
RESET = "\x1b[0m"

Cell = tuple[str, Style | None]  # the second cell of a wide character is empty
UNKNOWN: Cell = "", None
Piece = tuple[int, int, list[Cell]]  # row, column and what is to be seen from there on


class Cells:
    """The cells that the terminal shows, as far as they are known."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell]] = {}
        self._size: Size | None = None  # of the last layout

    def sends(self, update: CompositorUpdate) -> CompositorUpdate:
        """What is to be sent in place of `update`.

        A layout of another size is sent whole: a terminal that is smaller than the layout before it
        has shown in its last row and column what was meant for beyond them.
        """
        if isinstance(update, ChopsUpdate):
            return Changes(self, _pieces(update))
        if isinstance(update, LayoutUpdate):
            if self._size not in (None, update.region.size):
                self.forget()
            self._size = update.region.size
            return Changes(self, _all_pieces(update))
        self.forget()
        return update

    def forget(self) -> None:
        """Nothing is known."""
        self._rows.clear()

    def take(self, y: int, x: int, cells: list[Cell]) -> Iterator[tuple[int, list[Cell]]]:
        """Note what row `y` shows from column `x` on; the pieces that differ, and their columns."""
        row, beyond = self._rows.setdefault(y, []), x + len(cells)
        row += [UNKNOWN] * (beyond - len(row))
        before, row[x:beyond] = row[x:beyond], cells
        if before == cells:
            return
        pairs = enumerate(zip(before, cells, strict=True), x)
        differ = [at for at, (old, new) in pairs if old != new]
        while differ:
            end = next(
                (at for at in range(1, len(differ)) if differ[at] - differ[at - 1] > GAP + 1),
                len(differ),
            )
            first, last = differ[0] - x, differ[end - 1] - x + 1
            while first and not cells[first][0]:  # the second half of a wide letter cannot be sent
                first -= 1
            yield x + first, cells[first:last]
            differ = differ[end:]


class Changes(CompositorUpdate):
    """An update of pieces of rows: cells that show already what they should are left out."""

    def __init__(self, shown: Cells, pieces: Iterable[Piece]) -> None:
        self._shown, self._pieces = shown, pieces

    def render_segments(self, console: Console) -> str:
        pen = Pen(console)
        for y, x, cells in self._pieces:
            for column, differing in self._shown.take(y, x, cells):
                pen.write(column, y, differing)
        return pen.written


def _pieces(update: ChopsUpdate) -> Iterator[Piece]:
    """What an update of parts of some rows draws."""
    for y, first, end in update.spans:
        for x, strip in update.chops[y].items():
            if strip is None or x >= end or x + strip.cell_length <= first:
                continue
            start = max(x, first)
            yield y, start, cells_of(strip)[start - x : end - x]


def _all_pieces(update: LayoutUpdate) -> Iterator[Piece]:
    """What an update of all there is draws."""
    for y, strips in enumerate(update.strips, update.region.y):
        yield y, update.region.x, [cell for strip in strips for cell in cells_of(strip)]


class Colours(NamedTuple):
    """A style in the terminal's codes."""

    attributes: str
    text: str
    ground: str


PLAIN = Colours("", "", "")


class Pen:
    """Writes cells, and of a style only what is not in force already."""

    def __init__(self, console: Console) -> None:
        self._system = console._color_system or ColorSystem.TRUECOLOR
        self._colours = PLAIN
        self._parts: list[str] = []

    def write(self, x: int, y: int, cells: Iterable[Cell]) -> None:
        """Write `cells` from column `x` of row `y` on."""
        self._parts.append(Control.move_to(x, y).segment.text)
        for style, group in groupby(cells, key=itemgetter(1)):
            text = "".join(character for character, _ in group)
            if style is not None and style.link:
                link = Strip.render_style(style, text, color_system=self._system)
                self._parts += [RESET, link]
                self._colours = PLAIN
            else:
                self._parts += [self._turn_to(colours(style, self._system), text), text]

    @property
    def written(self) -> str:
        """All that was written, and after it no style."""
        return "".join([*self._parts, RESET]) if self._parts else ""

    def _turn_to(self, new: Colours, text: str) -> str:
        """The codes that `text` needs and that are not in force; blanks have no colour."""
        old = self._colours
        if not text.strip(" ") and not (new.attributes or old.attributes) and old.text:
            new = new._replace(text=old.text)
        self._colours = new
        if new == old:
            return ""
        added = [code for code, had in zip(new, old, strict=True) if code != had]
        if new.attributes != old.attributes or not all(new[1:]):
            added = ["0", *filter(None, new)]
        return f"\x1b[{';'.join(added)}m"


@lru_cache(1024)
def colours(style: Style | None, system: ColorSystem) -> Colours:
    """The codes of a style."""
    if style is None:
        return PLAIN
    codes = iter(Strip.render_ansi(style, system).split(";"))
    attributes: list[str] = []
    text, ground = "", ""
    for code in codes:
        if code in ("38", "48"):
            kind = next(codes)
            code = ";".join([code, kind, *(next(codes) for _ in range(1 if kind == "5" else 3))])
        number = int(code.partition(";")[0] or 0)
        if number in range(30, 40) or number in range(90, 98):
            text = code
        elif number in range(40, 50) or number in range(100, 108):
            ground = code
        elif code:
            attributes.append(code)
    return Colours(";".join(attributes), text, ground)


def cells_of(strip: Strip) -> list[Cell]:
    """The cells of a strip; what has no width stands in the cell before it."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        if text.isascii() and text.isprintable():
            cells += zip(text, repeat(style))
            continue
        for character in text:
            width = get_character_cell_size(character)
            if width:
                cells += [(character, style), ("", style)][:width]
            elif cells:
                cells[-1] = cells[-1][0] + character, cells[-1][1]
    return cells
