"""Starts runs from the dashboard, and turns to the one that was started."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import App
from textual.reactive import reactive

from tui_dl.runs import lock
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.kernel_cache import objection
from tui_dl.support.processors import cores
from tui_dl.ui.messages import RunWanted, TrainChanged, TrainPreset, TrainVariants

# A screen is imported when it is first shown, and what starts processes when it does: the first
# frame need not wait for the others.
if TYPE_CHECKING:
    from tui_dl.ui.screens.run import RunScreen


class RunStarter(App[Run | None]):
    """An application that starts runs and watches the newest of them.

    Attributes:
        language: of lessons.
        home: the folder of all runs.
        watched: the run that was watched last.
    """

    language: reactive[Language] = reactive("en")

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        super().__init__()
        self.set_reactive(RunStarter.language, language)
        self.home, self.watched = home, watched

    def run_screen(self, run: Run, watched: bool = False) -> RunScreen:
        """The screen of a run; one that is `watched` is played from its first step."""
        from tui_dl.ui.screens.run import RunScreen

        return RunScreen(run, watched, self.language)

    @on(TrainPreset)
    def train_preset(self, message: TrainPreset) -> None:
        """Train a preset and watch it."""
        from tui_dl.ui.screens.library import Library

        if isinstance(self.screen, Library):  # else it is the second of two presses
            self._ask_to_train(message.name, message.experiment)

    @on(TrainChanged)
    def train_changed(self, message: TrainChanged) -> None:
        """Train a run's experiment with a change, and watch it."""
        from tui_dl.ui.screens.run import RunScreen

        if isinstance(self.screen, RunScreen) and self.screen.run == message.run:
            self._ask_to_train(message.run.name, message.experiment)

    @on(TrainVariants)
    def train_variants(self, message: TrainVariants) -> None:
        """Train a preset and its variants, each as a run of its own, and watch all of them."""
        from tui_dl.batch.job import jobs_of
        from tui_dl.process.launch import start
        from tui_dl.process.read_experiment import describe
        from tui_dl.ui.screens.library import Library
        from tui_dl.ui.screens.variants import VariantsScreen

        if not isinstance(self.screen, Library):
            return
        try:
            jobs = jobs_of(message.name, message.experiment, describe)
            threads = max(cores() // len(jobs), 1)
            runs = {it.variant: start(self.home, it.name, it.experiment, threads) for it in jobs}
        except (UserError, OSError) as error:
            self.notify(str(error), title="Training cannot start", severity="error")
            return
        self.watched = runs[""]
        self.switch_screen(VariantsScreen(message.experiment, runs, self.language))

    @on(RunWanted)
    def open_run(self, message: RunWanted) -> None:
        """Turn to a run."""
        from tui_dl.ui.screens.variants import VariantsScreen

        if isinstance(self.screen, VariantsScreen):
            self.watched = message.run
            self.switch_screen(self.run_screen(message.run))

    def _ask_to_train(self, name: str, experiment: Experiment) -> None:
        """Train; where another run is under way, ask first."""

        def train(agreed: bool | None = True) -> None:
            if agreed:
                self._train(name, experiment)

        if self.watched and self.trains:
            from tui_dl.ui.screens.dialogs import Confirm

            consequence = f"{self.watched.id} is still running; both will be slower."
            self.push_screen(Confirm(f"Train {name} too?", consequence), train)
        else:
            train()

    def _train(self, name: str, experiment: Experiment) -> None:
        """Start a run of `experiment` and turn to it."""
        from tui_dl.process.launch import start
        from tui_dl.runs.home import all_runs

        try:
            others = [run for run in all_runs(self.home) if run.name == name]
            run = start(self.home, name, experiment)
        except (UserError, OSError) as error:
            self.notify(str(error), title="Training cannot start", severity="error")
            return
        if says := objection():
            self.notify(says, severity="warning", markup=False)
        for other in filter(_is_live, others):
            self.notify(f"{other.id} is still running.", timeout=3)
        self.watched = run
        self.switch_screen(self.run_screen(run, watched=True))

    @property
    def trains(self) -> bool:
        """Whether the run that was watched last is still running."""
        return self.watched is not None and _is_live(self.watched)


def _is_live(run: Run) -> bool:
    return lock.is_held(run.lock)
