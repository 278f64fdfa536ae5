"""The picture of any artifact, as rows of styled text."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from tui_dl.drawing import pictures
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, boxed
from tui_dl.protocol.artifact import Artifact


class Picture(Protocol):
    """What the file of a kind holds."""

    TITLE: str  # what it shows, in a few words

    def draw(self, artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
        """Rows of the picture; those beyond `width` x `height` cells are cut.

        Raises:
            ValueError, IndexError: the artifact does not hold what its kind has.
        """


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of artifacts that can be drawn, in alphabetical order."""
    folder = Path(pictures.__path__[0])
    return tuple(sorted(file.stem for file in folder.glob("[a-z]*.py")))


def title(kind: str) -> str:
    """What pictures of a kind show, in a few words."""
    return _of(kind).TITLE if kind in kinds() else kind


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Draw an artifact into `width` x `height` cells; what cannot be drawn is said there."""
    if artifact.kind not in kinds():
        return boxed([[(f"no picture of {artifact.kind}: update tui-dl", "dim")]], width, height)
    try:
        rows = _of(artifact.kind).draw(artifact, width, height, look)
    except (ValueError, IndexError) as error:
        rows = [[(f"this artifact cannot be drawn: {error}", "warn")]]
    return boxed(rows, width, height)


def _of(kind: str) -> Picture:
    return cast(Picture, import_module(f"{pictures.__name__}.{kind}"))
