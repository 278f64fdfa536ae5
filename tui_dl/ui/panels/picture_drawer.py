"""Draws what was seen of a run at a moment, and keeps what it has drawn until that changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.cells import cell_len
from textual.app import App
from textual.geometry import Size

from tui_dl.drawing import picture
from tui_dl.drawing.picture import Cell
from tui_dl.drawing.picture_grid import GAP, HEADING, Grid, arrange, tiled
from tui_dl.drawing.styled_text import StyledLine, StyledText, cut
from tui_dl.drawing.wrapped import wrapped
from tui_dl.protocol.events import Split
from tui_dl.runs.artifact_follower import Seen
from tui_dl.runs.view import RunView
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr
from tui_dl.ui.terminal_look import look_of

Drawn = tuple[Seen, list[StyledLine]]


class PictureDrawer:
    """Pictures of one moment, those that say most first."""

    def __init__(self, app: App[object]) -> None:
        self._app = app
        self._seen: dict[str, Seen] = {}
        self._step = 0
        self._counts: Mapping[Split, int] = {}  # samples of each split
        self._finished: int | None = None  # epochs, once the run is over
        self._drawn: dict[tuple[object, ...], Drawn] = {}

    def take(self, seen: tuple[Seen, ...], view: RunView) -> None:
        """Draw these from now on."""
        by_kind = {it.kind: it for it in seen}
        self._seen = {kind: by_kind[kind] for kind in picture.ordered(by_kind)}
        self._step = view.step
        self._counts = view.started.samples if view.started else {}
        self._finished = view.ended.epochs if view.ended else None

    def is_of_other_moment(self, view: RunView) -> bool:
        """Whether another picture than before is exactly of the moment of `view`."""
        steps = {it.artifact.step for it in self._seen.values() if it.artifact}
        return view.step != self._step and bool(steps & {view.step, self._step})

    @property
    def kinds(self) -> list[str]:
        """The kinds that there are."""
        return list(self._seen)

    def nearest(self, kind: str) -> str:
        """This kind, or the first one where it is not there."""
        return kind if kind in self._seen else self.kinds[0]

    def moved(self, kind: str, places: int) -> str:
        """The kind so many places on; the same where there is none."""
        kinds = self.kinds
        place = kinds.index(kind) + places
        return kinds[place] if 0 <= place < len(kinds) else kind

    def place(self, kind: str) -> str:
        """Which of all pictures it is."""
        return tr("{place} of {count}", place=self.kinds.index(kind) + 1, count=len(self.kinds))

    def columns(self, size: Size) -> int:
        """How many pictures stand side by side in the grid."""
        return self._grid(size).columns

    def grid(self, chosen: str, size: Size, room: int) -> tuple[str, str, list[StyledLine]]:
        """The page of all pictures that has the chosen one.

        Returns:
            which moment most of its pictures are of, in `room` cells, and nothing where that is
            the playhead's; which of all pictures they are; and their rows.
        """
        grid, kinds = self._grid(size), self.kinds
        first = kinds.index(chosen) // grid.room * grid.room
        page = kinds[first : first + grid.room]
        moments = [self._moment(kind) for kind in page]
        common = max(moments, key=moments.count)
        says = self._when(page[moments.index(common)], room) if common else ""
        blocks = []
        for kind, moment in zip(page, moments, strict=True):
            title = self._title(kind, kind == chosen, moment != common, grid.tile[0])
            blocks.append([title, *self._picture(kind, Size(*grid.tile))])
        return says, self._which(first, len(page)), tiled(blocks, grid)

    def _which(self, first: int, shown: int) -> str:
        """Which of all pictures are on a page; nothing where all are."""
        count = len(self.kinds)
        if shown == count:
            return ""
        last = first + shown
        place = f"{first + 1}–{last}" if shown > 1 else f"{last}"
        return tr("{place} of {count}", place=place, count=count)

    def enlarged(self, kind: str, cell: Cell | None, size: Size) -> list[StyledLine]:
        """One picture in all the room there is, with a chosen cell if it has cells."""
        heading = self._heading(kind, size.width)
        return [heading, *self._picture(kind, size - (0, HEADING), cell)]

    def details(self, kind: str, cell: Cell, size: Size) -> list[StyledLine]:
        """What is known of a cell of a picture."""
        known = {name: it.artifact for name, it in self._seen.items() if it.artifact}
        width, height = size - (0, HEADING)
        look = look_of(self._app)
        return [
            self._heading(kind, width),
            *picture.draw_details(kind, known, cell, width, height, look),
        ]

    def has_cells(self, kind: str) -> bool:
        """Whether cells of a picture can be chosen."""
        return self.inside(kind, None) is not None

    def inside(self, kind: str, cell: Cell | None) -> Cell | None:
        """The cell, or the nearest one to it that a picture has; None where it has none.

        Before one was chosen it is the one that says most.
        """
        artifact = self._seen[kind].artifact
        rows, columns = picture.cells(artifact) if artifact else picture.NOTHING
        if artifact is None or not rows or not columns:
            return None
        cell = cell or picture.first_cell(artifact)
        return min(max(cell[0], 0), rows - 1), min(max(cell[1], 0), columns - 1)

    def _grid(self, size: Size) -> Grid:
        """The grid for all pictures, each of which gets what the most demanding one needs."""
        sizes = [picture.least_size(kind) for kind in self._seen]
        least = (max(it[0] for it in sizes), max(it[1] for it in sizes))
        return arrange(len(sizes), (max(least[0], 1), max(least[1], 1)), *size)

    def _title(self, kind: str, is_chosen: bool, says_when: bool, width: int) -> StyledLine:
        """A short heading: the kind, the samples that it is of, and which moment."""
        mark: StyledText = ("▸ ", "train") if is_chosen else ("  ", "plain")
        style, room = "strong" if is_chosen else "plain", width - cell_len(mark[0])
        name, artifact = tr(kind.replace("_", " ")), self._seen[kind].artifact
        when = self._when(kind, room - cell_len(name)) if says_when else ""
        left = room - cell_len(name + when) - GAP
        split = picture.of_split(artifact, self._counts, left) if artifact else ""
        return [mark, *_titled(name, style, f"  {split}" * bool(split) + when, room)]

    def _heading(self, kind: str, width: int) -> StyledLine:
        artifact = self._seen[kind].artifact
        title = picture.heading(artifact, self._counts) if artifact else tr(picture.title(kind))
        when = self._when(kind, width - cell_len(title)) if self._moment(kind) else ""
        return _titled(title, "strong", when, width)

    def _moment(self, kind: str) -> tuple[int, bool] | None:
        """Which moment a picture is of, where it is not that of the playhead."""
        artifact = self._seen[kind].artifact
        if artifact is None or (artifact.step == self._step and not artifact.is_final):
            return None
        return artifact.epoch, artifact.is_final

    def _when(self, kind: str, room: int) -> str:
        """The moment of a picture in words, if it can be in `room` cells."""
        artifact = self._seen[kind].artifact
        return f"  {picture.moment(artifact, self._finished, room - GAP)}" if artifact else ""

    def _picture(self, kind: str, size: Size, cell: Cell | None = None) -> list[StyledLine]:
        """The rows of a picture, or why there is none."""
        seen = self._seen[kind]
        width, height = size
        if seen.artifact is None:
            return _wrapped(seen.problem, width)
        artifact, look = seen.artifact, look_of(self._app)
        return self._kept(
            (kind, size, cell, look),
            seen,
            lambda: picture.draw(artifact, width, height, look, cell),
        )

    def _kept(
        self, key: tuple[object, ...], seen: Seen, make: Callable[[], list[StyledLine]]
    ) -> list[StyledLine]:
        """The rows of a picture, drawn anew where its artifact is another one."""
        before = self._drawn.get(key)
        if before is None or before[0] is not seen:
            kind = key[0]
            self._drawn = {it: kept for it, kept in self._drawn.items() if it[0] != kind}
            before = self._drawn[key] = (seen, make())
        return before[1]


def _titled(title: str, style: str, more: str, width: int) -> StyledLine:
    """A title and what else is said, of which the title is cut where there is no room for both."""
    return [(cut(title, width - cell_len(more)), style), (more, "dim")]


def _wrapped(text: str, width: int) -> list[StyledLine]:
    """A warning in as many rows as it needs."""
    return [[(line, "warn")] for line in wrapped(printable(text), width)]
