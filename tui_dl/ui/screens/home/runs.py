"""All runs of the home, the newest first; Enter opens one."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from time import time
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable, Static

from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.listing import Listed, listed
from tui_dl.runs.live import LiveRun
from tui_dl.runs.short_title import title_of
from tui_dl.spec.course.lesson import Language
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import NOTHING, age, duration, short, whole
from tui_dl.support.terminal_text import printable
from tui_dl.ui.messages import RunWanted
from tui_dl.ui.panels.frame import Keys, TooSmall
from tui_dl.ui.panels.heading import HomeHeading
from tui_dl.ui.screens.home_screen import HomeScreen

NAME = "Runs"
ORDER = 2


class Row(NamedTuple):
    """A run as the table shows it."""

    run: Run
    title: str
    listed: Listed


class RunsRead(Message):
    """The runs were listed."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.rows = rows

    def can_replace(self, message: Message) -> bool:
        """Only the newest list is of use."""
        return isinstance(message, RunsRead)


class RunTable(DataTable[Text]):
    """Rows of which one is highlighted; Enter chooses it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Open", tooltip="Show the run; escape comes back"),
    ]


class RunsScreen(HomeScreen):
    """A table of runs; it is read anew when it is shown, and when a live run goes on."""

    AUTO_FOCUS = "RunTable"

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        super().__init__(home, watched, language)
        self._rows: list[Row] = []
        self._titles: dict[Run, str] = {}
        self._outdated, self._ended = Event(), False
        self._is_reading = False

    @property
    def busy(self) -> bool:
        return self._is_reading or self._outdated.is_set()

    def compose(self) -> ComposeResult:
        yield HomeHeading("runs")
        yield RunTable(cursor_type="row", id="runs")
        yield Static(id="no-runs")
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.watch(self.app, "live", self._read_again, init=False)
        self.call_after_refresh(self._read)

    def on_screen_resume(self) -> None:
        self._outdated.set()

    def on_unmount(self) -> None:
        self._ended = True
        self._outdated.set()

    def _read_again(self, live: tuple[LiveRun, ...]) -> None:
        if self.is_current:
            self._outdated.set()

    @work(thread=True)
    def _read(self) -> None:
        """List the runs whenever that is asked for."""
        while self._outdated.wait() and not self._ended:
            self._is_reading = True
            self._outdated.clear()
            self.post_message(RunsRead(self._listed()))
            self._is_reading = False

    def _listed(self) -> list[Row]:
        try:
            runs = all_runs(self.home)
        except UserError:  # starting a run says so
            runs = []
        return [Row(run, self._title(run), listed(run)) for run in runs]

    def _title(self, run: Run) -> str:
        if run not in self._titles:
            try:
                self._titles[run] = title_of(run)
            except UserError:
                self._titles[run] = run.name
        return self._titles[run]

    @on(RunsRead)
    def show(self, message: RunsRead) -> None:
        """Fill the table; the same run stays highlighted."""
        table = self.query_one(RunTable)
        chosen = self._chosen()
        self._rows = message.rows
        empty = self.query_one("#no-runs", Static)
        table.display, empty.display = bool(self._rows), not self._rows
        empty.update(f"No runs yet. Train a preset of the course (1), or: {_first()}")
        table.clear(columns=True)
        table.add_columns("run", "status", "epochs", "loss", "test", "time", "age")
        for row in self._rows:
            table.add_row(*_cells(row))
        places = [place for place, row in enumerate(self._rows) if row.run == chosen]
        table.move_cursor(row=places[0] if places else 0)

    def _chosen(self) -> Run | None:
        """The highlighted run."""
        row = self.query_one(RunTable).cursor_row
        return self._rows[row].run if row < len(self._rows) else None

    @on(RunTable.RowSelected)
    def open_run(self) -> None:
        """Open the highlighted run."""
        if (run := self._chosen()) is not None:
            self.post_message(RunWanted(run))


def _first() -> str:
    return command_line("train", "first-network")


def _cells(row: Row) -> list[Text]:
    it = row.listed
    loss = NOTHING if it.best_validation_loss is None else short(it.best_validation_loss)
    took = NOTHING if it.training_seconds is None else duration(it.training_seconds)
    ago = age(time() - it.started_at) if it.started_at else NOTHING
    figures = (whole(it.epochs), loss, it.figure, took, ago)
    return [
        Text(printable(row.title)),
        Text(it.status),
        *(Text(printable(figure), justify="right") for figure in figures),
    ]
