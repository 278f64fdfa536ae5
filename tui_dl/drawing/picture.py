"""The picture of any artifact, as rows of styled text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from rich.cells import cell_len

from tui_dl.drawing import pictures
from tui_dl.drawing.arrays import array
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, boxed, shortened
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import Split
from tui_dl.support.formatting import counted, whole
from tui_dl.support.translations import said, tr

Size = tuple[int, int]  # columns and rows of the terminal
Cell = tuple[int, int]  # row and column of something that a picture is made of
NOTHING: Size = (0, 0)
UNKNOWN = 1_000  # the order of kinds that cannot be drawn: they come last


class Picture(Protocol):
    """What the file of a kind holds."""

    TITLE: str  # what it shows, in a few words
    ORDER: int  # its place among all pictures; those with lower numbers come first
    LEAST_SIZE: Size  # that it needs to say something

    def draw(self, artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
        """Rows of the picture; those beyond `width` x `height` cells are cut, and counted.

        Raises:
            ValueError, IndexError: the artifact does not hold what its kind has.
        """


class PictureOfCells(Picture, Protocol):
    """What the file of a kind holds, of whose pictures one cell can be chosen."""

    def cells(self, artifact: Artifact) -> Cell:
        """How many rows and columns of cells there are."""

    def first_cell(self, artifact: Artifact) -> Cell:
        """The cell that is chosen at first, of an artifact that has some."""

    def draw(
        self, artifact: Artifact, width: int, height: int, look: Look, cell: Cell | None = None
    ) -> list[StyledLine]:
        """The same, with a chosen cell."""

    def draw_details(
        self, artifacts: Mapping[str, Artifact], cell: Cell, width: int, height: int, look: Look
    ) -> list[StyledLine]:
        """What is known of one cell; `artifacts` are all those of the moment, by kind."""


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of artifacts that can be drawn, in alphabetical order."""
    folder = Path(pictures.__path__[0])
    return tuple(sorted(file.stem for file in folder.glob("[a-z]*.py")))


def ordered(found: Iterable[str]) -> list[str]:
    """Kinds of artifacts, those that say most first."""
    return sorted(found, key=lambda it: (_of(it).ORDER if it in kinds() else UNKNOWN, it))


def least_size(kind: str) -> Size:
    """The columns and rows that a picture of a kind needs."""
    return _of(kind).LEAST_SIZE if kind in kinds() else NOTHING


def title(kind: str) -> str:
    """What pictures of a kind show, in a few words."""
    return _of(kind).TITLE if kind in kinds() else kind


def heading(artifact: Artifact, counts: Mapping[Split, int] = MappingProxyType({})) -> str:
    """What the picture of an artifact shows, and of which samples where it is of a whole split.

    `counts` are the samples of each split, as far as they are known.
    """
    split, shown = _split(artifact), tr(title(artifact.kind))
    if not split:
        return shown
    if split in counts and (wrong := _mistakes(artifact)) is not None:
        first = "{mistakes} in {count} {split} samples, the worst first"
        says = first if wrong > 1 else "{mistakes} in {count} {split} samples"
        mistakes = said(counted(wrong, "mistake"))
        return tr(says, mistakes=mistakes, count=whole(counts[split]), split=tr(split))
    if split not in counts:
        return tr("{picture} of the {split} samples", picture=shown, split=tr(split))
    says, count = "{picture} of the {count} {split} samples", whole(counts[split])
    return tr(says, picture=shown, count=count, split=tr(split))


def of_split(artifact: Artifact, counts: Mapping[Split, int], room: int) -> str:
    """The split that it is of, and of how many samples, in as many words as there is room for."""
    if not (split := _split(artifact)):
        return ""
    says = [name := tr(split), ""]
    if split in counts:
        count = whole(counts[split])
        more = tr("of {count} {split} samples", count=count, split=name)
        says = [more, f"{name} ({count})", *says]
        if (wrong := _mistakes(artifact)) is not None:
            says = [
                tr(
                    "{wrong} of {count} {split} samples",
                    wrong=whole(wrong),
                    count=count,
                    split=name,
                ),
                tr("{wrong} of {count}", wrong=whole(wrong), count=count),
                "",
            ]
    return next(it for it in says if cell_len(it) <= room or not it)


def _split(artifact: Artifact) -> Split | None:
    """The split that an artifact is of; None where it is of a few samples, or of none."""
    named = artifact.labels.get("split")
    return cast(Split, named[0]) if named else None


def _mistakes(artifact: Artifact) -> int | None:
    """How many samples of the split were not answered right, of an artifact that says so."""
    count = artifact.arrays.get("mistakes")
    return (
        int(array(artifact, "mistakes")[0]) if count is not None and count.shape == (1,) else None
    )


def moment(artifact: Artifact, finished: int | None = None, room: float = inf) -> str:
    """When it was seen, in a few words: just its epoch where `room` has no cells for more.

    `finished` are the epochs that its run finished, once that is over.
    """
    if artifact.is_final:
        unfinished = finished is not None and artifact.epoch > finished
        says = "final weights, of epoch {epoch}" + ", unfinished" * unfinished
        if cell_len(shown := tr(says, epoch=whole(artifact.epoch))) <= room:
            return shown
    return tr("epoch {epoch}", epoch=whole(artifact.epoch))


def cells(artifact: Artifact) -> Cell:
    """How many rows and columns of cells can be chosen; none of most pictures."""
    if not _has_cells(artifact.kind):
        return NOTHING
    try:
        return _of_cells(artifact.kind).cells(artifact)
    except (ValueError, IndexError):  # its picture says what is wrong
        return NOTHING


def first_cell(artifact: Artifact) -> Cell:
    """The cell that is chosen at first, of an artifact that has `cells`."""
    return _of_cells(artifact.kind).first_cell(artifact)


def draw(
    artifact: Artifact, width: int, height: int, look: Look, cell: Cell | None = None
) -> list[StyledLine]:
    """Draw an artifact into `width` x `height` cells; what cannot be drawn is said there.

    `cell` is the one that is chosen, of a picture that has cells.
    """
    kind = artifact.kind
    if kind not in kinds():
        says = tr("no picture of {kind}: update tui-dl", kind=kind)
        return boxed([[(says, "dim")]], width, height)
    if cell is not None and _has_cells(kind):
        of_cells = _of_cells(kind)
        return _safe(lambda: of_cells.draw(artifact, width, height, look, cell), width, height)
    return _safe(lambda: _of(kind).draw(artifact, width, height, look), width, height)


def draw_details(
    kind: str, artifacts: Mapping[str, Artifact], cell: Cell, width: int, height: int, look: Look
) -> list[StyledLine]:
    """Draw what is known of a cell of the picture of `kind`.

    `artifacts` are those of the moment, by kind, that of `kind` among them.
    """
    of_cells = _of_cells(kind)
    return _safe(lambda: of_cells.draw_details(artifacts, cell, width, height, look), width, height)


def _safe(make: Callable[[], list[StyledLine]], width: int, height: int) -> list[StyledLine]:
    """The rows that are made, as many as fit, or in their place what is wrong with the artifact."""
    try:
        rows = make()
    except (ValueError, IndexError) as error:
        rows = [[(tr("this artifact cannot be drawn: {why}", why=error), "warn")]]
    return boxed(shortened(rows, height), width, height)


def _of(kind: str) -> Picture:
    return cast(Picture, import_module(f"{pictures.__name__}.{kind}"))


def _of_cells(kind: str) -> PictureOfCells:
    return cast(PictureOfCells, _of(kind))


def _has_cells(kind: str) -> bool:
    """Whether the file of a kind is that of a picture with cells."""
    return kind in kinds() and hasattr(_of(kind), "cells")
