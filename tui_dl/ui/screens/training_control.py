"""Keys that act on the training itself: stop, pause, resume, learning rate, checkpoint."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import reactive

from tui_dl.protocol import commands
from tui_dl.runs import lock, mailbox
from tui_dl.runs.folder import Run
from tui_dl.runs.home import command_for
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.status import Status
from tui_dl.runs.view import Present
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import whole
from tui_dl.support.translations import tr
from tui_dl.ui.messages import RunIsRunning
from tui_dl.ui.screens.dialogs import AskRate, Confirm
from tui_dl.ui.screens.playhead_control import PlayheadControl

SAID_FOR = 4.0  # seconds that a message stays that the run is over
DOING: dict[Status | None, str] = {  # what a request is called until the worker has done it
    "paused": "pausing",
    "running": "resuming",
    "stopping": "stopping: evaluating",
}


class TrainingControl(PlayheadControl):
    """A screen of one run, whose keys send commands to its worker.

    They act on the run as it is now, whichever moment of it is shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pause", "Pause", tooltip="Training waits after the step it makes"),
        Binding("p", "continue", "Resume", tooltip="Training goes on"),
        Binding("s", "stop", "Stop", tooltip="End training; weights and curves are kept"),
        Binding("r", "set_rate", "Learning rate", tooltip="Learning rate of the coming steps"),
        Binding("c", "save", "Checkpoint", tooltip="Save the weights now"),
        Binding("s,p,r,c", "say_why_not", show=False),
    ]
    live = reactive(True, bindings=True)
    paused = reactive(False, bindings=True)
    stopping = reactive(False, bindings=True)
    pending_status: reactive[Status | None] = reactive(
        None, bindings=True
    )  # asked for, and not yet so
    pending = reactive("")  # all that is asked for and not yet done, in words

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run
        self._present: Present | None = None
        self._is_behind = False  # whether a moment before the newest one is shown
        self._question: Confirm | AskRate | None = None  # that was asked last
        self._said_until = 0.0
        self._said: str | None = None
        self._saves = self._save_requests = 0  # checkpoints saved; requests not answered yet
        self._rates_set, self._rates_asked = 0, 0  # the same of learning rates
        self._answers = 0  # that the run has given once the last request is answered

    @property
    def is_over(self) -> bool:
        """Whether the run has ended, and not by a failure."""
        return self._present is not None and self._present.status in ("finished", "stopped")

    def take_note(self, present: Present, playhead: Playhead) -> None:
        """Adapt the keys, and say what was done, to how the run stands now."""
        self._present = present
        self._is_behind = playhead.at(present) is not None
        if self.pending_status == "stopping" and present.status == "finished":
            self._say_it_has_ended()
        self.live, self.paused = present.live, present.status == "paused"
        self.stopping = present.status == "stopping"
        if not present.live or self._is_answered_by(present):
            self.pending_status = None
        if present.status == "running":
            self.post_message(RunIsRunning())
            self._say_once(present.cache)
        self._report_saves(present)
        self._count_rates(present)
        self.say_pending()

    def _report_saves(self, present: Present) -> None:
        """Say that a requested checkpoint is on disk."""
        new, self._saves = len(present.saves) - self._saves, len(present.saves)
        if new > 0 and self._save_requests:
            self._save_requests = max(self._save_requests - new, 0)
            self.notify(
                tr("Checkpoint saved (step {step})", step=whole(present.saves[-1])),
                timeout=SAID_FOR,
            )

    def _count_rates(self, present: Present) -> None:
        """Note which learning rates the run has taken."""
        new, self._rates_set = present.rates_set - self._rates_set, present.rates_set
        self._rates_asked = max(self._rates_asked - max(new, 0), 0)

    def say_pending(self) -> None:
        """Put into words what is asked for and not yet done."""
        if not self.live:
            self._save_requests = self._rates_asked = 0
        asked = self.pending_status if not self.stopping else None
        if self._present and self._present.status == asked:
            asked = None
        words = [tr(DOING[asked])] if asked else []
        words += [tr("saving")] * (self._save_requests > 0)
        words += [tr("setting the learning rate")] * (self._rates_asked > 0)
        self.pending = ", ".join(words)

    def watch_pending_status(self) -> None:
        self.say_pending()

    def _say_once(self, remark: str | None) -> None:
        if remark and remark != self._said:
            self.notify(remark, severity="warning", markup=False)
        self._said = remark

    def _is_answered_by(self, present: Present) -> bool:
        """Whether the run did what was asked last, or what another dashboard asked after it."""
        if self.pending_status == "stopping":
            return present.status == "stopping"
        more = present.answered - self._answers
        return more > 0 or (more == 0 and present.status == self.pending_status)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        obeys = self.live and not self.stopping and self.pending_status != "stopping"
        if action in ("pause", "continue"):
            pauses = self.pending_status == "paused" if self.pending_status else self.paused
            return obeys and pauses == (action == "continue")
        if action == "say_why_not":
            return not obeys
        if action in ("stop", "set_rate", "save"):
            return obeys
        return super().check_action(action, parameters)

    def action_say_why_not(self) -> None:
        """Say why the key does nothing."""
        if self.live:
            self._say(tr("The run is stopping."))
        else:
            self._say_it_has_ended()

    def _say_it_has_ended(self) -> None:
        """Say that a key came too late, and what can be done."""
        says = [tr("The run has already ended.")]
        if self._is_behind:
            says += [tr("This is a replay; {key} shows its end.", key=self.key_of("end"))]
        if self._present and self._present.status == "stopped":
            command = command_for("resume", self.run)
            says += [tr("Resume it with `{command}`.", command=command)]
        elif not self._is_behind:
            says += [tr("{key} plays it again.", key=self.key_of("play"))]
        self._say(" ".join(says))

    def _say(self, words: str) -> None:
        """Show a message, once while it is there, however many keys are pressed."""
        if monotonic() >= self._said_until:
            self._said_until = monotonic() + SAID_FOR
            self.notify(words, timeout=SAID_FOR)

    def watch_live(self) -> None:
        """Close a dialog whose answer no longer matters."""
        if not self.live and self.app.screen is self._question:
            self._question.dismiss()
            self._say_it_has_ended()

    def _is_too_late(self) -> bool:
        """Whether the run has ended, also since it was read last; then say so."""
        over = not lock.is_held(self.run.lock)
        if over:
            self._say_it_has_ended()
        return over

    def action_pause(self) -> None:
        """Ask the run to pause."""
        self._ask(commands.Pause(), "paused")

    def action_continue(self) -> None:
        """Ask the run to resume."""
        self._ask(commands.Continue(), "running")

    def _ask(self, command: commands.Pause | commands.Continue, pending_status: Status) -> None:
        if not self._send(command):
            return
        if pending_status == "paused":
            self.follow_newest()
        if self.pending_status is None:
            self._answers = self._present.answered if self._present else 0
        self._answers += 1
        self.pending_status = pending_status

    def _send(self, command: commands.AnyCommand) -> bool:
        """Put `command` into the run's mailbox; say why where that cannot be."""
        if self._is_too_late():
            return False
        try:
            mailbox.send(self.run.control, command)
        except UserError as error:
            self.notify(str(error), severity="error")
            return False
        return True

    def action_save(self) -> None:
        """Ask the run to save its weights now."""
        self._save_requests += self._send(commands.Save())
        self.say_pending()

    def action_set_rate(self) -> None:
        """Ask the user for a learning rate, then send it to the run."""
        if self._is_too_late():
            return

        def put(rate: float | None) -> None:
            if rate is not None:
                self._rates_asked += self._send(commands.Set(learning_rate=rate))
                self.say_pending()

        self._question = AskRate(self._present.learning_rate if self._present else None)
        self.app.push_screen(self._question, put)

    def action_stop(self) -> None:
        """Ask the user, then tell the run to stop, and show it as it is now."""
        if self._is_too_late():
            return

        def put(agreed: bool | None) -> None:
            if agreed and self._send(commands.Stop()):
                self.pending_status = "stopping"
                self.follow_newest()

        question = tr("Stop {run}?", run=self.run.name)
        says = [tr("Training ends after the current step. Weights and curves so far are kept.")]
        if self._present and self._is_behind:
            epoch, of = whole(self._present.epoch), whole(self._present.most_epochs)
            where = "Training is at epoch {epoch} of {of} now; what you see is behind it."
            says.insert(0, tr(where, epoch=epoch, of=of))
        self._question = Confirm(question, " ".join(says))
        self.app.push_screen(self._question, put)
