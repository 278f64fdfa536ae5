"""Messages from screens to the application, which alone switches between screens."""

from __future__ import annotations

from textual.message import Message

from tui_dl.runs.curve_request import CurveRequest
from tui_dl.runs.folder import Run
from tui_dl.runs.live import LiveRun
from tui_dl.spec.experiment import Experiment


class CourseShown(Message):
    """The course is on the terminal: kernels may be compiled ahead."""


class TrainPreset(Message):
    """A preset was chosen to be trained."""

    def __init__(self, name: str, experiment: Experiment) -> None:
        super().__init__()
        self.name = name
        self.experiment = experiment


class RunIsRunning(Message):
    """The run on the screen takes steps: the processors are its own."""


class LongRunEnded(Message):
    """A run that was live for long on the screen is over."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


class TrainChanged(Message):
    """The experiment of a run is to be trained with a change that was proposed."""

    def __init__(self, run: Run, experiment: Experiment) -> None:
        super().__init__()
        self.run = run
        self.experiment = experiment


class TrainVariants(Message):
    """A preset and its variants are to be trained side by side."""

    def __init__(self, name: str, experiment: Experiment) -> None:
        super().__init__()
        self.name = name
        self.experiment = experiment


class RunWanted(Message):
    """The screen of a run is to be shown."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


class PresetWanted(Message):
    """The course is to be shown, at a preset."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class CurvesWanted(Message):
    """Other curves of the run on the screen are to be read than before."""

    def __init__(self, request: CurveRequest) -> None:
        super().__init__()
        self.request = request


class LiveRead(Message):
    """Which runs train now, and how far each is."""

    def __init__(self, live: tuple[LiveRun, ...]) -> None:
        super().__init__()
        self.live = live
