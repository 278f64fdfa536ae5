"""Messages from screens to the application, which alone switches between screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from tui_dl.runs.curve_request import CurveRequest
from tui_dl.runs.folder import Run
from tui_dl.runs.live import LiveRun
from tui_dl.runs.side_by_side import SideBySide
from tui_dl.spec.experiment import Experiment

if TYPE_CHECKING:
    from tui_dl.process.origin import Origin


class CourseShown(Message):
    """The course is on the terminal: kernels may be compiled ahead."""


class TrainPreset(Message):
    """A preset was chosen to be trained, or what was made from a run.

    Where `says` is not empty, it is asked first, and said what is known of the run.
    """

    def __init__(
        self, name: str, experiment: Experiment, made_from: Run | None = None, says: str = ""
    ) -> None:
        super().__init__()
        self.name = name
        self.experiment = experiment
        self.made_from = made_from
        self.says = says


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
    """A preset and its variants are to be trained side by side.

    A run of the preset took so many seconds, if there was one. Where it was changed, the runs are
    called `name`, and `says` is what is changed.
    """

    def __init__(
        self,
        preset: str,
        experiment: Experiment,
        seconds: float | None,
        name: str = "",
        says: str = "",
    ) -> None:
        super().__init__()
        self.preset = preset
        self.experiment = experiment
        self.seconds = seconds
        self.name = name or preset
        self.says = says


class RunRenamed(Message):
    """A run has another name, and so another folder."""

    def __init__(self, run: Run, new: Run) -> None:
        super().__init__()
        self.run = run
        self.new = new


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


class BuildWanted(Message):
    """A network is to be built from this one."""

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self.origin = origin


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


class CompareWanted(Message):
    """Runs are to be seen side by side."""

    def __init__(self, compared: SideBySide) -> None:
        super().__init__()
        self.compared = compared


class OverlayWanted(Message):
    """A run is to be seen over the one that it was made from."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


class ResumeWanted(Message):
    """A run that was paused, stopped or killed is to be continued."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


class MoreEpochsWanted(Message):
    """A new run of `experiment` is to go on from the end of a run."""

    def __init__(self, run: Run, experiment: Experiment) -> None:
        super().__init__()
        self.run = run
        self.experiment = experiment
