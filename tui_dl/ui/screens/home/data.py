"""Data of a source, a file or a folder: its report, samples, and a network to train on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from tui_dl import presets
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import wrapped
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import Run, name_of
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.data_names import DATA_NAMES
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.home_folders import expanded
from tui_dl.support.os_errors import fault
from tui_dl.support.translations import said, tr
from tui_dl.ui.messages import BuildWanted, TrainPreset
from tui_dl.ui.panels.frame import WIDE, Keys, TooSmall
from tui_dl.ui.panels.heading import HomeHeading
from tui_dl.ui.panels.preset_pictures import SamplesPicture
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.screens.home_screen import HomeScreen

if TYPE_CHECKING:
    from tui_dl.data.preview import Preview

NAME = "Data"
ORDER = 4
SAMPLES, ROWS = 80, 8  # that are read; the rows they are drawn in, or more where they are free
HOW = (
    "Press o and write the path of a table, such as measured.csv, of a folder with a folder of "
    "images for each class, or the name of a data set or a preset, such as iris or lenet5. "
    "What it holds is shown here and what is doubtful about it; t trains a network on it."
)


class DataRead(Message):
    """Data was read, or could not be."""

    def __init__(
        self, name: str, experiment: Experiment | None, preview: Preview | None, says: str
    ) -> None:
        super().__init__()
        self.name, self.experiment, self.preview, self.says = name, experiment, preview, says


class Report(Rows):
    """The report, as high as it is; or what to do while there is none."""

    def __init__(self) -> None:
        super().__init__(id="report")
        self._experiment: Experiment | None = None
        self._says, self._style = HOW, "dim"

    def show(self, experiment: Experiment | None, says: str, style: str = "dim") -> None:
        """Show the report of an experiment's data, or say something."""
        self._experiment, self._says, self._style = experiment, says, style
        self.size_changed()

    @property
    def rows_needed(self) -> int:
        """How many rows it has at its width."""
        return max(len(self._drawn(max(self.content_size.width, 1))), 1)

    def size_changed(self) -> None:
        self.styles.height = self.rows_needed
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return self._drawn(width)[:height]

    def _drawn(self, width: int) -> list[StyledLine]:
        if self._experiment is None:
            return [[(row, self._style)] for row in wrapped(said(self._says), width)]
        from tui_dl.drawing.data_report import draw_report  # brings numpy

        return draw_report(self._experiment.data_spec, width)


class DataScreen(HomeScreen):
    """The report of one source."""

    TITLE = NAME
    AUTO_FOCUS = "#data"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", "Open", tooltip="A file, a folder, a data set or a preset"),
        Binding("t", "train", "Train", tooltip="Train the network that is proposed for the data"),
        Binding("b", "build", "Build", tooltip="Build a network, beginning with the proposed one"),
    ]

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        super().__init__(home, watched, language)
        self._opened = ""
        self._experiment: Experiment | None = None
        self._is_reading = False

    @property
    def busy(self) -> bool:
        return self._is_reading

    def compose(self) -> ComposeResult:
        yield HomeHeading("data")
        with VerticalScroll(id="data"):
            yield SamplesPicture()
            yield Report()
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.query_one(SamplesPicture).display = False

    def action_open(self) -> None:
        """Ask for data."""
        from tui_dl.ui.screens.build_dialogs import AskName

        hint, names = tr("a path, a data set or a preset"), (*DATA_NAMES, *presets.COURSE)
        question = AskName(tr("Data to open"), hint, self._opened, names)
        self.app.push_screen(question, self._open)

    def _open(self, name: str | None) -> None:
        if name is not None:
            self._is_reading = True
            self.query_one(SamplesPicture).display = False
            self.query_one(Report).show(None, f"Reading {name}...")
            self._read(name)

    @work(thread=True, exclusive=True)
    def _read(self, name: str) -> None:
        """Read data, and some samples of it."""
        experiment: Experiment | None = None
        shown: Preview | None = None
        says = ""
        try:
            experiment = read(str(expanded(name)) if name.startswith("~") else name)
            from tui_dl.data.preview import preview  # brings numpy

            shown = preview(experiment, SAMPLES)
        except UserError as error:
            says = str(error)
        except OSError as error:
            says = fault(error)
        self.post_message(DataRead(name, experiment, shown, says))

    @on(DataRead)
    def show(self, message: DataRead) -> None:
        """Show what was read."""
        self._is_reading = False
        self._opened, self._experiment = message.name, message.experiment
        samples, report = self.query_one(SamplesPicture), self.query_one(Report)
        report.show(message.experiment, message.says, "bad")
        samples.display = message.preview is not None
        if message.preview is not None:
            samples.show(message.preview, "")
            self._arrange()
        self.query_one(HomeHeading).note = message.name if message.experiment else ""
        self.refresh_bindings()

    def on_resize(self) -> None:
        self.call_after_refresh(self._arrange)  # once the report has its size

    def _arrange(self) -> None:
        """Give the samples the rows that are free above the report.

        Rows of a table, or texts, stand beside it where there is room.
        """
        data = self.query_one("#data")
        samples, report = data.query_one(SamplesPicture), data.query_one(Report)
        beside = samples.are_lines and self.app.size.width >= WIDE
        data.set_class(beside, "-beside")
        if beside:
            data.move_child(samples, after=report)
            free = data.content_size.height
        else:
            data.move_child(samples, before=report)
            free = data.content_size.height - report.rows_needed - 1
        samples.take_rows(max(free, ROWS), shrinks=True)

    def action_train(self) -> None:
        """Train the network that is proposed."""
        if self._experiment is not None:
            self.post_message(TrainPreset(name_of(self._opened), self._experiment))

    def action_build(self) -> None:
        """Build a network, beginning with the one that is proposed."""
        from tui_dl.process.origin import of_name

        if self._experiment is not None:
            self.post_message(BuildWanted(of_name(self._opened)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is a use for an action now."""
        if action in ("train", "build"):
            return self._experiment is not None
        return super().check_action(action, parameters)
