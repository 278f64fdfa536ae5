"""Messages from screens to the application, which alone switches between screens."""

from __future__ import annotations

from textual.message import Message

from tui_dl.runs.folder import Run
from tui_dl.spec.experiment import Experiment


class LibraryShown(Message):
    """The library is on the terminal: kernels may be compiled ahead."""


class TrainPreset(Message):
    """A preset was chosen to be trained."""

    def __init__(self, name: str, experiment: Experiment) -> None:
        super().__init__()
        self.name = name
        self.experiment = experiment


class RunIsRunning(Message):
    """The run on the screen takes steps: the processors are its own."""


class TrainChanged(Message):
    """The experiment of a run is to be trained with a change that was proposed."""

    def __init__(self, run: Run, experiment: Experiment) -> None:
        super().__init__()
        self.run = run
        self.experiment = experiment
