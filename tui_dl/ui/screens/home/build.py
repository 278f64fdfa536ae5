"""The builder: a network and its recipe, row by row, with what they cost."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tui_dl import presets
from tui_dl.drawing.build_facts import Facts
from tui_dl.process.building import Building
from tui_dl.process.origin import Origin, of_name
from tui_dl.protocol.measured_time import MeasuredTime
from tui_dl.runs.folder import Run, name_of_title
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.data_names import DATA_NAMES
from tui_dl.spec.memory.need import need
from tui_dl.spec.row_text import sentence
from tui_dl.spec.toml.edits import lines_of
from tui_dl.support.errors import UserError
from tui_dl.support.home_folders import expanded
from tui_dl.support.kernel_cache import compiled_files
from tui_dl.support.machine_memory import available
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr
from tui_dl.ui.messages import TrainPreset
from tui_dl.ui.panels.build.layer_rows import LayerRows
from tui_dl.ui.panels.build.row_field import RowField
from tui_dl.ui.panels.build.views import FactRows, FileText
from tui_dl.ui.panels.frame import Keys, TooSmall
from tui_dl.ui.panels.heading import HomeHeading
from tui_dl.ui.panels.preset_pictures import NetworkPicture
from tui_dl.ui.plain_text import plain
from tui_dl.ui.screens.build_editing import BuildEditing
from tui_dl.ui.screens.long_run import says_if_long
from tui_dl.ui.time_measurer import TimeMeasured, TimeMeasurer

NAME = "Build"
ORDER = 3
LOOK_EVERY = 0.5  # seconds between two looks at the file
KEPT = 100  # measured times


class BuildScreen(BuildEditing):
    """Rows on the left; on the right what they cost, and the file as it is."""

    TITLE = NAME
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "train", "Train", tooltip="Train the network as it is"),
        Binding("w", "save_file", "Save", tooltip="Write the experiment file"),
        Binding("o", "open", "Open", tooltip="Begin with a preset, a file, or data"),
        Binding("E", "editor", "Editor", tooltip="Edit the file in $EDITOR"),
        Binding("r", "app.return_to_run", "Back to run"),
    ]

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        super().__init__(home, watched, language)
        self._measurer = TimeMeasurer()
        self._times: dict[str, MeasuredTime | str] = {}  # measured, or why not, by experiment
        self._facts = Facts()

    def compose(self) -> ComposeResult:
        yield HomeHeading("build")
        with Horizontal(id="build"):
            with Vertical(id="build-left"):
                yield LayerRows()
                yield RowField()
                yield Static(id="build-says", markup=False)
                yield NetworkPicture()
                yield FactRows("build-line")
            with Vertical(id="build-right"):
                yield FactRows("build-facts")
                yield FileText()
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.query_one(RowField).display = False
        self.set_interval(LOOK_EVERY, self._look_at_file)
        self._measure_times()
        self.call_after_refresh(self.show)

    def on_unmount(self) -> None:
        self._measurer.end()

    def begin(self, origin: Origin) -> None:
        """Build from another network; where something is not saved, ask first."""
        from tui_dl.ui.screens.dialogs import Confirm

        def take(agreed: bool | None = True) -> None:
            if agreed:
                self.building, self.at = Building(origin), 0
                self.show()

        if self.building.is_changed:
            question = tr("Begin anew with {name}?", name=origin.name)
            self.app.push_screen(Confirm(question, tr("What is here is saved in no file.")), take)
        else:
            take()

    def show(self, says: str = "") -> None:
        if not self.is_mounted:
            return
        experiment, rows = self.outline.experiment, self.outline.rows
        key = experiment.to_toml() if experiment else ""
        time = self._times.get(key)
        if experiment and time is None and not self.is_typing:
            self._measurer.want(experiment)
        layers = time.layers if isinstance(time, MeasuredTime) else {}
        self.query_one(LayerRows).show(rows, layers, self.at, bool(self.building.draft.wrong))
        self._show_facts(time)
        self._say(says)
        self._show_file()
        title = self.building.origin.name
        if experiment:
            title = self.building.origin.title_of(experiment)
            self.query_one(NetworkPicture).show(experiment)
        self.query_one(LayerRows).set_titles(
            plain(title).plain, tr("not saved") * self.building.is_changed
        )

    def _show_facts(self, time: MeasuredTime | str | None) -> None:
        facts, experiment, base = Facts(), self.outline.experiment, self.building.origin.base
        if experiment:
            facts = Facts(
                experiment.parameter_count,
                base.parameter_count if base else None,
                experiment.flops,
                need(experiment, compiled_files()).bytes,
                available().bytes,
                experiment.train.epochs,
                time.epoch_seconds if isinstance(time, MeasuredTime) else None,
                time if isinstance(time, str) else "",
            )
        for panel in self.query(FactRows):
            panel.show(facts)

    def _say(self, says: str) -> None:
        """Say what is wrong, or else how the chosen layer computes its output."""
        static, row = self.query_one("#build-says", Static), self.chosen
        if self.at < len(self.outline.rows):
            row = self.outline.rows[self.at]
        wrong = says or (row.wrong if row else "") or self.outline.wrong
        static.set_class(bool(wrong), "-wrong")
        text = said(wrong)
        if not wrong and row and row.nodes and row.text.strip():
            last = row.nodes[-1]
            kind = row.text.split()[0]
            formula, says = last.layer.formula(last.input), tr(sentence(kind))
            text = f"{formula}   {says}" if formula else f"{kind}: {says}"
        static.update(printable(text))

    def _show_file(self) -> None:
        row, draft = self.chosen, self.draft
        text = draft.text
        first, last = lines_of(text, row.path) if row and not draft.wrong else (0, 0)
        panel = self.query_one(FileText)
        panel.show(text, first, last)
        path = self.building.origin.path
        panel.set_titles(plain(str(path) if path else tr("the file, not saved")).plain, "")

    @on(LayerRows.Drawn)
    def place_field(self) -> None:
        """Put the field where the chosen row stands."""
        panel, field, row = self.query_one(LayerRows), self.query_one(RowField), self.chosen
        x, y = panel.place
        indent = 0
        if row is not None:
            indent = 2 * row.depth if row.is_layer else len(row.key) + len(" = ")
        edge = panel.gutter
        field.styles.offset = (x + indent + edge.left, y + edge.top)
        field.styles.width = max(panel.content_size.width - x - indent, 1)

    @work(thread=True)
    def _measure_times(self) -> None:
        """Measure how long an epoch takes, whenever that is wanted."""
        self._measurer.run(self.post_message)

    @on(TimeMeasured)
    def take_time(self, message: TimeMeasured) -> None:
        """Show a time that was measured."""
        if len(self._times) >= KEPT:
            self._times.clear()
        self._times[message.experiment.to_toml()] = message.measured or message.why_not
        self.show()

    def _look_at_file(self) -> None:
        """Follow the file where others change it."""
        if not self.is_active or self.is_typing:
            return
        if says := self.building.look_at_file():
            self.notify(says)
            self.turn_to()
        elif self.building.offered is not None:
            self._offer()

    def _offer(self) -> None:
        """Ask whether what others have made of the file takes the place of unsaved edits."""
        from tui_dl.ui.screens.dialogs import Confirm

        def take(agreed: bool | None) -> None:
            if agreed:
                self.building.take_offered()
                self.turn_to()
            else:
                self.building.offered = None

        says = tr(
            "{path} was changed by another program. Your edits are in no file; "
            "ctrl+z brings them back.",
            path=self.building.origin.path,
        )
        self.app.push_screen(Confirm(tr("Read it anew?"), says), take)

    def action_train(self) -> None:
        """Train the network as it is; the name of the run says what differs."""
        experiment = self.building.outline.experiment
        if experiment is None:
            self.notify(self.building.outline.wrong, title="It cannot be trained", severity="error")
            return
        origin = self.building.origin
        time, seconds = self._times.get(experiment.to_toml()), None
        if isinstance(time, MeasuredTime):
            seconds = time.epoch_seconds * experiment.train.epochs
        name = name_of_title(origin.title_of(experiment))
        self.post_message(TrainPreset(name, experiment, origin.run, says_if_long(seconds)))

    def action_open(self) -> None:
        """Ask what to begin with."""
        from tui_dl.ui.screens.build_dialogs import AskName

        def open_it(name: str | None) -> None:
            if name is None:
                return
            try:
                self.begin(of_name(name))
            except UserError as error:
                self.notify(str(error), title="It cannot be opened", severity="error")

        says = tr("a preset, a data set, an experiment file, or a file of data")
        names = (*presets.COURSE, *DATA_NAMES)
        self.app.push_screen(AskName(tr("Begin with"), says, "", names), open_it)

    def action_save_file(self) -> None:
        """Ask for a path, and write the file there."""
        from tui_dl.ui.screens.build_dialogs import AskName

        path = self.building.origin.path or Path(f"{self.building.origin.name}.toml")
        question = AskName(tr("Save as"), tr("an experiment file"), str(path))
        self.app.push_screen(question, self._save)

    def _save(self, name: str | None) -> None:
        """Write the file; one that would be overwritten is asked about."""
        from tui_dl.ui.screens.dialogs import Confirm

        if name is None:
            return
        path = expanded(name)

        def write(agreed: bool | None = True) -> None:
            if not agreed:
                return
            try:
                self.building.save(path)
            except UserError as error:
                self.notify(str(error), title="Not saved", severity="error")
            else:
                self.notify(tr("Saved: {path}", path=path))
            self.show()

        try:
            asks = self.building.needs_leave(path)
        except UserError as error:
            self.notify(said(str(error)), title=tr("Not saved"), severity="error")
            return
        if asks:
            question = Confirm(tr("Overwrite it?"), tr("{path} is there already.", path=path))
            self.app.push_screen(question, write)
        else:
            write()

    def action_editor(self) -> None:
        """Edit the text in the user's editor."""
        from tui_dl.ui.text_editor import edit_text

        try:
            text = edit_text(self.app, self.building.draft.text)
        except UserError as error:
            self.notify(str(error), severity="error")
            return
        self.building.draft.replace(text)
        self.turn_to()
