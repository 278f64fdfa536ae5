"""The playhead as one row: its state in words, then the whole run with its milestones."""

from __future__ import annotations

from math import ceil

from rich.cells import cell_len

from tui_dl.drawing.styled_text import StyledLine, StyledText, length
from tui_dl.drawing.timeline import timeline
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.view import Present
from tui_dl.support.formatting import duration, whole
from tui_dl.support.translations import tr

SHARE = 0.5  # of the row that the run takes, at least
LEAST_WIDTH = 16  # cells; in fewer nothing can be told apart


def playhead_strip(playhead: Playhead, present: Present, width: int) -> StyledLine:
    """Draw the strip into a row of `width` cells; nothing before the first step."""
    if not present.step or width < LEAST_WIDTH:
        return []
    state = _state(playhead, present, width - ceil(width * SHARE))
    words = length(state)
    return [*state, ("  ", "plain"), *timeline(playhead, present, width - words - 2)]


def _state(playhead: Playhead, present: Present, room: int) -> StyledLine:
    """Where the playhead is and what it does, as much of it as there is room for.

    At the end of a run the epochs that it finished count, as in its results. A step takes the
    cells of the newest one: the run beside it stays where it is.
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
    spare = 0
    if step is not None and not playhead.playing:
        entries += [(tr("after step {step}", step=whole(step)), "dim")]
        spare = len(whole(present.step)) - len(whole(step))
    elif (playhead.playing and step is not None) and (speed := _speed(playhead, present)):
        entries += [(speed, "plain")]
    if not present.live and present.seconds:
        entries += [(tr("trained in {time}", time=_seconds(present.seconds)), "dim")]
    row: StyledLine = [(glyph, style)]
    for place, (text, look) in enumerate(entries):
        gap = " · " if place else " "
        if length(row) + cell_len(gap + text) > room - spare:
            break
        row += [(gap, "dim"), (text, look)]
    return [*row, (" " * spare, "plain")]


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
