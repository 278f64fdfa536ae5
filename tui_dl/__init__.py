"""tui-dl: train small neural networks in the terminal and watch them learn."""

# Nothing is imported here, not even typing: `python -m tui_dl` runs this file before the working
# folder is taken off the module path.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui_dl.engine.inference.model import Model
    from tui_dl.protocol.events import AnyEvent
    from tui_dl.spec.experiment import Experiment

__version__ = "0.1.0"


def train(
    experiment: "str | Path | Experiment",
    *,
    runs: "str | Path | None" = None,
    threads: int | None = None,
) -> "Iterator[AnyEvent]":
    """Train in this process, as a run like any other, and yield its events as they happen.

    Args:
        experiment: a preset's name, an experiment file's path, or an Experiment.
        runs: folder of all runs; else TUI_DL_RUNS, else the user's data folder.
        threads: how many compute; by default one a processor. The numbers do not depend on it.

    The last event is Ended, or Failed with the reason; a loop that is left stops the run. Raises
    UserError where the experiment or the folder is wrong; TypeError or ValueError where an
    argument is.
    """
    from tui_dl import api  # brings numba

    return api.train(experiment, runs, threads)


def load(run: "str | Path", *, runs: "str | Path | None" = None, threads: int = 1) -> "Model":
    """The network that a run has trained.

    Args:
        run: its id, the beginning of one, a name, ``last``, or the path of its folder.
        runs: folder of all runs; else TUI_DL_RUNS, else the user's data folder.
        threads: how many compute.

    Raises UserError where there is no such run, or it has saved no weights yet; TypeError or
    ValueError where an argument is wrong.
    """
    from tui_dl import api  # brings numba

    return api.load(run, runs, threads)
