"""The early-stopping strip: how much patience is used up, and what would be restored."""

from __future__ import annotations

from textual.reactive import reactive

from tui_dl.events import EarlyStopped
from tui_dl.experiment import EarlyStopping
from tui_dl.ui.rows import Row, Rows
from tui_dl.ui.snapshot import Snapshot
from tui_dl.ui.text import short

MOST_CELLS = 12


class PatienceStrip(Rows):
    """Patience as cells, the best epoch, and the weights one gets in the end."""

    lines: reactive[tuple[Row, ...]] = reactive((), repaint=False)

    BORDER_TITLE = "Early stopping"

    def __init__(self, rule: EarlyStopping | None, id: str) -> None:
        super().__init__(id=id)
        self._rule = rule

    def show(self, snapshot: Snapshot) -> None:
        """Take what `snapshot` says of the epochs."""
        self.lines = (*_patience(self._rule, snapshot), _best(snapshot))

    def watch_lines(self) -> None:
        self.paint(list(self.lines))


def _patience(rule: EarlyStopping | None, snapshot: Snapshot) -> list[Row]:
    if rule is None:
        return [[("none: trains all epochs", "dim")], _weights(rule, snapshot)]
    if stopped := snapshot.early_stopped:
        return [[(f"stopped at epoch {stopped.epoch}", "stop")], _weights(rule, snapshot)]
    waited = min(snapshot.epochs[-1].waited if snapshot.epochs else 0, rule.patience)
    cells = _cells(waited, rule.patience)
    ink = "warn" if waited * 2 > rule.patience else "plain"
    used: Row = [("patience ", "dim"), (f"{cells} {waited}/{rule.patience}", ink)]
    return [used, _weights(rule, snapshot)]


def _weights(rule: EarlyStopping | None, snapshot: Snapshot) -> Row:
    """Which epoch's weights one gets in the end, or got."""
    restores = rule is not None and rule.restore_best
    over = snapshot.early_stopped or snapshot.ended
    if over is None:
        plan = "the best epoch is restored" if restores else "the last epoch is kept"
        return [(plan, "dim")] if snapshot.live else []
    if restores and over.best_epoch:
        return [(f"weights of epoch {over.best_epoch} restored", "good")]
    last = over.epoch if isinstance(over, EarlyStopped) else over.epochs
    return [(f"weights of epoch {last} kept", "good")]


def _cells(waited: int, patience: int) -> str:
    """■■■□□; beyond `MOST_CELLS` a cell stands for more than one epoch."""
    cells = min(patience, MOST_CELLS)
    full = waited if cells == patience else waited * cells // patience
    return "■" * full + "□" * (cells - full)


def _best(snapshot: Snapshot) -> Row:
    best = snapshot.best
    if best is None:
        return [("no epoch is over yet", "dim")]
    loss = short(best.validation_loss)
    return [("best epoch ", "dim"), (f"{best.epoch}", "best"), (f" · {loss}", "plain")]
