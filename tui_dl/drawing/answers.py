"""Samples with the network's answers: images as tiles, sequences and rows of a table as lines."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from tui_dl.drawing.answered import Answer, Answered, answered
from tui_dl.drawing.colours import Look, greys
from tui_dl.drawing.mapped import draw_mapped
from tui_dl.drawing.pixels import in_proportion
from tui_dl.drawing.reconstructed import draw_reconstructed
from tui_dl.drawing.styled_text import StyledLine, aligned, are_numbers, column
from tui_dl.drawing.tiles import Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.translations import tr

SHORT = 14  # cells of a class in a caption
LONGEST = 24  # cells of an answer in a table, and of all but its last column
LEAST = 12  # cells of the last column, where it is cut
LEGIBLE = 8  # rows and columns of an image, at least
SURE = 7  # cells of a probability
GAP = "  "


def draw_answers(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Draw the samples of an artifact that has `input.*` or `cells`, and answers or `output.*`.

    Raises:
        UnreadableError: it has not, or they do not belong together.
    """
    if "output.maps" in artifact.arrays:
        return draw_mapped(artifact, width, height, look)
    if {"output.pictures", "output.numbers"} & artifact.arrays.keys():  # of format 1's first runs
        return draw_reconstructed(artifact, width, height, look)
    return draw_answered(answered(artifact), width, height, look)


def draw_answered(it: Answered, width: int, height: int, look: Look) -> list[StyledLine]:
    """Draw samples with their answers."""
    if not it.images:
        return _table(it, width, look)
    captions = [caption(each, look) for each in it.answers]
    shown = [in_proportion(image, width, max(height - 2, 1), look) for image in it.images]
    tiles = [Tile(*pair) for pair in zip(shown, captions, strict=True)]
    return draw_tiles(tiles, greys, width, height, look, LEGIBLE)


def caption(it: Answer, look: Look) -> list[StyledLine]:
    """What the network says, how surely, and what is right where that is something else."""
    answer, target = it.answer[:SHORT], it.target[:SHORT]
    if it.is_right is None:
        return [[(answer, "plain")], [(tr("is {target}", target=target), "dim")]]
    style = "good" if it.is_right else "bad"
    says: StyledLine = [(f"{_sign(it, look)} {answer}", style), (f" {it.surely}", "dim")]
    return [says, [] if it.is_right else [(tr("is {target}", target=target), "dim")]]


def _sign(it: Answer, look: Look) -> str:
    """A sign for a right answer, a wrong one, or one that is a number."""
    signs = ("ok", "no", "  ") if look.ascii else ("✔", "✘", " ")
    return signs[2 if it.is_right is None else not it.is_right]


def _table(it: Answered, width: int, look: Look) -> list[StyledLine]:
    """A row for each sample: its answer, how surely, its target, and the sample itself."""
    of_classes = any(each.is_right is not None for each in it.answers)
    said = _column(tr("answer"), [each.answer for each in it.answers])
    wanted = _column(tr("target"), [each.target for each in it.answers])
    sure = [column(each.surely, SURE) + GAP if of_classes else "" for each in it.answers]
    signs = [f"{_sign(each, look)} " if of_classes else "" for each in it.answers]
    blank = " " * cell_len(signs[0]) if signs else ""
    used = sum(map(cell_len, (blank, said[0], GAP, sure[0] if sure else "", wanted[0], GAP)))
    heading, texts = _samples(it, max(width - used, 0), look)
    unsure = column(tr("sure"), SURE) + GAP if of_classes else ""
    rows: list[StyledLine] = [[(f"{blank}{said[0]}{GAP}{unsure}{wanted[0]}{GAP}{heading}", "dim")]]
    for index, each in enumerate(it.answers):
        style = "plain" if each.is_right is None else "good" if each.is_right else "bad"
        rows.append(
            [
                (f"{signs[index]}{said[index + 1]}{GAP}", style),
                (sure[index], "dim"),
                (f"{wanted[index + 1]}{GAP}", "plain"),
                (texts[index], "plain"),
            ]
        )
    return rows


def _samples(it: Answered, room: int, look: Look) -> tuple[str, list[str]]:
    """The heading of the samples' own columns, and the samples, as many columns as there is room.

    How many columns are left out is said at the end of the heading.
    """
    columns: list[list[str]] = []
    for index, name in enumerate(it.names):
        cells = [row[index] for row in it.cells]
        rest = len(it.names) - index - 1
        left = room - (len(f"{GAP}+{rest + 1}") if rest else 0)
        texts = _column(name, cells, LONGEST if len(it.names) > 1 else room)
        if cell_len(texts[0]) > left:
            if columns or left < LEAST:
                break
            texts = [_cut(text, left, look) for text in texts]
        columns.append(texts)
        room -= cell_len(texts[0]) + len(GAP)
    missing = len(it.names) - len(columns)
    if not columns:
        return f"+{missing}" * bool(missing), [""] * len(it.cells)
    lines = [GAP.join(cells) for cells in zip(*columns, strict=True)]
    return lines[0] + f"{GAP}+{missing}" * bool(missing), lines[1:]


def _column(name: str, cells: list[str], longest: int = LONGEST) -> list[str]:
    """A name and cells, all equally wide; numbers stand at the right."""
    texts = [it if cell_len(it) <= longest else set_cell_size(it, longest) for it in (name, *cells)]
    return aligned(texts, max(map(cell_len, texts)), are_numbers(cells))


def _cut(text: str, width: int, look: Look) -> str:
    """The beginning of a text, with a sign that there is more."""
    if cell_len(text.rstrip()) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ("~" if look.ascii else "…")
