"""The key that trains with the change that a run proposes, as a new run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.folder import Run
from tui_dl.runs.short_title import preset_of_variant
from tui_dl.spec.lesson_changes import proposed_changes
from tui_dl.support.errors import UserError
from tui_dl.ui.messages import TrainChanged
from tui_dl.ui.panels.run.lesson import LessonPanel
from tui_dl.ui.screens.panel_control import PanelControl


class ProposalControl(PanelControl):
    """A screen of one run whose key `t` trains with its proposal.

    It is that of the newest diagnosis at the moment that is shown, else that of the lesson; where
    the lesson is read, the other way round. What a lesson proposes is not for variants of its
    preset, whose layers may be others.

    Attributes:
        proposes: whether there is a proposal.
        cures: whether it is a diagnosis that proposes it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t", "propose", "Try it",
            tooltip="Train with the change that the diagnosis or the lesson proposes",
        ),
    ]  # fmt: skip
    proposes = reactive(False, bindings=True)
    cures = reactive(False, bindings=True)

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._is_preparing = False
        lesson = run.experiment.lesson
        is_for_it = lesson is not None and preset_of_variant(run) is None
        self._tries = proposed_changes(lesson.en.try_) if lesson and is_for_it else []
        self.set_reactive(ProposalControl.proposes, bool(self._tries))

    def take_diagnoses(self, found: Sequence[Diagnosed]) -> None:
        """Offer the key where the diagnoses of the moment that is shown, or the lesson, do."""
        self.cures = any(it.change for it in found)
        self.proposes = bool(self._tries) or self.cures

    def urges(self, action: str) -> bool:
        return self.cures if action == "propose" else super().urges(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "propose":
            return self.proposes
        return super().check_action(action, parameters)

    def action_propose(self) -> None:
        """Train with the proposal."""
        if not self._is_preparing and self.area.view is not None:
            self._is_preparing = True
            self._prepare()

    @work(thread=True)
    def _prepare(self) -> None:
        """Read the changed experiment, whose data may be a file, and post it."""
        from tui_dl.process.proposal import proposed  # may bring numpy

        view, says = self.area.view, "Neither the diagnoses nor the lesson propose a change."
        changed = None
        try:
            reads = self.area.tab == LessonPanel.TAB
            if view:
                changed = proposed(view, self.run.experiment, self._tries, reads)
        except UserError as error:
            says = str(error)
        if changed is not None:
            self.post_message(TrainChanged(self.run, changed))
        else:
            self.app.call_from_thread(self.notify, says, severity="warning")
        self._is_preparing = False
