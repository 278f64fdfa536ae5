"""Back to the last checkpoint: what a run has written since is cut, and will be written again.

Training is exact, so the same records come; a curve never shows two pasts.
"""

from __future__ import annotations

from tui_dl.errors import UserError
from tui_dl.private import make_folder
from tui_dl.runs import atomic
from tui_dl.runs.folder import Run


def rewind(run: Run) -> None:
    """Make the folder what it was at the last checkpoint, or at the beginning without one.

    Whoever calls this holds the lock. Nothing is changed where it cannot be done.

    Raises:
        UserError: the checkpoint is damaged, or of another network than the experiment's, or
            what was recorded before it is not all there.
    """
    events, steps = _sizes(run)
    atomic.need(run.steps, steps)  # before the events are cut
    atomic.cut(run.events, events)
    atomic.cut(run.steps, steps)
    run.take_back_stops()
    make_folder(run.control)  # it may have been deleted
    for command in run.control.iterdir():
        command.unlink()
    run.log.unlink(missing_ok=True)


def _sizes(run: Run) -> tuple[int, int]:
    """Bytes of both logs when the last checkpoint was made."""
    wanted = {
        f"{row.name}.{name}": shape
        for row in run.experiment.rows
        for name, shape in row.parameters.items()
    }
    if not run.last.exists():
        return 0, 0
    from tui_dl.runs import checkpoint  # brings numpy

    tensors, metadata = checkpoint.read(run.last)
    try:
        checkpoint.check_shapes(wanted, tensors)
    except UserError as error:
        raise UserError(f"{run.id}: {error}") from None
    return int(metadata["events"]), int(metadata["steps"])
