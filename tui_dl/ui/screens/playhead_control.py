"""Keys that move the playhead: which moment of the run is shown."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from tui_dl.runs.playhead import Playhead
from tui_dl.support.translations import tr
from tui_dl.ui.panels.frame import ScreenWithKeys

if TYPE_CHECKING:
    from tui_dl.runs.playback import Move
    from tui_dl.runs.view import Present


SAID_FOR = 3.0  # seconds
BEGINNING, END = "This is the beginning of the run.", "The run has come no further."
NO_MARK = {1: "There is no mark after this moment.", -1: "There is no mark before this moment."}


class Stayed(Message):
    """A key has moved nothing, and why."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class PlayheadControl(ScreenWithKeys):
    """A screen of one run, whose keys move the playhead; a thread takes the moves."""

    plays = reactive(False, bindings=True)  # whether a speed is to be seen
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space", "play", "Play", key_display="␣",
            tooltip="Play the run, or hold it; once over, from its start",
        ),
        Binding("comma", "epochs(-1)", "Epoch", key_display=", .", tooltip="An epoch back, on"),
        Binding("full_stop", "epochs(1)", "Next epoch", show=False),
        Binding("less_than_sign", "steps(-1)", "Step back", show=False, tooltip="A step back, on"),
        Binding("greater_than_sign", "steps(1)", "Step forward", show=False),
        Binding(
            "left_square_bracket", "speed(0.5)", "Speed", key_display="[ ]",
            tooltip="Half the speed, twice the speed",
        ),
        Binding("right_square_bracket", "speed(2.0)", "Faster", show=False),
        Binding(
            "n", "milestones(1)", "Next mark",
            tooltip="Next mark, the one before: best epoch, diagnosis, learning rate, early stop",
        ),
        Binding("N", "milestones(-1)", "Previous mark", show=False),
        Binding("home", "home", "Beginning", show=False, tooltip="Beginning of the run"),
        Binding("end", "end", "Now", show=False, tooltip="The run as it is now"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.moves: SimpleQueue[Move] = SimpleQueue()
        self.moved = Event()
        self._stayed_until = 0.0

    def _move(self, move: Move, why: str = "") -> None:
        """Move the playhead; the thread makes the frame at once, or posts why it stayed."""

        def moved(playhead: Playhead, present: Present) -> Playhead:
            then = move(playhead, present)
            if why and then.seen(present) == playhead.seen(present):
                self.post_message(Stayed(why))
            return then

        self.moves.put(moved)
        self.moved.set()

    @on(Stayed)
    def say_why(self, message: Stayed) -> None:
        """Say why a key has moved nothing, once while the words are there."""
        if monotonic() >= self._stayed_until:
            self._stayed_until = monotonic() + SAID_FOR
            self.notify(tr(message.why), timeout=SAID_FOR)

    def offers(self, action: str) -> bool:
        """A speed can be chosen at any time, but is seen only while the run plays."""
        return self.plays if action.startswith("speed") else super().offers(action)

    def action_play(self) -> None:
        """Play from the moment that is shown, or wait there."""
        self._move(Playhead.toggle)

    def action_epochs(self, epochs: int) -> None:
        """Go to the end of the epoch before or after."""
        why = END if epochs > 0 else BEGINNING
        self._move(lambda playhead, present: playhead.move_epochs(epochs, present), why)

    def action_steps(self, steps: int) -> None:
        """Go a step back or forward."""
        why = END if steps > 0 else BEGINNING
        self._move(lambda playhead, present: playhead.move_steps(steps, present), why)

    def action_milestones(self, direction: int) -> None:
        """Go to where something was decided."""
        why = NO_MARK[direction]
        self._move(lambda playhead, present: playhead.move_milestones(direction, present), why)

    def action_speed(self, times: float) -> None:
        """Play faster or slower."""
        self._move(lambda playhead, _: playhead.change_speed(times))

    def action_home(self) -> None:
        """Go to the beginning of the run."""
        self._move(lambda playhead, _: playhead.home(), BEGINNING)

    def follow_newest(self) -> None:
        """Show the run as it is now, without a word where it is shown so."""
        self._move(lambda playhead, _: playhead.end())

    def key_of(self, action: str) -> str:
        """How the key of an action is written."""
        return next(self.app.get_key_display(it) for _, it in self._bindings if it.action == action)

    def action_end(self) -> None:
        """Show the run as it is now."""
        self._move(lambda playhead, _: playhead.end(), END)
