"""All runs of the home: filtered, sorted, marked to be compared, renamed, removed, continued."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from tui_dl.drawing.run_list import has_remarks
from tui_dl.runs.entries import ORDERS, Entry, sort
from tui_dl.runs.filter import Filter, names_of
from tui_dl.runs.folder import Run
from tui_dl.runs.side_by_side import side_by_side
from tui_dl.runs.traces import Trace
from tui_dl.spec.course.lesson import Language
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.translations import said, tr
from tui_dl.ui.messages import CompareWanted, RunWanted
from tui_dl.ui.panels.frame import SHORT, TALL, Keys, TooSmall
from tui_dl.ui.panels.heading import HomeHeading
from tui_dl.ui.panels.run_list import HEAD, RunChosen, RunHighlighted, RunList
from tui_dl.ui.panels.run_remarks import RunRemarks
from tui_dl.ui.panels.search_field import SearchField
from tui_dl.ui.plain_text import plain
from tui_dl.ui.run_reader import RunReader, RunsRead
from tui_dl.ui.screens.overlay import Overlay
from tui_dl.ui.screens.run_care import RunCare

NAME = "Runs"
ORDER = 2
EXAMPLE = "accuracy > 0.9 preset:lenet5 words"


class RunsScreen(RunCare):
    """The list, and below it the curves of the marked runs, or else of the highlighted one."""

    TITLE = NAME
    AUTO_FOCUS = "RunList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark", key_display="␣", tooltip="Mark a run for comparing"),
        Binding("c", "compare", "Compare", tooltip="Differences and curves of the marked runs"),
        Binding("b", "pin", "Baseline", tooltip="The run that the others are compared with"),
        Binding("slash", "filter", "Filter", key_display="/", tooltip=f"Show some: {EXAMPLE}"),
        Binding("s", "sort", "Sort", tooltip="Sort by the next column"),
        Binding("S", "turn", "Turn the order", show=False),
        Binding("l", "log_axis", "Log scale", show=False, tooltip="Losses on a log scale"),
        Binding("g", "figure", "Figure", show=False, tooltip="The next figure first in the charts"),
        Binding("escape", "back", show=False),
    ]

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        super().__init__(home, watched, language)
        self.reader = RunReader(home)
        self._entries: list[Entry] = []
        self._traces: tuple[Trace, ...] = ()
        self._filter = Filter("")
        self._order, self._turned = "age", False
        self._first, self._log, self._error = 0, False, ""
        self._next: Run | None = None  # to be highlighted once it is listed

    @property
    def busy(self) -> bool:
        return self.reader.busy

    def compose(self) -> ComposeResult:
        yield HomeHeading("runs")
        yield RunList()
        yield RunRemarks()
        yield Overlay("accuracy")
        yield Static(id="filter-says")
        yield SearchField(EXAMPLE, id="filter")
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.watch(self.app, "live", self._live_changed, init=False)
        self.call_after_refresh(self._read)

    def on_screen_resume(self) -> None:
        self.reader.want(anew=True)

    def on_unmount(self) -> None:
        self.reader.end()

    def _live_changed(self) -> None:
        if self.is_current:
            self.reader.want()

    @work(thread=True)
    def _read(self) -> None:
        """Read the runs, and post what they are."""
        self.reader.run(self.post_message)

    @on(RunsRead)
    def take(self, message: RunsRead) -> None:
        """Show what was read."""
        self._entries, self._traces, self._error = message.entries, message.traces, message.error
        self.show_runs()
        if self._next and self._next in [it.run for it in self._entries]:
            self.query_one(RunList).highlight(self._next)
            self._next = None

    def show_runs(self) -> None:
        """Show the runs that the filter leaves, in order, and the curves of those marked."""
        runs = self.query_one(RunList)
        found = sort(self._filter(self._entries), self._order, self._turned)
        runs.show(found, self._order, self._turned, said(self._error) or self._why_empty())
        self._show_below()
        self.refresh_bindings()

    def _why_empty(self) -> str:
        if self._entries:
            runs = said(counted(len(self._entries), "run"))
            return tr("None of {runs} is left. esc shows all of them.", runs=runs)
        start = command_line("train", "first-network")
        says = "No runs yet. Train a preset of the course (1), or: {command}"
        return tr(says, command=start)

    def _show_below(self) -> None:
        """Show what stands below the list: remarks, for which it may have a column, and curves.

        The row is there for runs without remarks, too: else a step in the list would move it.
        """
        runs, remarks = self.query_one(RunList), self.query_one(RunRemarks)
        has_column = has_remarks(runs.row_width)
        has_room = self.size.height >= TALL or not self._marked()  # curves are worth more
        are_some = any(it.listed.remarks for it in runs.entries)
        remarks.display = are_some and has_room and not has_column
        remarks.show(runs.chosen)
        self._show_curves()

    def _show_curves(self) -> None:
        """Show the curves of the marked runs; of the highlighted one where there is room.

        The list is as high as it needs to be, but no higher than they are.
        """
        runs, drawn = self.query_one(RunList), self._marked()
        rows = HEAD + max(len(runs.entries), len(runs.why_empty))
        if not drawn and runs.chosen and self.size.height >= SHORT:
            drawn = [runs.chosen]
        self.set_class(bool(drawn), "-marked")
        runs.styles.max_height = rows if drawn else None
        wanted = [it.run for it in drawn]
        if wanted != self.reader.drawn:
            self.reader.drawn = wanted
            self.reader.want()
        metrics = {it.listed.details.metric for it in drawn}
        metric = metrics.pop() if len(metrics) == 1 else ""
        self.query_one(Overlay).show(
            self._traces, None, self._first, self._log, metric or "accuracy"
        )

    @on(RunHighlighted)
    def preview(self) -> None:
        """Show what there is to see of another run."""
        self._show_below()

    def on_resize(self) -> None:
        """Show as much as there is room for now, once the list has its size."""
        self.call_after_refresh(self._show_below)

    def _marked(self) -> list[Entry]:
        """The marked runs that are there, in the order of marking, after the baseline."""
        there = {it.run: it for it in self._entries}
        runs = self.query_one(RunList)
        first = [runs.baseline] if runs.marked and runs.baseline else []
        return [there[run] for run in dict.fromkeys([*first, *runs.marked]) if run in there]

    def chosen(self) -> Entry | None:
        """The highlighted run."""
        return self.query_one(RunList).chosen

    def read_again(self, run: Run | None = None) -> None:
        """Read the list anew, and highlight `run` in it."""
        self._next = run
        self.reader.want(anew=True)

    def take_started(self, run: Run) -> None:
        self._next = run

    def renamed(self, run: Run, new: Run) -> None:
        self.query_one(RunList).replace(run, new)
        super().renamed(run, new)

    @on(RunChosen)
    def open_run(self) -> None:
        """Open the highlighted run."""
        if (entry := self.chosen()) is not None:
            self.post_message(RunWanted(entry.run))

    def action_mark(self) -> None:
        """Mark a run, or take its mark away."""
        self.query_one(RunList).toggle()
        self._show_below()
        self.refresh_bindings()

    def action_pin(self) -> None:
        """Pin the highlighted run as the baseline, or pin none."""
        runs = self.query_one(RunList)
        if runs.chosen is not None:
            runs.baseline = None if runs.baseline == runs.chosen.run else runs.chosen.run
            runs.redraw()
            self._show_curves()

    def action_compare(self) -> None:
        """Compare the marked runs with the baseline, or else with the first one marked."""
        baseline, found = self.query_one(RunList).baseline, self._marked()
        if len(found) < 2:
            self.notify(tr("Mark two runs or more with the space bar, then compare them."))
            return
        try:
            first = next((it for it in found if it.run == baseline), None)
            self.post_message(CompareWanted(side_by_side(found, first)))
        except UserError as error:
            self.notify(str(error), title="Runs cannot be compared", severity="error")

    def action_sort(self) -> None:
        """Sort by the next column."""
        names = list(ORDERS)
        self._order = names[(names.index(self._order) + 1) % len(names)]
        self._turned = False
        self.show_runs()

    def action_turn(self) -> None:
        """Turn the order round."""
        self._turned = not self._turned
        self.show_runs()

    def action_log_axis(self) -> None:
        """Turn the axis of losses."""
        self._log = not self._log
        self._show_curves()

    def action_figure(self) -> None:
        """Show the next figure first."""
        self._first += 1
        self._show_curves()

    def action_filter(self) -> None:
        """Ask for a filter."""
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#filter")
    def filter_runs(self, event: Input.Changed) -> None:
        """List the runs that are left; all if the filter cannot be read, and where it cannot."""
        says = self.query_one("#filter-says", Static)
        try:
            self._filter = Filter(event.value, names_of(self._entries))
            says.display = False
        except UserError as error:
            self._filter = Filter("")  # what was left while it was typed would mislead
            says.display = True
            says.update(plain(said(str(error))))
        self.show_runs()

    @on(Input.Submitted, "#filter")
    def end_filter(self) -> None:
        """Go back to the list, which stays as it is."""
        self.query_one(RunList).focus()

    def action_back(self) -> None:
        """List all runs again; then take the marks away."""
        field, runs = self.query_one("#filter", Input), self.query_one(RunList)
        if field.display:
            field.value = ""
            field.display = False
        else:
            runs.marked.clear()
            self.show_runs()
            runs.redraw()
        runs.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is a use for an action now."""
        if action in ("compare", "log_axis", "figure"):
            return bool(self.is_mounted and self._marked())
        if action == "filter" and isinstance(self.focused, SearchField):
            return False  # its key is typed
        if action in ("mark", "pin", "filter", "sort", "turn"):
            return bool(self._entries)
        return super().check_action(action, parameters)
