"""The run screen: a thread reads the run folder and posts views, which the panels show."""

from __future__ import annotations

from threading import Event
from time import monotonic, thread_time
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from tui_dl.drawing.chart_spec import SECOND_DOT, in_words, loss_chart, metric_chart
from tui_dl.protocol import commands
from tui_dl.runs import mailbox
from tui_dl.runs.folder import Run
from tui_dl.runs.home import command_for
from tui_dl.runs.status import Status
from tui_dl.runs.view import RunView, second_metric
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import whole
from tui_dl.ui.messages import RunIsRunning
from tui_dl.ui.panels.chart import Chart
from tui_dl.ui.panels.diagnosis import DiagnosisLines
from tui_dl.ui.panels.failure import FailurePanel
from tui_dl.ui.panels.frame import Heading, Keys, TooSmall
from tui_dl.ui.panels.side_panel import SidePanel
from tui_dl.ui.panels.status_lines import StatusLines
from tui_dl.ui.screens.dialogs import AskRate, Confirm

READ_INTERVAL = 0.25  # seconds, or later where drawing would take more than this
SHARE = 0.2  # of a processor: it is the training's
ENDED_READ_INTERVAL = 1.0
SAID_FOR = 4.0  # seconds that a message stays that the run is over


class RunRead(Message):
    """More of the run was read."""

    def __init__(self, view: RunView) -> None:
        super().__init__()
        self.view = view

    def can_replace(self, message: Message) -> bool:
        """A slow terminal gets the newest view only."""
        return isinstance(message, RunRead)


class RunScreen(Screen[None]):
    """Charts on the left; gradients, early stopping and the lesson on the right; status below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "stop", "Stop"),
        Binding("p", "pause", "Pause"),
        Binding("p", "continue", "Resume"),
        Binding("r", "set_rate", "Learning rate", tooltip="For the coming steps"),
        Binding("c", "save", "Checkpoint", tooltip="Save the weights now"),
        Binding("s,p,r,c", "say_why_not", show=False),
        Binding("l", "log_axis", "Log scale"),
        Binding("escape", "app.show_library", "Back", key_display="esc"),
    ]
    live = reactive(True, bindings=True)
    paused = reactive(False, bindings=True)
    stopping = reactive(False, bindings=True)
    pending_status: reactive[Status | None] = reactive(
        None, bindings=True
    )  # asked for, and not yet so
    log_axis = reactive(False)

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run
        self._left = Event()
        self._newest: RunView | None = None
        self._said_until = 0.0
        self._said: str | None = None
        self._used = thread_time()  # of this thread, when the last view came
        self._cost = 0.0  # processor seconds from one view to the next: of drawing it
        self._saves = self._save_requests = 0  # checkpoints saved; requests not answered yet
        self._answers = 0  # that the run has given once the last request is answered

    def compose(self) -> ComposeResult:
        experiment = self.run.experiment
        yield Heading(experiment.title, self.run.id)
        with Horizontal(id="body"):
            with Vertical(id="charts"):
                yield Chart("Loss", id="loss")
                yield Chart(_metrics(experiment), id="accuracy")
            yield SidePanel(experiment)
        yield FailurePanel(id="failure")
        yield DiagnosisLines(id="diagnosis")
        yield StatusLines(id="status")
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.call_after_refresh(self.follow)

    def on_unmount(self) -> None:
        self._left.set()

    @work(thread=True)
    def follow(self) -> None:
        """Read the run folder and post what is new; a run that is over may be resumed."""
        from tui_dl.runs.view_follower import RunFollower  # brings numpy: after the first frame

        follower, live, reading = RunFollower(self.run), True, False
        while True:
            view = follower.poll(self.app.size.width // 2)
            if view is not None:
                self.post_message(RunRead(view))
                live, reading = view.live, view.read < 1
            often = min(max(READ_INTERVAL, self._cost / SHARE), ENDED_READ_INTERVAL)
            pause = 0 if reading else often if live else ENDED_READ_INTERVAL
            if self._left.wait(pause):
                return

    @on(RunRead)
    def show(self, message: RunRead) -> None:
        """Hand what the thread has read to the widgets."""
        view = message.view
        used, self._newest = thread_time(), view
        self._cost, self._used = used - self._used, used
        self.live, self.paused = view.live, view.status == "paused"
        self.stopping = view.status == "stopping"
        if not view.live or self._is_answered_by(view):
            self.pending_status = None
        if view.status == "running":
            self.post_message(RunIsRunning())
            self._say_once(view.cache)
        self._report_saves(view)
        loss, accuracy = self.query_one("#loss", Chart), self.query_one("#accuracy", Chart)
        loss.waiting = accuracy.waiting = "no step yet" if view.live else "nothing was recorded"
        if view.compiling:
            loss.waiting = f"compiling {view.compiling}"
        loss.chart = loss_chart(view, self.log_axis)
        accuracy.chart = metric_chart(view)
        self.query_one(SidePanel).show(view)
        self.query_one(FailurePanel).show(view)
        self.query_one(DiagnosisLines).show(view)
        self.query_one(StatusLines).view = view

    def _report_saves(self, view: RunView) -> None:
        """Say that a requested checkpoint is on disk."""
        new, self._saves = len(view.saves) - self._saves, len(view.saves)
        if new > 0 and self._save_requests:
            self._save_requests = max(self._save_requests - new, 0)
            self.notify(f"Checkpoint saved (step {whole(view.saves[-1])})", timeout=SAID_FOR)

    def _say_once(self, remark: str | None) -> None:
        if remark and remark != self._said:
            self.notify(remark, severity="warning", markup=False)
        self._said = remark

    def _is_answered_by(self, view: RunView) -> bool:
        """Whether the run did what was asked last, or what another dashboard asked after it."""
        if self.pending_status == "stopping":
            return view.status == "stopping"
        more = view.answered - self._answers
        return more > 0 or (more == 0 and view.status == self.pending_status)

    def watch_pending_status(self) -> None:
        self.query_one(StatusLines).pending_status = self.pending_status

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        obeys = self.live and not self.stopping and self.pending_status != "stopping"
        if action in ("pause", "continue"):
            pauses = self.pending_status == "paused" if self.pending_status else self.paused
            return obeys and pauses == (action == "continue")
        if action == "say_why_not":
            return not obeys
        return obeys if action in ("stop", "set_rate", "save") else True

    def action_say_why_not(self) -> None:
        """Say why the key does nothing, and how to resume a stopped run."""
        if monotonic() < self._said_until:  # once, however many keys are pressed
            return
        self._said_until = monotonic() + SAID_FOR
        if self.live:
            self.notify("The run is stopping.", timeout=SAID_FOR)
            return
        again = self._newest and self._newest.status == "stopped"
        resume = f"; resume it with `{command_for('resume', self.run)}`" if again else ""
        self.notify(f"The run has ended{resume}.", timeout=SAID_FOR)

    def watch_live(self) -> None:
        """Close a dialog whose answer no longer matters."""
        if not self.live and isinstance(self.app.screen, Confirm | AskRate):
            self.app.screen.dismiss()
            self.action_say_why_not()

    def action_pause(self) -> None:
        """Ask the run to pause."""
        self._ask(commands.Pause(), "paused")

    def action_continue(self) -> None:
        """Ask the run to resume."""
        self._ask(commands.Continue(), "running")

    def _ask(self, command: commands.Pause | commands.Continue, pending_status: Status) -> None:
        if not self._send(command):
            return
        if self.pending_status is None:
            self._answers = self._newest.answered if self._newest else 0
        self._answers += 1
        self.pending_status = pending_status

    def _send(self, command: commands.AnyCommand) -> bool:
        """Put `command` into the run's mailbox; show an error where that fails."""
        try:
            mailbox.send(self.run.control, command)
        except UserError as error:
            self.notify(str(error), severity="error")
            return False
        return True

    def action_save(self) -> None:
        """Ask the run to save its weights now."""
        self._save_requests += self._send(commands.Save())

    def action_set_rate(self) -> None:
        """Ask the user for a learning rate, then send it to the run."""

        def put(rate: float | None) -> None:
            if rate is not None and self.live:
                self._send(commands.Set(learning_rate=rate))

        self.app.push_screen(AskRate(self._newest.learning_rate if self._newest else None), put)

    def action_log_axis(self) -> None:
        """Show the loss on a log scale, or on a linear one again."""
        self.log_axis = not self.log_axis

    def watch_log_axis(self) -> None:
        if self._newest:
            self.query_one("#loss", Chart).chart = loss_chart(self._newest, self.log_axis)

    def action_stop(self) -> None:
        """Ask the user, then tell the run to stop."""

        def put(agreed: bool | None) -> None:
            if agreed and self.live and self._send(commands.Stop()):
                self.pending_status = "stopping"

        question = f"Stop {self.run.name}?"
        consequence = "Training ends after the current step. Weights and curves so far are kept."
        self.app.push_screen(Confirm(question, consequence), put)


def _metrics(experiment: Experiment) -> str:
    """The second chart's title."""
    second = second_metric(experiment)
    title = experiment.metric.capitalize()
    return f"{title}, {SECOND_DOT} {in_words(second)}" if second else title
