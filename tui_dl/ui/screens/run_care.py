"""Keys that change a run of a list: rename, remove and undo, resume, more epochs."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_dl.runs.entries import Entry
from tui_dl.runs.extended import continued
from tui_dl.runs.folder import Run
from tui_dl.runs.removal import Removed
from tui_dl.runs.rename import checked_name, rename
from tui_dl.runs.status import LIVE
from tui_dl.spec.course.lesson import Language
from tui_dl.support.errors import UserError
from tui_dl.support.translations import tr
from tui_dl.ui.messages import MoreEpochsWanted, ResumeWanted, RunRenamed
from tui_dl.ui.screens.ask_text import AskText
from tui_dl.ui.screens.home_screen import HomeScreen


class RunCare(HomeScreen):
    """A tab in which a run is highlighted; what is removed here is deleted when it ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "rename", "Rename", tooltip="Give a run that is over another name"),
        Binding("x", "remove", "Remove", tooltip="Remove a run that is over; u brings it back"),
        Binding("u,ctrl+z", "undo", "Undo", tooltip="Bring back the run that was removed last"),
        Binding("R", "resume", "Resume", tooltip="Continue a run that was paused or stopped"),
        Binding(
            "m",
            "more_epochs",
            "More epochs",
            tooltip="Train on from the end of a run, as a new run",
        ),
    ]

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        super().__init__(home, watched, language)
        self._removed = Removed(home)

    def on_unmount(self) -> None:
        self._removed.delete()

    def chosen(self) -> Entry | None:
        """The highlighted run."""
        raise NotImplementedError

    def read_again(self, run: Run | None = None) -> None:
        """Read the list anew, and highlight `run` in it."""
        raise NotImplementedError

    def renamed(self, run: Run, new: Run) -> None:
        """Show `run`, which is called `new` now, as it was shown before."""
        self.post_message(RunRenamed(run, new))
        self.read_again(new)

    def action_rename(self) -> None:
        """Ask for another name of the highlighted run."""
        entry = self.chosen()
        if entry is None:
            return
        run = entry.run

        def take(name: str | None) -> None:
            if name is not None:
                try:
                    self.renamed(run, rename(run, name))
                except UserError as error:
                    self.notify(str(error), title="Not renamed", severity="error")

        question = AskText(tr("New name of {run}", run=entry.title), run.name, checked_name)
        self.app.push_screen(question, take)

    def action_remove(self) -> None:
        """Move the highlighted run aside."""
        if (entry := self.chosen()) is None:
            return
        try:
            self._removed.remove(entry.run)
        except UserError as error:
            self.notify(str(error), title="Not removed", severity="error")
            return
        says = "{run} is removed. u brings it back, until the dashboard is closed."
        self.notify(tr(says, run=entry.title))
        self.read_again()

    def action_undo(self) -> None:
        """Bring back the run that was removed last."""
        try:
            run = self._removed.undo()
        except UserError as error:
            self.notify(str(error), title="Not brought back", severity="error")
            return
        if run is not None:
            self.read_again(run)

    def action_resume(self) -> None:
        """Continue the highlighted run."""
        if (entry := self.chosen()) is not None:
            self.post_message(ResumeWanted(entry.run))

    def action_more_epochs(self) -> None:
        """Ask how many epochs a new run shall have that goes on from the highlighted one."""
        entry = self.chosen()
        if entry is None:
            return
        run, done = entry.run, entry.listed.epochs

        def check(text: str) -> object:
            if not text.isascii() or not text.isdigit() or int(text) <= done:
                raise UserError(f"It must be a whole number above {done}, the epochs so far.")
            return continued(run, [f"train.epochs={text}"])

        def take(epochs: str | None) -> None:
            if epochs is not None:
                try:
                    experiment = continued(run, [f"train.epochs={epochs}"])
                except UserError as error:
                    self.notify(str(error), title="Training cannot start", severity="error")
                else:
                    self.post_message(MoreEpochsWanted(run, experiment))

        hint = tr(
            "A new run begins with the weights and the optimizer's state after epoch {epoch}.",
            epoch=done,
        )
        question = tr("Epochs in all; such as {epochs}", epochs=2 * done)
        self.app.push_screen(AskText(question, "", check, hint), take)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is a use for an action now."""
        if not self.is_mounted:
            return True
        entry = self.chosen()
        match action:
            case "rename" | "remove":
                return entry is not None
            case "undo":
                return bool(self._removed)
            case "resume":
                return entry is not None and (
                    entry.listed.can_resume or entry.listed.status in ("stopped", "paused")
                )
            case "more_epochs":
                over = entry is not None and entry.listed.status not in LIVE
                return bool(over and entry and entry.listed.epochs)
            case _:
                return super().check_action(action, parameters)
