"""The early-stopping panel: how much patience is used up, and which weights are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.geometry import Size

from tui_dl.drawing.chart_spec import in_words
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.events import EarlyStopped
from tui_dl.runs.earliest_stop import earliest_stop
from tui_dl.runs.missing_figures import no_best
from tui_dl.runs.view import RunView
from tui_dl.spec.train.config import EarlyStopping
from tui_dl.support.formatting import short, whole
from tui_dl.support.translations import said, tr
from tui_dl.ui.panels.panel import Panel

MOST_CELLS = 12


class EarlyStoppingPanel(Panel):
    """Patience as cells, which weights the run ends with, and the best epoch."""

    TAB = "curves"
    ORDER = 4
    LEAST_SIZE = Size(28, 5)
    WEIGHT = 0
    BESIDE: ClassVar[Mapping[str, int]] = {"curves": 1}
    BORDER_TITLE = "Early stopping"

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(view.experiment and view.experiment.train.early_stopping and view.started)

    def rows_wanted(self, width: int) -> int:
        return max(len(self._rows(width)), 3)

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return self._rows(width)

    def _rows(self, width: int) -> list[StyledLine]:
        rule, view = self.experiment.train.early_stopping, self.view
        if view is None or rule is None:
            return []
        used = stopped_by_hand(rule, view) or [_patience(rule, view, width)]
        rows = [*used, weights_row(rule, view), best_row(rule, view)]
        return [row for row in rows if row]


def stopped_by_hand(rule: EarlyStopping, view: RunView) -> list[StyledLine]:
    """When a user ended the run, and when early stopping could have; nothing of other runs."""
    if view.ended is None or view.ended.stop_reason != "stopped":
        return []
    when = "stopped by hand after epoch {epoch}"
    if view.unfinished:
        when = "stopped by hand in epoch {epoch}"
    epoch = whole(view.unfinished or view.ended.epochs)
    rows: list[StyledLine] = [[(tr(when, epoch=epoch), "stop")]]
    if earliest := earliest_of(rule, view):
        says = tr("early stop: not before epoch {epoch}", epoch=whole(earliest))
        rows += [[(says, "dim")]]
    return rows


def earliest_of(rule: EarlyStopping | None, view: RunView) -> int | None:
    """The first epoch after which early stopping may end the run; see `earliest_stop`."""
    newest = view.epochs[-1] if view.epochs else None
    return earliest_stop(rule, newest, view.started.epochs if view.started else None)


def _patience(rule: EarlyStopping, view: RunView, width: int) -> StyledLine:
    if stopped := view.early_stopped:
        return [(tr("stopped at epoch {epoch}", epoch=whole(stopped.epoch)), "stop")]
    waited = min(view.epochs[-1].waited if view.epochs else 0, rule.patience)
    word, figure = tr("patience "), f" {waited}/{rule.patience}"
    style = "warn" if waited * 2 > rule.patience else "plain"
    cells = patience_cells(waited, rule.patience, width - cell_len(word + figure))
    return [(word, "dim"), (cells + figure, style)]


def patience_cells(waited: int, patience: int, room: int) -> str:
    """■■■□□; where there are more epochs than cells, a cell stands for several."""
    cells = max(0, min(patience, MOST_CELLS, room))
    full = waited * cells // patience
    return "■" * full + "□" * (cells - full)


def weights_row(rule: EarlyStopping | None, view: RunView) -> StyledLine:
    """Which epoch's weights the run will end with, or ended with."""
    restores = rule is not None and rule.restore_best
    over = view.early_stopped or view.ended
    if over is None:
        restores = restores and not no_best(view.epochs[-1] if view.epochs else None, rule)
        plan = "will restore the best epoch" if restores else "will keep the last epoch"
        return [(tr(plan), "dim")] if view.live else []
    if restores and over.best_epoch:
        return [(tr("epoch {epoch} is restored", epoch=whole(over.best_epoch)), "good")]
    if view.unfinished:
        says = tr("epoch {epoch} is kept, unfinished", epoch=whole(view.unfinished))
        return [(says, "warn")]
    last = over.epoch if isinstance(over, EarlyStopped) else over.epochs
    return [(tr("epoch {epoch} is kept", epoch=whole(last)), "good")]


def best_row(rule: EarlyStopping | None, view: RunView) -> StyledLine:
    """The best epoch and its figure, or why there is none."""
    best = view.best
    if best is None:
        why = no_best(view.epochs[-1] if view.epochs else None, rule)
        if why:
            return [(tr("no best: {why}", why=said(why)), "warn")]
        return [(tr("no epoch finished yet" if view.live else "no epoch finished"), "dim")]
    value = best.metrics.get(rule.metric) if rule else None  # else it is the loss
    figure = ""
    if rule and isinstance(value, float):
        figure = f"{tr(in_words(rule.metric))} {short(value)}"
    figure = figure or short(best.validation_loss)
    return [(tr("best epoch "), "dim"), (whole(best.epoch), "best"), (f" · {figure}", "plain")]
