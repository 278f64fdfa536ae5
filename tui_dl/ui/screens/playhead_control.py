"""Keys that move the playhead: which moment of the run is shown."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tui_dl.runs.playhead import Playhead
from tui_dl.ui.panels.frame import ScreenWithKeys

if TYPE_CHECKING:
    from tui_dl.runs.playback import Move


class PlayheadControl(ScreenWithKeys):
    """A screen of one run, whose keys move the playhead; a thread takes the moves."""

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

    def _move(self, move: Move) -> None:
        """Move the playhead; the thread makes the frame at once."""
        self.moves.put(move)
        self.moved.set()

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
