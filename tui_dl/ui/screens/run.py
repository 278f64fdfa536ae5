"""The run screen: a thread reads the run folder and posts frames, which the panels show."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic, thread_time
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from tui_dl import presets
from tui_dl.runs.curve_request import WHOLE
from tui_dl.runs.folder import Run
from tui_dl.runs.home import command_for
from tui_dl.runs.preset_name import preset_of_run
from tui_dl.runs.short_title import title_of
from tui_dl.spec.course.lesson import Language
from tui_dl.support.formatting import short
from tui_dl.support.settings import Settings
from tui_dl.support.translations import tr
from tui_dl.ui.messages import (
    BuildWanted,
    CurvesWanted,
    LongRunEnded,
    OverlayWanted,
    PresetWanted,
)
from tui_dl.ui.panels.chart import CurvePanel
from tui_dl.ui.panels.frame import Keys, TooSmall
from tui_dl.ui.panels.panel import Panel
from tui_dl.ui.panels.panel_area import AllDrawn
from tui_dl.ui.panels.run.lesson import LessonPanel
from tui_dl.ui.panels.run.status import StatusLines
from tui_dl.ui.panels.run_heading import RunHeading
from tui_dl.ui.screens.proposal_control import ProposalControl

if TYPE_CHECKING:
    from tui_dl.runs.playback import Frame

READ_INTERVAL = 0.25  # seconds, or later where drawing would take more than this
SHARE = 0.08  # of a processor, and a little more to read: it is the training's
ENDED_READ_INTERVAL = 1.0
DEFAULTS = Settings()
LONG = 30.0  # seconds that a run has to be live for its end to be announced
PLAY_INTERVAL, PLAY_SHARE = 0.1, 0.5  # the same while a run plays whose training is over


class RunRead(Message):
    """There is another frame to show."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame

    def can_replace(self, message: Message) -> bool:
        """A slow terminal gets the newest frame only."""
        return isinstance(message, RunRead)


class RunScreen(ProposalControl):
    """One run in tabs; all of it shows one moment, that of the playhead."""

    TITLE = "Run"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "predict", "Predict", tooltip="Type a line; the network says what it is"),
        Binding("b", "build_on", "Build", tooltip="Build a network, beginning with this one"),
        Binding("o", "overlay", "Overlay", tooltip="These curves over those of the run before it"),
        Binding("f", "next_lesson", "Next lesson", tooltip="The next preset of the course"),
    ]
    language: reactive[Language] = reactive("en")

    def __init__(
        self,
        run: Run,
        watched: bool = False,
        language: Language = "en",
        settings: Settings = DEFAULTS,
    ) -> None:
        super().__init__(run)
        self.set_reactive(RunScreen.language, language)
        self._next_lesson = presets.after(preset_of_run(run))
        self._watched = watched
        self._predicts = run.experiment.task != "act"
        self._left = False
        self._settings = settings
        self._live_since: float | None = None  # when the run was first seen to be live
        self._curves = WHOLE  # what is asked of them
        self._used = thread_time()  # of this thread, when the last frame came
        self._cost = 0.0  # processor seconds from one frame to the next: of drawing it

    def compose(self) -> ComposeResult:
        yield RunHeading(title_of(self.run), self.run)
        yield self.area
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.app.call_later(self.call_after_refresh, self._begin)  # the app draws in its own turn

    async def _begin(self) -> None:
        """Read the run and make the panels meanwhile, once the screen is drawn."""
        smoothing = self._settings.smoothing
        self._curves = replace(WHOLE, smoothing=smoothing)
        self.follow()
        await self.area.add_panels()
        for panel in self.query(CurvePanel):
            panel.shown = replace(panel.shown, smoothing=smoothing)
        self.watch_language()
        self.watch_pending()

    def watch_language(self) -> None:
        for panel in self.query(LessonPanel):
            panel.language = self.language
        self.area.say_again()

    def on_unmount(self) -> None:
        self._left = True
        self.moved.set()

    @work(thread=True)
    def follow(self) -> None:
        """Read the run folder and post what is new; a run that is over may be resumed."""
        from tui_dl.runs.playback import Playback  # brings numpy: after the first frame

        speed = self._settings.speed
        playback, pause = Playback(self.run, self._watched, self.moves, speed), READ_INTERVAL
        while not self._left:
            self.moved.clear()
            columns = max(self.app.size.width // 2, 1)  # a terminal may say that it has none
            frame = playback.look(columns, monotonic(), self._curves)
            if frame is not None:
                self.post_message(RunRead(frame))
                pause = self._pause_after(frame)
            self.moved.wait(pause)

    def _pause_after(self, frame: Frame) -> float:
        """Seconds until the next frame: more often where there is more to see."""
        if frame.view.read < 1:
            return ENDED_READ_INTERVAL  # or until it is drawn
        if frame.present.live:
            return min(max(READ_INTERVAL, self._cost / SHARE), ENDED_READ_INTERVAL)
        if frame.playhead.playing:
            return min(max(PLAY_INTERVAL, self._cost / PLAY_SHARE), ENDED_READ_INTERVAL)
        return ENDED_READ_INTERVAL

    @on(CurvesWanted)
    def read_curves(self, message: CurvesWanted) -> None:
        """Let the thread read other curves than before, at once."""
        self._curves = message.request
        self.moved.set()

    @on(RunRead)
    def show(self, message: RunRead) -> None:
        """Hand what the thread has read to the panels."""
        used = thread_time()
        self._cost, self._used = used - self._used, used
        self._announce_end(message.frame.present.live)
        self.take_note(message.frame.present, message.frame.playhead)
        self.plays = message.frame.playhead.plays(message.frame.present)
        self.take_diagnoses(message.frame.view.diagnoses)
        self.area.show(message.frame)
        self.query_one(RunHeading).silent = self.area.silent_tabs

    @on(AllDrawn)
    def read_on(self) -> None:
        """Read the rest of a long run, once the part that was read is on the screen."""
        if self.area.view is not None and self.area.view.read < 1:
            self.moved.set()

    def _announce_end(self, live: bool) -> None:
        """Announce the end of a run that was live for long while it was shown."""
        if live:
            self._live_since = self._live_since or monotonic()
            return
        since, self._live_since = self._live_since, None
        if since is not None and monotonic() - since > LONG:
            self.post_message(LongRunEnded(self.run))

    @property
    def layer_names(self) -> list[str]:
        """Names of the network's layers."""
        return [node.name for node in self.run.experiment.nodes]

    def copies(self) -> dict[str, str]:
        """What can be copied: id, command, the newest value, and the panel with the focus."""
        texts = {tr("id"): self.run.id, tr("command"): command_for("attach", self.run)}
        view = self.area.view
        if view is not None and view.epochs:
            final = view.ended or view.epochs[-1]
            texts[tr("validation loss")] = short(final.validation_loss)
        panel = self.focused if isinstance(self.focused, Panel) else self.area.first
        if panel is not None:
            texts[str(panel.border_title or tr("panel"))] = panel.plain
        return texts

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next_lesson":
            return self._next_lesson is not None and not self.live
        if action == "predict":
            return self._predicts
        return super().check_action(action, parameters)

    def urges(self, action: str) -> bool:
        """A network that has learned is there to be used, once its run is over and was played."""
        if action == "predict":
            return self.is_over and not self.plays
        return super().urges(action)

    def action_predict(self) -> None:
        """Open the window in which the network answers lines."""
        from tui_dl.ui.screens.predict import PredictScreen  # brings numpy: not before it is asked

        self.app.push_screen(PredictScreen(self.run))

    def action_build_on(self) -> None:
        """Build a network, beginning with that of this run."""
        from tui_dl.process.origin import of_run

        self.post_message(BuildWanted(of_run(self.run)))

    def action_overlay(self) -> None:
        """Show the run over the one that it was made from."""
        self.post_message(OverlayWanted(self.run))

    def action_next_lesson(self) -> None:
        """Turn to the library, at the next preset of the course."""
        if self._next_lesson:
            self.post_message(PresetWanted(self._next_lesson))

    def watch_pending(self) -> None:
        for status in self.query(StatusLines):
            status.pending = self.pending
