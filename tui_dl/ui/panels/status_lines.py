"""The status lines: where the run stands, how fast it goes, and what came out."""

from __future__ import annotations

from textual.reactive import reactive

from tui_dl.drawing.chart_spec import in_words
from tui_dl.drawing.styled_text import Piece, Row, length
from tui_dl.runs.status import Status
from tui_dl.runs.view import READING, Snapshot
from tui_dl.support.formatting import duration, fixed, percent, rate, short, step_time, whole
from tui_dl.ui.panels.rows import Rows

STATES = {  # a glyph and an ink for each status; the word stands beside them
    "starting": ("○", "dim"),
    "compiling": ("◐", "warn"),
    "running": ("●", "train"),
    "paused": ("‖", "warn"),
    "stopping": ("■", "warn"),
    "finished": ("✔", "good"),
    "stopped": ("■", "warn"),
    "failed": ("✘", "bad"),
    "unreadable": ("✘", "bad"),
}
GAP: Piece = ("  ", "plain")


class StatusLines(Rows):
    """Two rows: state and progress; pace or result."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False, always_update=True)
    wish: reactive[Status | None] = reactive(None, repaint=False)  # asked for, not yet so

    def watch_snapshot(self) -> None:
        self._draw()

    def watch_wish(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self.snapshot is None:
            self.paint([[(f"○ {READING}", "dim")]])
        else:
            width = self.content_size.width
            first = _first(self.snapshot, self.wish, width)
            self.paint([first, _fitting(_second(self.snapshot), width)])


def _first(snapshot: Snapshot, wish: Status | None, width: int) -> Row:
    glyph, ink = STATES[snapshot.status]
    row: Row = [(f"{glyph} {snapshot.status}", ink)]
    if snapshot.compiling:
        row += [(f" {snapshot.compiling}", "strong"), GAP, (_done(snapshot.compiled), "dim")]
    if wish and wish != snapshot.status:
        row += [(f" → {wish}", "warn")]
    times: Row = []
    if snapshot.elapsed is not None:
        times += [GAP, (duration(snapshot.elapsed), "plain"), (" elapsed", "dim")]
    if snapshot.remaining is not None and wish != "stopping":
        times += [GAP, (duration(snapshot.remaining), "plain"), (" to go", "dim")]
    if snapshot.started and snapshot.step:
        epochs = snapshot.started.epochs
        row += [
            GAP,
            ("epoch ", "dim"),
            (f"{whole(_epoch(snapshot))}/{whole(epochs)}", "strong"),
            GAP,
        ]
        room = width - length(row) - length(times)
        if room >= 8:
            row += _progress(snapshot.step / max(snapshot.steps, 1), room, ink)
    return row + times


def _epoch(snapshot: Snapshot) -> int:
    """The one under way; of a run that is over, how many it finished."""
    if snapshot.live and snapshot.started:
        under_way = (snapshot.step - 1) // snapshot.started.steps_per_epoch + 1
        return min(under_way, snapshot.started.epochs)
    return snapshot.epochs[-1].epoch if snapshot.epochs else 0


def _second(snapshot: Snapshot) -> list[Row]:
    """Entries, the most important ones first."""
    if snapshot.status == "starting":
        return [[("the worker reads the data and builds the network", "dim")]]
    if snapshot.status == "compiling":
        return [[("once per machine: compiled kernels are kept for the next run", "dim")]]
    if snapshot.status == "stopping":
        return [[("the weights are saved, and evaluated once more", "dim")]]
    entries: list[Row] = []
    if snapshot.read < 1:
        entries += [[(f"reading {snapshot.read:.0%}", "warn")]]
    if (ended := snapshot.ended) and ended.test_accuracy is not None:
        entries += [
            [("test accuracy ", "dim"), (percent(ended.test_accuracy), "good")],
            *_second_metric(snapshot),
            [("test loss ", "dim"), (short(ended.test_loss), "strong")],
        ]
    elif isinstance(value := snapshot.test.get("return"), float):
        entries += [[("test return ", "dim"), (fixed(value, 1), "good")]]
    if snapshot.step:
        steps = f"/{whole(snapshot.steps)}" if snapshot.live else ""
        entries += [[("step ", "dim"), (f"{whole(snapshot.step)}{steps}", "plain")]]
    if snapshot.step_ms is not None:
        entries += [[(step_time(snapshot.step_ms), "plain"), ("/step", "dim")]]
    if snapshot.samples_per_second is not None:
        entries += [[(whole(snapshot.samples_per_second), "plain"), (" samples/s", "dim")]]
    if snapshot.learning_rate is not None:
        entries += [[("lr ", "dim"), (rate(snapshot.learning_rate), "plain")]]
    if snapshot.started:
        threads = snapshot.started.threads
        entries += [[(f"{whole(threads)} thread{'s' * (threads != 1)}", "dim")]]
    return entries


def _second_metric(snapshot: Snapshot) -> list[Row]:
    value = snapshot.test.get(snapshot.second or "")
    if snapshot.second is None or not isinstance(value, float):
        return []
    return [[(f"test {in_words(snapshot.second)} ", "dim"), (percent(value), "good")]]


def _progress(fraction: float, width: int, ink: str) -> Row:
    halves = min(int(fraction * width * 2), width * 2)
    text = "━" * (halves // 2) + "╸" * (halves % 2)
    return [(text, ink), ("─" * (width - len(text)), "faint")]


def _done(kernels: int) -> str:
    return f"{kernels} kernel{'s' * (kernels != 1)} done" if kernels else "the first kernel"


def _fitting(entries: list[Row], width: int) -> Row:
    row: Row = []
    for entry in entries:
        separated: Row = [("  ·  ", "dim"), *entry] if row else entry
        if length(row) + length(separated) > width:
            break
        row += separated
    return row
