"""Starts runs from the dashboard, and turns to the one that was started."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.reactive import reactive

from tui_dl.runs import lock
from tui_dl.runs.folder import Run, name_of_title
from tui_dl.spec.changed_settings import changed_settings
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.differences import described
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.run_title import run_title
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.kernel_cache import objection
from tui_dl.support.translations import said, tr
from tui_dl.ui.live_watcher import LiveWatcher
from tui_dl.ui.messages import (
    CompareWanted,
    MoreEpochsWanted,
    OverlayWanted,
    ResumeWanted,
    RunRenamed,
    RunWanted,
    TrainChanged,
    TrainPreset,
    TrainVariants,
)
from tui_dl.ui.screens.home_screen import HomeScreen
from tui_dl.ui.screens.long_run import ITSELF, says_of_one

# A screen is imported when it is first shown, and what starts processes when it does: the first
# frame need not wait for the others.
if TYPE_CHECKING:
    from tui_dl.ui.screens.run import RunScreen
    from tui_dl.ui.screens.variants import VariantsScreen


class RunStarter(LiveWatcher):
    """An application that starts runs and watches the newest of them.

    Attributes:
        language: of lessons.
        watched: the run that was watched last.
    """

    language: reactive[Language] = reactive("en")

    def __init__(
        self, home: Path, watched: Run | None, language: Language, settings_file: Path | None
    ) -> None:
        super().__init__(home, settings_file)
        self.set_reactive(RunStarter.language, language)
        self.watched = watched
        self._made_from: dict[Run, Run] = {}  # of runs that were started here
        self._batch: tuple[Experiment, dict[str, Run]] | None = None  # watched last, side by side

    def run_screen(self, run: Run, watched: bool = False) -> RunScreen:
        """The screen of a run; one that is `watched` is played from its first step."""
        from tui_dl.ui.screens.run import RunScreen

        says = (
            "Digits open tabs, space plays the run, , and . go an epoch back and on, "
            "? shows all keys."
        )
        self.call_after_refresh(self.hint, "run", tr(says), is_last=True)
        return RunScreen(run, watched, self.language, self.settings)

    def _variants_screen(self, experiment: Experiment, runs: dict[str, Run]) -> VariantsScreen:
        """The screen of an experiment and its variants."""
        from tui_dl.ui.screens.variants import VariantsScreen

        self.watched, self._batch = runs[""], (experiment, runs)
        return VariantsScreen(experiment, runs, self.language)

    def action_return_to_run(self) -> None:
        """Turn to what was watched last: a run, or variants side by side."""
        if self._batch:
            self.switch_screen(self._variants_screen(*self._batch))
        elif self.watched:
            self.switch_screen(self.run_screen(self.watched))

    @on(TrainPreset)
    def train_preset(self, message: TrainPreset) -> None:
        """Train a preset and watch it."""
        if isinstance(self.screen, HomeScreen):  # else it is the second of two presses
            start = partial(self._train, message.name, message.experiment, message.made_from)
            self._ask_to_train(message.name, start, message.says)

    @on(TrainChanged)
    def train_changed(self, message: TrainChanged) -> None:
        """Train a run's experiment with a change, and watch it."""
        from tui_dl.ui.screens.run import RunScreen

        if isinstance(self.screen, RunScreen) and self.screen.run == message.run:
            name = _changed_name(message.run, message.experiment)
            start = partial(self._train, name, message.experiment, message.run)
            changes = changed_settings(message.run.experiment, message.experiment)
            self._ask_to_train(message.run.name, start, "; ".join(changes))

    @on(TrainVariants)
    def train_variants(self, message: TrainVariants) -> None:
        """Train a preset and its variants, each as a run of its own, and watch all of them."""
        if isinstance(self.screen, HomeScreen):
            start = partial(self._train_variants, message.name, message.experiment)
            names = ", ".join([tr(ITSELF), *(it.name for it in message.experiment.variant)])
            runs = said(counted(len(message.experiment.variant) + 1, "run"))
            changes = f"{message.says}." if message.says else ""
            parts = f"{runs}: {names}.", changes, says_of_one(message.seconds)
            says = " ".join(filter(None, parts))
            self._ask_to_train(tr("{name} and its variants", name=message.preset), start, says)

    @on(RunWanted)
    def open_run(self, message: RunWanted) -> None:
        """Turn to a run."""
        from tui_dl.ui.screens.run import RunScreen

        is_shown = isinstance(self.screen, RunScreen) and self.screen.run == message.run
        if is_shown or self.screen.is_modal:
            return  # it is the second of two presses
        try:
            _ = message.run.experiment
        except UserError as error:
            self.notify(str(error), title="The run cannot be opened", severity="error")
            return
        self._turn_to(message.run)

    @on(CompareWanted)
    def compare_runs(self, message: CompareWanted) -> None:
        """Turn to runs side by side."""
        from tui_dl.ui.screens.compare import CompareScreen

        if isinstance(self.screen, HomeScreen):
            self.switch_screen(CompareScreen(message.compared))

    @on(OverlayWanted)
    def lay_over(self, message: OverlayWanted) -> None:
        """Turn to a run over the one that it was made from, or else over the one before it."""
        from tui_dl.runs.home import all_runs
        from tui_dl.runs.predecessor import predecessor
        from tui_dl.ui.screens.over_origin import OverOriginScreen
        from tui_dl.ui.screens.run import RunScreen

        if not isinstance(self.screen, RunScreen):
            return
        run = message.run
        try:
            origin = self._made_from.get(run) or predecessor(run, all_runs(self.home))
            if origin is None:
                says = "There is no earlier run of it with other settings."
                self.notify(tr(says))
            else:
                self.switch_screen(OverOriginScreen(run, origin))
        except (UserError, OSError) as error:
            self.notify(str(error), title=tr("Runs cannot be compared"), severity="error")

    @on(ResumeWanted)
    def resume_run(self, message: ResumeWanted) -> None:
        """Continue a run, in its own worker or in a new one, and turn to it."""
        from tui_dl.process import launch
        from tui_dl.protocol.commands import Continue
        from tui_dl.runs import mailbox

        run = message.run
        if isinstance(self.screen, HomeScreen):
            try:
                if _is_live(run):
                    mailbox.send(run.control, Continue())
                else:
                    launch.resume(run)
            except (UserError, OSError) as error:
                self.notify(str(error), title="The run cannot be resumed", severity="error")
                return
            self._turn_to(run)

    @on(MoreEpochsWanted)
    def train_more(self, message: MoreEpochsWanted) -> None:
        """Train on from the end of a run, as a run of its own, and watch it."""
        name, origin = _changed_name(message.run, message.experiment), message.run
        if isinstance(self.screen, HomeScreen):
            start = partial(self._train, name, message.experiment, origin, goes_on=True)
            self._ask_to_train(name, start)

    def _turn_to(self, run: Run, watched: bool = False) -> None:
        """Turn to the screen of a run."""
        self.watched, self._batch = run, None
        self.switch_screen(self.run_screen(run, watched))

    @on(RunRenamed)
    def follow_renamed(self, message: RunRenamed) -> None:
        """Keep what is known of a run under its new name."""
        if self.watched == message.run:
            self.watched = message.new
        if self._batch:
            experiment, runs = self._batch
            new = {name: message.new if it == message.run else it for name, it in runs.items()}
            self._batch = experiment, new
        if (origin := self._made_from.pop(message.run, None)) is not None:
            self._made_from[message.new] = origin

    def _ask_to_train(self, what: str, start: Callable[[], None], says: str = "") -> None:
        """Start training; where something is to be said of it, or another run trains, ask first."""

        def train(agreed: bool | None = True) -> None:
            if agreed:
                start()

        too = self.watched is not None and self.trains
        if too and self.watched:
            slower = tr("{run} is still running; both will be slower.", run=self.watched.id)
            says = f"{says} {slower}".strip()
        if says:
            from tui_dl.ui.screens.dialogs import Confirm

            question = "Train {what} too?" if too else "Train {what}?"
            self.push_screen(Confirm(tr(question, what=what), says), train)
        else:
            train()

    def _train(
        self, name: str, experiment: Experiment, made_from: Run | None, goes_on: bool = False
    ) -> None:
        """Start a run of `experiment` and turn to it.

        Args:
            name: of the run.
            experiment: what is trained.
            made_from: the run that the experiment was made from, if it was.
            goes_on: whether training begins where that run ended.
        """
        from tui_dl.process.launch import start
        from tui_dl.runs.home import all_runs

        origin = made_from if goes_on else None
        try:
            others = [run for run in all_runs(self.home) if run.name == name]
            run = start(self.home, name, experiment, origin=origin)
        except (UserError, OSError) as error:
            self.notify(str(error), title="Training cannot start", severity="error")
            return
        if made_from is not None:
            self._made_from[run] = made_from
        self._tell_home(run)
        if says := objection():
            self.notify(says, severity="warning", markup=False)
        for other in filter(_is_live, others):
            self.notify(tr("{run} is still running.", run=other.id))
        self._turn_to(run, watched=not goes_on)

    def _train_variants(self, name: str, experiment: Experiment) -> None:
        """Queue a run of `experiment` and one of each variant, and turn to all of them."""
        from tui_dl.batch.job import jobs_of
        from tui_dl.batch.queue import enqueue
        from tui_dl.process.read_experiment import describe

        try:
            jobs = jobs_of(name, experiment, describe)
            started = enqueue(self.home, jobs)
        except (UserError, OSError) as error:
            self.notify(str(error), title="Training cannot start", severity="error")
            return
        runs = {job.variant: run for job, run in zip(jobs, started, strict=True)}
        self._tell_home(runs[""])
        self.switch_screen(self._variants_screen(experiment, runs))

    def _tell_home(self, run: Run) -> None:
        """Let the tabs of the home take note of a run that was started."""
        for screen in self._installed_screens.values():
            if isinstance(screen, HomeScreen):
                screen.take_started(run)

    @property
    def trains(self) -> bool:
        """Whether the run that was watched last is still running."""
        return self.watched is not None and _is_live(self.watched)


def _changed_name(run: Run, experiment: Experiment) -> str:
    """The name of a run of `experiment`, which was made from that of `run`."""
    changes = described(run.experiment, experiment)
    return name_of_title(run_title(run.name, changes, experiment))


def _is_live(run: Run) -> bool:
    return lock.is_held(run.lock)
