"""The run screen: a thread reads the run folder and posts frames, which the panels show."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event
from time import monotonic, thread_time
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive

from tui_dl.drawing.chart_spec import SECOND_DOT, in_words, loss_chart, metric_chart
from tui_dl.runs.folder import Run
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.view import RunView, second_metric
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.panels.chart import Chart
from tui_dl.ui.panels.diagnosis import DiagnosisLines
from tui_dl.ui.panels.failure import FailurePanel
from tui_dl.ui.panels.frame import Heading, Keys, TooSmall
from tui_dl.ui.panels.playhead_line import PlayheadLine
from tui_dl.ui.panels.side_panel import SidePanel
from tui_dl.ui.panels.status_lines import StatusLines
from tui_dl.ui.screens.training_control import TrainingControl

if TYPE_CHECKING:
    from tui_dl.runs.playback import Frame, Move

READ_INTERVAL = 0.25  # seconds, or later where drawing would take more than this
SHARE = 0.2  # of a processor: it is the training's
ENDED_READ_INTERVAL = 1.0
PLAY_INTERVAL, PLAY_SHARE = 0.1, 0.5  # the same while a run plays whose training is over


class RunRead(Message):
    """There is another frame to show."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame

    def can_replace(self, message: Message) -> bool:
        """A slow terminal gets the newest frame only."""
        return isinstance(message, RunRead)


class RunScreen(TrainingControl):
    """Charts on the left; gradients, early stopping and the lesson on the right; status below.

    All of it shows one moment of the run, that of the playhead.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play", "Play", key_display="␣", tooltip="Play the run, or hold it"),
        Binding(
            "comma", "epochs(-1)", "Epoch", key_display=", .", tooltip="Back to the epoch before"
        ),
        Binding("full_stop", "epochs(1)", "Next epoch", show=False),
        Binding("less_than_sign", "steps(-1)", "Step back", show=False),
        Binding("greater_than_sign", "steps(1)", "Step forward", show=False),
        Binding(
            "left_square_bracket", "speed(0.5)", "Speed", key_display="[ ]", tooltip="Half of it"
        ),
        Binding("right_square_bracket", "speed(2.0)", "Faster", show=False),
        Binding("n", "milestones(1)", "Next mark", tooltip="Best epoch, diagnosis and others"),
        Binding("N", "milestones(-1)", "Previous mark", show=False),
        Binding("home", "home", "Beginning", show=False),
        Binding("end", "end", "Now", show=False),
        Binding("l", "log_axis", "Log scale"),
        Binding("escape", "app.show_library", "Back", key_display="esc"),
    ]
    log_axis = reactive(False)

    def __init__(self, run: Run, watched: bool = False) -> None:
        super().__init__(run)
        self._watched = watched
        self._left, self._moved = False, Event()
        self._moves: SimpleQueue[Move] = SimpleQueue()
        self._view: RunView | None = None
        self._used = thread_time()  # of this thread, when the last frame came
        self._cost = 0.0  # processor seconds from one frame to the next: of drawing it

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
        yield PlayheadLine(id="playhead")
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.call_after_refresh(self.follow)

    def on_unmount(self) -> None:
        self._left = True
        self._moved.set()

    @work(thread=True)
    def follow(self) -> None:
        """Read the run folder and post what is new; a run that is over may be resumed."""
        from tui_dl.runs.playback import Playback  # brings numpy: after the first frame

        playback, pause = Playback(self.run, self._watched, self._moves), READ_INTERVAL
        while not self._left:
            self._moved.clear()
            frame = playback.look(self.app.size.width // 2, monotonic())
            if frame is not None:
                self.post_message(RunRead(frame))
                pause = self._pause_after(frame)
            self._moved.wait(pause)

    def _pause_after(self, frame: Frame) -> float:
        """Seconds until the next frame: more often where there is more to see."""
        if frame.view.read < 1:
            return 0.0
        if frame.present.live:
            return min(max(READ_INTERVAL, self._cost / SHARE), ENDED_READ_INTERVAL)
        if frame.playhead.playing:
            return min(max(PLAY_INTERVAL, self._cost / PLAY_SHARE), ENDED_READ_INTERVAL)
        return ENDED_READ_INTERVAL

    @on(RunRead)
    def show(self, message: RunRead) -> None:
        """Hand what the thread has read to the widgets."""
        view, present, playhead = message.frame
        used, self._view = thread_time(), view
        self._cost, self._used = used - self._used, used
        self.take_note(present)
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
        self.query_one(PlayheadLine).show(playhead, present)

    def watch_pending_status(self) -> None:
        self.query_one(StatusLines).pending_status = self.pending_status

    def _move(self, move: Move) -> None:
        """Move the playhead; the thread makes the frame at once."""
        self._moves.put(move)
        self._moved.set()

    def action_play(self) -> None:
        """Play from the moment that is shown, or wait there."""
        self._move(Playhead.toggle)

    def action_epochs(self, epochs: int) -> None:
        """Go to the end of the epoch before or after."""
        self._move(lambda playhead, present: playhead.move_epochs(epochs, present))

    def action_steps(self, steps: int) -> None:
        """Go a step back or forward."""
        self._move(lambda playhead, present: playhead.move_steps(steps, present))

    def action_milestones(self, direction: int) -> None:
        """Go to where something was decided."""
        self._move(lambda playhead, present: playhead.move_milestones(direction, present))

    def action_speed(self, times: float) -> None:
        """Play faster or slower."""
        self._move(lambda playhead, _: playhead.change_speed(times))

    def action_home(self) -> None:
        """Go to the beginning of the run."""
        self._move(lambda playhead, _: playhead.home())

    def action_end(self) -> None:
        """Show the run as it is now."""
        self._move(lambda playhead, _: playhead.end())

    def action_log_axis(self) -> None:
        """Show the loss on a log scale, or on a linear one again."""
        self.log_axis = not self.log_axis

    def watch_log_axis(self) -> None:
        if self._view:
            self.query_one("#loss", Chart).chart = loss_chart(self._view, self.log_axis)


def _metrics(experiment: Experiment) -> str:
    """The second chart's title."""
    second = second_metric(experiment)
    title = experiment.metric.capitalize()
    return f"{title}, {SECOND_DOT} {in_words(second)}" if second else title
