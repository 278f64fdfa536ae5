"""The whole run as one row, with its milestones and the playhead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from rich.cells import cell_len

from tui_dl.drawing.styled_text import StyledLine, StyledText, by_cell, joined
from tui_dl.drawing.ticks import epoch_ticks, round_up
from tui_dl.runs.milestones import Milestone, MilestoneKind
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.view import Present
from tui_dl.support.formatting import whole
from tui_dl.support.translations import tr

COLUMNS_A_TICK = 10
FEW = 50  # epochs of which each can be seen
SHARE = 0.25  # of a run: a part of it that is no more than this is drawn alone
HEAD, NEWEST = "┃", "▶"
PLAYED, RECORDED, AHEAD = ("━", "train"), ("─", "axis"), ("┄", "faint")
SIGNS: dict[MilestoneKind, tuple[str, str, str]] = {  # the most important first
    "early_stop": ("■", "stop", "stop"),
    "best": ("◆", "best", "best"),
    "diagnosis": ("▲", "", "warn"),
    "learning_rate": ("◇", "lr", "warn"),
}


class Scale(NamedTuple):
    """An axis from 0 to so many steps, in so many cells."""

    steps: int
    cells: int

    def column(self, step: float) -> int:
        """The cell of a step."""
        return round(min(step / self.steps, 1.0) * (self.cells - 1))


class Label(NamedTuple):
    """A word or a number on the line.

    Attributes:
        text: the styled text.
        starts: cells where it may begin, the best one first.
        mark: the cell of its mark, which it may touch; None where it has none.
        step: from which on it is shown.
    """

    text: StyledText
    starts: tuple[int, ...]
    mark: int | None = None
    step: int = 0


def timeline(playhead: Playhead, present: Present, width: int) -> StyledLine:
    """Draw the run from its first step to the last one that it can have, in `width` cells.

    While a long run has not come far, the line ends at a round number of epochs. Where things
    stand does not depend on the playhead, which is drawn over them. A mark has its word once the
    playhead has reached it; until then it is a dim sign, or nothing where the run is shown for the
    first time.
    """
    per_epoch, steps = present.steps_per_epoch, _steps(present)
    last = ceil(steps / per_epoch) if present.live else present.epoch
    end = _end(last, present, width, goes_on=steps < present.most_steps)
    scale = Scale(steps, max(width - len(end), 1))
    step = playhead.at(present)
    reached = present.step if step is None else step
    head, newest = scale.column(reached), scale.column(present.step)
    cells: list[StyledText] = [
        PLAYED if x < head else RECORDED if x < newest else AHEAD for x in range(scale.cells)
    ]
    there = [it for it in present.milestones if it.step <= steps]  # of lost records there are more
    marks = [it for kind in SIGNS for it in there if it.kind == kind]
    labels = [*_words(marks, scale), *_epochs(per_epoch, scale, last)]
    signs = {scale.column(it.step) for it in marks}
    for label, places in _placed(labels, signs, scale.cells):
        is_cut = head in places or newest in places  # a part of a number is another number
        if label.step <= reached and not is_cut:
            cells[places.start : places.stop] = by_cell([label.text])
    cells[newest] = (NEWEST, "axis")
    for it in reversed(marks):
        sign, _, style = SIGNS[it.kind]
        if it.step <= reached or not playhead.first_time:
            cells[scale.column(it.step)] = (sign, style if it.step <= reached else "dim")
    cells[head] = (HEAD, "strong")
    return [*joined(cells), (end, "dim")]


def _steps(present: Present) -> int:
    """How many steps the line has: all that there can be, or the next round number of epochs.

    It is another one no sooner than the run is twice as long.
    """
    per_epoch, most = present.steps_per_epoch, present.most_steps
    part = round(round_up(max(present.step / per_epoch, FEW))) * per_epoch
    return part if part <= SHARE * most else most


def _end(last: int, present: Present, width: int, goes_on: bool) -> str:
    """The epoch at which the line ends, with dots where the run goes on.

    Of a run that is over it is the last one that it finished. It takes the cells of the widest
    that this run can have: the line ends where it does.
    """
    widest = len(whole(present.most_epochs))
    if (part := int(present.most_epochs * SHARE)) >= FEW:
        widest = max(widest, len(f"{whole(part)}…"))
    dots = "…" * goes_on
    return f"{whole(last)}{dots}".ljust(min(widest, width // 2))


def _words(marks: Sequence[Milestone], scale: Scale) -> Iterator[Label]:
    """The words of the marks, before them if there is room: the playhead passes none of those."""
    for it in marks:
        _, word, style = SIGNS[it.kind]
        if word:
            text, x = tr(word), scale.column(it.step)
            yield Label((text, style), (x - cell_len(text), x + 1), x, it.step)


def _epochs(per_epoch: int, scale: Scale, last: int) -> Iterator[Label]:
    """The numbers of epochs, but for the last one, which stands behind the line."""
    for tick in epoch_ticks(scale.steps / per_epoch, scale.cells // COLUMNS_A_TICK + 1):
        text, step = whole(int(tick)), tick * per_epoch
        start = max(scale.column(step) - len(text) // 2, 0)
        if start + len(text) < scale.cells and tick < last:
            yield Label((text, "dim"), (start,))


def _placed(labels: Sequence[Label], signs: set[int], room: int) -> Iterator[tuple[Label, range]]:
    """The labels for which there is room, and their cells: a free one is left on either side."""
    taken = signs
    for label in labels:
        for start in label.starts:
            places = range(start, start + cell_len(label.text[0]))
            around = {*range(places.start - 1, places.stop + 1)} - {label.mark}
            if start >= 0 and places.stop <= room and not taken & around:
                taken = taken | {*places}
                yield label, places
                break
