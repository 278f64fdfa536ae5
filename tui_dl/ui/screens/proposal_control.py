"""The key that trains with the change that a run proposes, as a new run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.folder import Run
from tui_dl.runs.proposals import lesson_change, proposals
from tui_dl.support.errors import UserError
from tui_dl.ui.messages import TrainChanged
from tui_dl.ui.screens.panel_control import PanelControl


class ProposalControl(PanelControl):
    """A screen of one run whose key `t` trains with its proposal.

    It is that of the newest diagnosis at the moment that is shown that has one, else that of the
    lesson; on every tab the same.

    Attributes:
        proposes: whether there is a proposal.
        cures: whether it is a diagnosis that proposes it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t", "propose", "Try it",
            tooltip="Train with what the diagnosis proposes, or without one the lesson",
        ),
    ]  # fmt: skip
    proposes = reactive(False, bindings=True)
    cures = reactive(False, bindings=True)

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._is_preparing = False
        self._change = lesson_change(run)
        self._proposals = proposals((), self._change)
        self.set_reactive(ProposalControl.proposes, bool(self._proposals))

    def take_diagnoses(self, found: Sequence[Diagnosed]) -> None:
        """Offer the key where the diagnoses of the moment that is shown, or the lesson, do."""
        self.cures = any(it.change for it in found)
        self._proposals = proposals(found, self._change)
        self.proposes = bool(self._proposals)

    def urges(self, action: str) -> bool:
        """A proposal is to be tried where it is read: of a diagnosis everywhere."""
        if action == "propose":
            return self.cures or self.area.tab == "lesson"
        return super().urges(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "propose":
            return self.proposes
        return super().check_action(action, parameters)

    def action_propose(self) -> None:
        """Train with the proposal."""
        if not self._is_preparing:
            self._is_preparing = True
            self._prepare()

    @work(thread=True)
    def _prepare(self) -> None:
        """Read the changed experiment, whose data may be a file, and post it."""
        from tui_dl.process.proposal import proposed  # may bring numpy

        says, changed = "Neither the diagnoses nor the lesson propose a change.", None
        try:
            changed = proposed(self.run.experiment, self._proposals)
        except UserError as error:
            says = str(error)
        if changed is not None:
            self.post_message(TrainChanged(self.run, changed))
        else:
            self.app.call_from_thread(self.notify, says, severity="warning")
        self._is_preparing = False
