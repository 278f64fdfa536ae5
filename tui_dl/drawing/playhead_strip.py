"""The playhead as one row: its state in words, then the whole run with its milestones."""

from __future__ import annotations

from math import ceil

from rich.cells import cell_len

from tui_dl.drawing.styled_text import StyledLine, StyledText, by_cell, joined, length
from tui_dl.drawing.ticks import epoch_ticks
from tui_dl.runs.milestones import MilestoneKind
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.view import Present
from tui_dl.support.formatting import duration, whole
from tui_dl.support.translations import tr

SHARE = 0.5  # of the row that the run takes, at least
COLUMNS_A_TICK = 10
LEAST_WIDTH = 16  # cells; in fewer nothing can be told apart
HEAD, NEWEST = "┃", "▶"
PLAYED, RECORDED, AHEAD = ("━", "train"), ("─", "axis"), ("┄", "faint")
SIGNS: dict[MilestoneKind, tuple[str, str, str]] = {  # the most important first
    "early_stop": ("■", "stop", "stop"),
    "best": ("◆", "best", "best"),
    "diagnosis": ("▲", "", "warn"),
    "learning_rate": ("◇", "lr", "warn"),
}


def playhead_strip(playhead: Playhead, present: Present, width: int) -> StyledLine:
    """Draw the strip into a row of `width` cells; nothing before the first step."""
    if not present.step or width < LEAST_WIDTH:
        return []
    state = _state(playhead, present, width - ceil(width * SHARE))
    words = length(state)
    return [*state, ("  ", "plain"), *_timeline(playhead, present, width - words - 2)]


def _state(playhead: Playhead, present: Present, room: int) -> StyledLine:
    """Where the playhead is and what it does, as much of it as there is room for.

    At the end of a run the epochs that it finished count, as in its results.
    """
    total = whole(ceil(present.most_steps / present.steps_per_epoch))
    step = playhead.at(present)
    if step is None and not present.live:
        epoch = present.epochs
    else:
        epoch = ceil((present.step if step is None else step) / present.steps_per_epoch)
    entries: list[StyledText] = [(f"{whole(epoch):>{len(total)}}/{total}", "strong")]
    glyph, style, word = _glyph(playhead, present)
    entries += [(tr(word), "plain")] if word else []
    if step is not None and not playhead.playing:
        entries += [(tr("after step {step}", step=whole(step)), "dim")]
    elif (playhead.playing and step is not None) and (speed := _speed(playhead, present)):
        entries += [(speed, "plain")]
    if not present.live and present.seconds:
        entries += [(tr("trained in {time}", time=_seconds(present.seconds)), "dim")]
    row: StyledLine = [(glyph, style)]
    for place, (text, look) in enumerate(entries):
        gap = " · " if place else " "
        if length(row) + cell_len(gap + text) > room:
            break
        row += [(gap, "dim"), (text, look)]
    return row


def _glyph(playhead: Playhead, present: Present) -> tuple[str, str, str]:
    """A glyph, its style and a word for what the playhead does."""
    if playhead.at(present) is None:
        return ("●", "train", "live") if present.live else ("■", "dim", "end")
    return ("▶", "train", "") if playhead.playing else ("‖", "warn", "")


def _speed(playhead: Playhead, present: Present) -> str:
    """How fast the run plays, against its training."""
    times = playhead.against_training(present)
    if times is None:
        return ""
    if times == 1:
        return tr("as fast as trained")
    if times < 1:
        return tr("slow motion 1/{times}", times=_figure(1 / times))
    return tr("{times}× as fast", times=_figure(times))


def _figure(times: float) -> str:
    """Two digits where there are not more before the point."""
    return whole(round(times)) if times >= 10 else f"{times:.1f}".removesuffix(".0")


def _seconds(seconds: float) -> str:
    return f"{seconds:.2g} s" if seconds < 10 else duration(seconds)


def _timeline(playhead: Playhead, present: Present, width: int) -> StyledLine:
    """The run from its first step to the last one that it can have."""
    per_epoch, most = present.steps_per_epoch, max(present.most_steps, 1)
    total = whole(ceil(most / per_epoch))
    room = max(width - len(total), 1)

    def column(step: float) -> int:
        return round(min(step / most, 1.0) * (room - 1))

    step = playhead.at(present)
    head, newest = column(present.step if step is None else step), column(present.step)
    cells: list[StyledText] = [
        PLAYED if x < head else RECORDED if x < newest else AHEAD for x in range(room)
    ]
    cells[newest] = (NEWEST, "axis")
    cells[head] = (HEAD, "strong")
    taken = {head}
    there = [it for it in present.milestones if it.step <= most]  # of lost records there are more
    found = [(it, *SIGNS[it.kind]) for kind in SIGNS for it in there if it.kind == kind]
    for milestone, sign, _, style in found:
        if (x := column(milestone.step)) not in taken:
            cells[x] = (sign, style)
            taken.add(x)
    taken.add(newest)
    for milestone, _, word, style in found:
        x = column(milestone.step)
        word = tr(word)
        if word and not _write(cells, x + 1, word, style, taken, beside=x):
            _write(cells, x - cell_len(word), word, style, taken, beside=x)
    for tick in epoch_ticks(most / per_epoch, room // COLUMNS_A_TICK + 1):
        label, x = whole(int(tick)), column(tick * per_epoch)
        first = max(x - len(label) // 2, 0)
        if first + len(label) < room and tick * per_epoch < most:
            _write(cells, first, label, "dim", taken)
    return [*joined(cells), (total, "dim")]


def _write(
    cells: list[StyledText],
    first: int,
    text: str,
    style: str,
    taken: set[int],
    beside: int | None = None,
) -> bool:
    """Write `text` where its cells are free, and those next to it, but for the one `beside`.

    Returns:
        Whether there was room.
    """
    letters = by_cell([(text, style)])
    places = range(first, first + len(letters))
    around = {*range(places.start - 1, places.stop + 1)} - {beside}
    if first < 0 or places.stop > len(cells) or taken & around:
        return False
    cells[first : places.stop] = letters
    taken.update(places)
    return True
