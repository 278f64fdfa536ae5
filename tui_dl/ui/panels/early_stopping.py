"""The early-stopping strip: how much patience is used up, and what would be restored."""

from __future__ import annotations

from textual.reactive import reactive

from tui_dl.drawing.styled_text import Row
from tui_dl.protocol.events import EarlyStopped
from tui_dl.runs.missing_figures import no_best
from tui_dl.runs.view import Snapshot
from tui_dl.spec.train import EarlyStopping
from tui_dl.support.formatting import short
from tui_dl.ui.panels.rows import Rows

MOST_CELLS = 12


class PatienceStrip(Rows):
    """Patience as cells, the best epoch, and the weights one gets in the end."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)

    BORDER_TITLE = "Early stopping"

    def __init__(self, rule: EarlyStopping | None, id: str) -> None:
        super().__init__(id=id)
        self._rule = rule

    def watch_snapshot(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self.snapshot is not None:
            used = _patience(self._rule, self.snapshot, self.content_size.width)
            rows = [used, _weights(self._rule, self.snapshot), _best(self._rule, self.snapshot)]
            self.paint([row for row in rows if row])


def _patience(rule: EarlyStopping | None, snapshot: Snapshot, width: int) -> Row:
    if rule is None:
        return [("none: trains all epochs", "dim")]
    if stopped := snapshot.early_stopped:
        return [(f"stopped at epoch {stopped.epoch}", "stop")]
    waited = min(snapshot.epochs[-1].waited if snapshot.epochs else 0, rule.patience)
    word, figure = "patience ", f" {waited}/{rule.patience}"
    ink = "warn" if waited * 2 > rule.patience else "plain"
    cells = _cells(waited, rule.patience, width - len(word + figure))
    return [(word, "dim"), (cells + figure, ink)]


def _weights(rule: EarlyStopping | None, snapshot: Snapshot) -> Row:
    """Which epoch's weights one gets in the end, or got."""
    restores = rule is not None and rule.restore_best
    over = snapshot.early_stopped or snapshot.ended
    if over is None:
        restores = restores and not no_best(snapshot.epochs[-1] if snapshot.epochs else None, rule)
        plan = "the best epoch is restored" if restores else "the last epoch is kept"
        return [(plan, "dim")] if snapshot.live else []
    if restores and over.best_epoch:
        return [(f"epoch {over.best_epoch} is restored", "good")]
    last = over.epoch if isinstance(over, EarlyStopped) else over.epochs
    return [(f"epoch {last} is kept", "good")]


def _cells(waited: int, patience: int, room: int) -> str:
    """■■■□□; where there are more epochs than cells, a cell stands for several."""
    cells = max(0, min(patience, MOST_CELLS, room))
    full = waited * cells // patience
    return "■" * full + "□" * (cells - full)


def _best(rule: EarlyStopping | None, snapshot: Snapshot) -> Row:
    best = snapshot.best
    if best is None:
        why = no_best(snapshot.epochs[-1] if snapshot.epochs else None, rule)
        return [(f"no best: {why}", "warn")] if why else [("no epoch is over yet", "dim")]
    value = best.metrics.get(rule.metric) if rule else None  # else it is the loss
    figure = f"{rule.metric} {short(value)}" if rule and isinstance(value, float) else ""
    figure = figure or short(best.validation_loss)
    return [("best epoch ", "dim"), (f"{best.epoch}", "best"), (f" · {figure}", "plain")]
