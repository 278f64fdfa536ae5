"""The window in which a run's network answers typed lines; a process of its own computes."""

from __future__ import annotations

from queue import SimpleQueue
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from tui_dl.drawing.styled_text import cut
from tui_dl.process.predictor import Predictor
from tui_dl.protocol.answer import Answer
from tui_dl.runs.folder import Run
from tui_dl.runs.short_title import title_of
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr
from tui_dl.ui.panels.frame import Keys
from tui_dl.ui.panels.transcript import Transcript
from tui_dl.ui.plain_text import plain
from tui_dl.ui.screens.window import Window

LOADING = "the network is being loaded"


class NetworkLoaded(Message):
    """The network answers lines that are what is `wanted`."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted


class LineAnswered(Message):
    """The oldest line that waits has its answer, or a reason why there is none."""

    def __init__(self, said: Answer | str) -> None:
        super().__init__()
        self.said = said


class CannotPredict(Message):
    """There will be no answers."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class PredictScreen(Window[None]):
    """A field for lines, and above it the lines so far with their answers."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask", "Ask", priority=True),
        Binding("up", "recall(-1)", "Earlier lines", key_display="↑ ↓", priority=True),
        Binding("down", "recall(1)", "Later lines", show=False, priority=True),
        ("escape", "dismiss(None)", "Close"),
    ]

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run
        self._predictor: Predictor | None = None
        self._waiting: SimpleQueue[str | None] = SimpleQueue()
        self._lines: list[str] = []
        self._at = 0  # the line that was recalled last; behind the last one at first

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="predict") as dialog:
            dialog.border_title = plain(f"{title_of(self._run)}: {tr('Predict')}")
            dialog.border_subtitle = tr(LOADING)
            yield Transcript()
            yield Input(placeholder=tr("type a line"), compact=True)
        yield Keys()

    def on_mount(self) -> None:
        self._converse()

    def on_unmount(self) -> None:
        self._waiting.put(None)
        if self._predictor:
            self._predictor.close()

    @work(thread=True)
    def _converse(self) -> None:
        """Start the process, and answer line after line until the window is closed."""
        try:
            self._predictor = predictor = Predictor(self._run, quiet=True)
        except OSError as error:
            self.post_message(CannotPredict(f"no process can be started: {error}"))
            return
        with predictor:
            try:
                self.post_message(NetworkLoaded(predictor.wait().wanted))
                while (line := self._waiting.get()) is not None:
                    try:
                        self.post_message(LineAnswered(predictor.ask(line)))
                    except UserError as error:
                        if predictor.has_ended:
                            raise
                        self.post_message(LineAnswered(str(error)))
            except UserError as error:
                self.post_message(CannotPredict(str(error)))

    @on(NetworkLoaded)
    def say_what_is_wanted(self, message: NetworkLoaded) -> None:
        """Say what a line has to be; in the field too, where it stays when lines were asked."""
        self.query_one("#predict").border_subtitle = tr("enter asks, esc closes")
        wanted, field = printable(said(message.wanted)), self.query_one(Input)
        self.query_one(Transcript).begin(wanted)
        field.placeholder = cut(wanted, field.content_size.width)

    @on(LineAnswered)
    def show(self, message: LineAnswered) -> None:
        """Show an answer."""
        self.query_one(Transcript).answer(message.said)

    @on(CannotPredict)
    def give_up(self, message: CannotPredict) -> None:
        """Say why there are no answers, and take no more lines."""
        self.query_one("#predict").border_subtitle = tr("esc closes")
        self.query_one(Transcript).end(message.reason)
        self.query_one(Input).display = False

    def action_ask(self) -> None:
        """Ask what is typed."""
        field = self.query_one(Input)
        if field.display and (line := field.value.strip()):
            self._lines.append(line)
            self._at = len(self._lines)
            field.value = ""
            self.query_one(Transcript).ask(line)
            self._waiting.put(line)

    def action_recall(self, by: int) -> None:
        """Put an earlier or a later line into the field; an empty one after the last."""
        self._at = min(max(self._at + by, 0), len(self._lines))
        field = self.query_one(Input)
        field.value = [*self._lines, ""][self._at]
        field.cursor_position = len(field.value)
