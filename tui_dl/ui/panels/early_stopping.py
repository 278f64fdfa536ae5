"""The early-stopping panel: how much patience is used up, and which weights are kept."""

from __future__ import annotations

from textual.reactive import reactive

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.events import EarlyStopped
from tui_dl.runs.missing_figures import no_best
from tui_dl.runs.view import RunView
from tui_dl.spec.train.config import EarlyStopping
from tui_dl.support.formatting import short
from tui_dl.ui.panels.rows import Rows

MOST_CELLS = 12


class EarlyStoppingPanel(Rows):
    """Patience as cells, which weights the run ends with, and the best epoch."""

    view: reactive[RunView | None] = reactive(None, repaint=False)

    BORDER_TITLE = "Early stopping"

    def __init__(self, rule: EarlyStopping | None, id: str) -> None:
        super().__init__(id=id)
        self._rule = rule

    def watch_view(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if self.view is None:
            return []
        used = _patience(self._rule, self.view, width)
        rows = [used, _weights(self._rule, self.view), _best(self._rule, self.view)]
        return [row for row in rows if row]


def _patience(rule: EarlyStopping | None, view: RunView, width: int) -> StyledLine:
    if rule is None:
        return [("off: trains all epochs", "dim")]
    if stopped := view.early_stopped:
        return [(f"stopped at epoch {stopped.epoch}", "stop")]
    waited = min(view.epochs[-1].waited if view.epochs else 0, rule.patience)
    word, figure = "patience ", f" {waited}/{rule.patience}"
    style = "warn" if waited * 2 > rule.patience else "plain"
    cells = _cells(waited, rule.patience, width - len(word + figure))
    return [(word, "dim"), (cells + figure, style)]


def _weights(rule: EarlyStopping | None, view: RunView) -> StyledLine:
    """Which epoch's weights the run will end with, or ended with."""
    restores = rule is not None and rule.restore_best
    over = view.early_stopped or view.ended
    if over is None:
        restores = restores and not no_best(view.epochs[-1] if view.epochs else None, rule)
        plan = "will restore the best epoch" if restores else "will keep the last epoch"
        return [(plan, "dim")] if view.live else []
    if restores and over.best_epoch:
        return [(f"epoch {over.best_epoch} is restored", "good")]
    last = over.epoch if isinstance(over, EarlyStopped) else over.epochs
    return [(f"epoch {last} is kept", "good")]


def _cells(waited: int, patience: int, room: int) -> str:
    """■■■□□; where there are more epochs than cells, a cell stands for several."""
    cells = max(0, min(patience, MOST_CELLS, room))
    full = waited * cells // patience
    return "■" * full + "□" * (cells - full)


def _best(rule: EarlyStopping | None, view: RunView) -> StyledLine:
    best = view.best
    if best is None:
        why = no_best(view.epochs[-1] if view.epochs else None, rule)
        return [(f"no best: {why}", "warn")] if why else [("no epoch finished yet", "dim")]
    value = best.metrics.get(rule.metric) if rule else None  # else it is the loss
    figure = f"{rule.metric} {short(value)}" if rule and isinstance(value, float) else ""
    figure = figure or short(best.validation_loss)
    return [("best epoch ", "dim"), (f"{best.epoch}", "best"), (f" · {figure}", "plain")]
