"""What resume cuts: everything written after the last checkpoint, which training writes again.

Training is exact, so the same records come; a curve never shows two pasts. The event
`Resumed` takes the place of what is cut.
"""

from __future__ import annotations

from tui_dl.protocol.check_shapes import check_shapes
from tui_dl.protocol.commands import Set
from tui_dl.protocol.events import Refused, Resumed
from tui_dl.runs import artifacts, atomic
from tui_dl.runs.check_entries import misplaced
from tui_dl.runs.files import present
from tui_dl.runs.folder import Run
from tui_dl.runs.mailbox import pending
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import encode
from tui_dl.support.private_files import make_folder


def rewind(run: Run) -> None:
    """Make the folder what it was at the last checkpoint, or at the beginning without one.

    Whoever calls this holds the lock. Nothing is changed where it cannot be done.

    Raises:
        UserError: the checkpoint is damaged, or of another network than the experiment's, or the
            experiment was changed, or what was recorded before it is not all there.
        OSError: something of it cannot be read or written.
    """
    run = Run(run.path)  # its worker has written more into the experiment
    for says in misplaced(run.path):
        raise UserError(f"{run.path}: {says}")
    events, steps, step = _position(run)
    run.check_seal()
    atomic.need(run.steps, steps)  # before the events are cut
    # Events that are left may say that the worker before was asked to stop or to pause.
    atomic.cut(run.events, events, encode(Resumed()) + b"\n" if events else b"")
    atomic.cut(run.steps, steps)
    artifacts.prune(run, step)
    run.rewrite_to_resume()
    for folder in (run.checkpoints, run.control):
        make_folder(folder)  # it may have been deleted
    for folder in (run.path, run.checkpoints, run.control):
        atomic.sweep(folder)
    _clear(run)
    run.log.unlink(missing_ok=True)
    run.word.unlink(missing_ok=True)


def _clear(run: Run) -> None:
    """Remove stops and pauses from the mailbox: resuming overrides them.

    A learning rate stays, to be set once the run goes on, unless the experiment has it already.
    """
    rates = [change.learning_rate for change in run.experiment.train.change]
    for path, command in pending(run.control):
        if isinstance(command, Set) and command.learning_rate not in rates[-1:]:
            continue
        try:
            path.unlink(missing_ok=True)
        except OSError:  # a folder, which the worker leaves alone too
            if not isinstance(command, Refused):
                raise


def _position(run: Run) -> tuple[int, int, int]:
    """Bytes of both logs when the last checkpoint was made, and the last step before it."""
    expected = {
        f"{node.name}.{name}": shape
        for node in run.experiment.nodes
        for name, shape in node.parameters.items()
    }
    if not present(run.last):
        return 0, 0, 0
    from tui_dl.runs import checkpoint  # brings numpy

    tensors, metadata = checkpoint.read(run.last)
    try:
        check_shapes(expected, tensors)
    except UserError as error:
        raise UserError(f"{run.id}: {error}") from None
    if "position" not in metadata:
        raise UserError(f"{run.last}: it does not say where training stands: {checkpoint.REMEDY}")
    return int(metadata["events"]), int(metadata["steps"]), int(metadata["step"])
