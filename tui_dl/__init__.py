"""tui-dl: train small neural networks in the terminal and watch them learn."""

# Nothing is imported here, not even typing: `python -m tui_dl` runs this file while the working
# folder is still on the module path.
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
    """Train an experiment in this process, in a run folder of its own, and yield the events.

    Args:
        experiment: a preset's name, an experiment file's path, or an Experiment.
        runs: the folder of all runs; by default TUI_DL_RUNS, else the user's data folder.
        threads: number of threads; chosen automatically by default. Results do not depend on it.

    Yields:
        Events; the last is Ended, or Failed with the reason. Leaving the loop stops the run.

    Raises:
        UserError: the experiment is wrong or the folder cannot be used.
        TypeError: an argument has the wrong type.
        ValueError: an argument is out of range.
    """
    from tui_dl import api  # brings numba

    return api.train(experiment, runs, threads)


def load(run: "str | Path", *, runs: "str | Path | None" = None, threads: int = 1) -> "Model":
    """Load the network that a run has trained.

    Args:
        run: the run's id or its beginning, its name, ``last``, or the path of its folder.
        runs: the folder of all runs; by default TUI_DL_RUNS, else the user's data folder.
        threads: number of threads for predictions.

    Raises:
        UserError: there is no such run, or it has saved no weights yet.
        TypeError: an argument has the wrong type.
        ValueError: an argument is out of range.
    """
    from tui_dl import api  # brings numba

    return api.load(run, runs, threads)
