"""The playhead as one row: its state in words, then the whole run with its milestones."""

from __future__ import annotations

from math import ceil, log10
from typing import NamedTuple

from rich.cells import cell_len

from tui_dl.drawing.styled_text import StyledLine, StyledText, length
from tui_dl.drawing.timeline import timeline
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.view import Present
from tui_dl.support.formatting import duration, in_seconds, whole
from tui_dl.support.translations import tr

TIME_SHARE, SHARE = 0.5, 0.6  # of the row that the run takes, at least: beside a time, or without
LEAST_WIDTH = 16  # cells; in fewer nothing can be told apart
SEPARATOR = " · "
WIDEST_TIMES, WIDEST_TIME = "9.9k", "00:00:00"  # that stand in the words of a state
MOST_DIGITS = 9_999_999  # no number of steps takes more cells: a larger one has a prefix


class _Words(NamedTuple):
    """How what the playhead does is said: in full, or in as few cells as tell it."""

    slower: str
    as_trained: str
    faster: str
    held: str


FULL = _Words(
    "slow motion 1/{times}", "as fast as trained", "{times}× as fast", "after step {step}"
)
SHORT = _Words("slow 1/{times}", "as trained", "{times}×", "step {step}")


def playhead_strip(playhead: Playhead, present: Present, width: int) -> StyledLine:
    """Draw the strip into a row of `width` cells; nothing before the first step."""
    if not present.step or width < LEAST_WIDTH:
        return []
    words, cells = _layout(present, width)
    state = _state(playhead, present, words, cells)
    gap = " " * (cells - length(state) + 2)
    return [*state, (gap, "plain"), *timeline(playhead, present, width - cells - 2)]


def _layout(present: Present, width: int) -> tuple[_Words, int]:
    """The words, and cells for those of any state of this run: the line stays where it is."""
    most, room = width - ceil(width * TIME_SHARE), width - ceil(width * SHARE)
    time = cell_len(SEPARATOR + tr("trained in {time}", time=WIDEST_TIME))
    full, short = _cells(present, FULL), _cells(present, SHORT)
    if full + time <= most:
        return FULL, full + time
    return (FULL, full) if full <= room else (SHORT, min(short, room))


def _cells(present: Present, words: _Words) -> int:
    """Cells for the longest state of this run without a time."""
    planned = max(present.planned, present.step)
    epochs = len(whole(present.most_epochs))
    step = whole(min(planned, MOST_DIGITS))
    doing = (cell_len(tr(it, times=WIDEST_TIMES, step=step)) for it in words)
    return len("● /") + 2 * epochs + len(SEPARATOR) + max(doing)


def _state(playhead: Playhead, present: Present, words: _Words, room: int) -> StyledLine:
    """Where the playhead is and what it does, as much of it as there is room for.

    At the end of a run the epochs that it finished count, of those that were planned: the counts
    are those of the status.
    """
    total = whole(present.most_epochs)
    step = playhead.at(present)
    epoch = present.epoch if step is None else present.epoch_at(step)
    entries: list[StyledText] = [(f"{whole(epoch):>{len(total)}}/{total}", "strong")]
    glyph, style, word = _glyph(playhead, present)
    entries += [(tr(word), "plain")] if word else []
    if step is not None and not playhead.playing:
        entries += [(tr(words.held, step=whole(step)), "dim")]
    elif (playhead.playing and step is not None) and (speed := _speed(playhead, present, words)):
        entries += [(speed, "plain")]
    if not present.live and present.seconds:
        entries += [(tr("trained in {time}", time=_seconds(present.seconds)), "dim")]
    row: StyledLine = [(glyph, style)]
    for place, (text, look) in enumerate(entries):
        gap = SEPARATOR if place else " "
        if length(row) + cell_len(gap + text) > room:
            break
        row += [(gap, "dim"), (text, look)]
    return row


def _glyph(playhead: Playhead, present: Present) -> tuple[str, str, str]:
    """A glyph, its style and a word for what the playhead does."""
    if playhead.at(present) is None:
        return ("●", "train", "live") if present.live else ("■", "dim", "end")
    return ("▶", "train", "") if playhead.playing else ("‖", "warn", "")


def _speed(playhead: Playhead, present: Present, words: _Words) -> str:
    """How fast the run plays, against its training."""
    times = playhead.against_training(present)
    if times is None:
        return ""
    if times == 1:
        return tr(words.as_trained)
    if times < 1:
        return tr(words.slower, times=_figure(1 / times))
    return tr(words.faster, times=_figure(times))


def _figure(times: float) -> str:
    """Two digits where there are not more before the point: 9.6, 58, 9.6k."""
    unit = min(int(log10(max(times, 1)) / 3 + 1e-5), 2)
    number = times / 1000**unit
    figure = whole(round(number)) if number >= 9.95 else f"{number:.1f}".removesuffix(".0")
    return figure + ["", "k", "M"][unit]


def _seconds(seconds: float) -> str:
    return in_seconds(f"{seconds:.2g}") if seconds < 10 else duration(seconds)
