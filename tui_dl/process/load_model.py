"""Loads the network that a run has trained."""

from __future__ import annotations

from tui_dl.data.preparation import Preparation, restore
from tui_dl.engine.inference.model import Model
from tui_dl.engine.inference.table_model import TableModel
from tui_dl.engine.train.state import Tensors
from tui_dl.runs import checkpoint
from tui_dl.runs.files import present
from tui_dl.runs.folder import Run
from tui_dl.spec.data.table import TableFile
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault


def load_model(run: Run, threads: int) -> Model:
    """The network of a run, with its final weights: a `TableModel` where the data is a table.

    Raises:
        UserError: the run has saved no weights yet, or they cannot be read.
    """
    try:
        tensors = _final_weights(run)
        if not isinstance(run.experiment.data, TableFile):
            return Model(run.experiment, tensors, threads)
        preparation = _preparation(run)
    except OSError as error:
        raise UserError(f"{run.id}: cannot read its weights: {fault(error)}") from None
    return TableModel(run.experiment, tensors, preparation, threads)


def _preparation(run: Run) -> Preparation:
    """What training learned of the table's columns; raises as `load_model` does."""
    try:
        return restore(*checkpoint.read(run.preparation))
    except UserError:
        raise UserError(
            f"{run.preparation}: it is damaged: train the run's experiment.toml anew"
        ) from None


def _final_weights(run: Run) -> Tensors:
    """The run's final weights: the best epoch's if its config restores them."""
    rule = run.experiment.train.early_stopping
    best = run.checkpoints / "best.safetensors"
    if rule and rule.restore_best and present(best):
        return checkpoint.read(best)[0]
    if not present(run.last):
        raise UserError(f"{run.id}: nothing to load: the run has saved no weights yet")
    tensors, _ = checkpoint.read(run.last)
    return {name: tensors.get(f"optimizer.average.{name}", w) for name, w in tensors.items()}
