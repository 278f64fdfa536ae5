"""The dashboard's application, and the one call that opens it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from tui_dl.course.language import OFFERED
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.support.locales import shows_unicode
from tui_dl.support.translations import tr, use
from tui_dl.ui.ascii_only import AsciiOnly
from tui_dl.ui.home_tabs import FIRST
from tui_dl.ui.messages import BuildWanted, CourseShown, PresetWanted, RunIsRunning
from tui_dl.ui.no_colours import NoColours
from tui_dl.ui.notices import Notices
from tui_dl.ui.panels.frame import HEIGHTS, WIDTHS, TooSmall
from tui_dl.ui.panels.resizable import Resizable
from tui_dl.ui.plain_text import NoControls
from tui_dl.ui.screens.home_screen import HomeScreen, screen_class

# A screen is imported when it is first shown, and what starts processes when it does: the first
# frame need not wait for the others.
if TYPE_CHECKING:
    from tui_dl.process.origin import Origin
    from tui_dl.process.readiness import WarmUp

COPIED = "Id, command, value or table, into the clipboard"
NEEDS_UNICODE = "Korean needs a terminal with UTF-8: `tui-dl doctor` says what to do"
BUILD = "build"  # the tab in which networks are built


def open_dashboard(
    home: Path,
    run: Run | None = None,
    plays: bool = False,
    language: Language = "en",
    settings_file: Path | None = None,
    origin: Origin | None = None,
) -> Run | None:
    """Open the dashboard, on `run` or else on the course, and wait until the user leaves it.

    Standard input and output must be a terminal. Returns the run that was watched last, if it
    is still running. Runs started from it are kept in `home`.

    Args:
        home: the folder of all runs.
        run: the run to open; without one the course is opened.
        plays: whether the run is played from its first step; else it is shown as it is now.
        language: of lessons.
        settings_file: where choices are kept; None: nowhere.
        origin: what the builder opens with, in place of the library.

    Raises:
        UserError: the experiment of `run` cannot be read.
        Exception: whatever broke the dashboard, once the terminal is as it was.
    """
    if run is not None:
        _ = run.experiment  # a damaged one is found before the screen is taken
    signal.signal(signal.SIGHUP, _hang_up)
    app = TuiDl(
        home,
        run,
        warms_up=True,
        plays=plays,
        language=language,
        settings_file=settings_file,
        origin=origin,
    )
    left = app.run()
    if app.crash:
        raise app.crash
    return left


def _hang_up(number: int, frame: FrameType | None) -> None:
    """The terminal is gone: nothing can be restored, and Textual would spin on it."""
    os._exit(128 + number)


class TuiDl(Notices):
    """Shows the home, or the run that is being watched."""

    TITLE = "tui-dl"
    CSS_PATH = "styles.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("q", "quit", "Quit", tooltip="Quit, as ctrl+c does where no window is open"),
        Binding("ctrl+p", "command_palette", "Menu", key_display="^p", priority=True),
        Binding("y", "copy", "Copy", show=False, tooltip=COPIED),
        Binding("L", "change_language", "Language", show=False, tooltip=OFFERED),
        Binding("ctrl+q,ctrl+c", "quit", show=False, system=True),
    ]

    def __init__(
        self,
        home: Path,
        watched: Run | None = None,
        warms_up: bool = False,
        plays: bool = False,
        language: Language = "en",
        settings_file: Path | None = None,
        origin: Origin | None = None,
    ) -> None:
        language = language if shows_unicode() else "en"  # ASCII has letters of no other
        super().__init__(home, watched, language, settings_file)
        self.animation_level = "none"
        use(language)
        self.warm_up: WarmUp | None = None
        self._warms_up, self._plays = warms_up, plays
        self._no_controls, self._no_colours = NoControls(), NoColours()
        self._tab = FIRST  # of the home, which was shown last
        self._origin = origin

    def on_mount(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.leave)
        run = self.watched
        if self._origin:
            self._tab = BUILD
            self.push_screen(self._builder(self._origin))
        else:
            self.push_screen(self.run_screen(run, self._plays) if run else self.home_screen())
        self.call_after_refresh(self.say_complaints)

    def home_screen(self, tab: str = FIRST) -> HomeScreen:
        """The screen of a tab of the home, which is made when it is first shown."""
        if not self.is_screen_installed(tab):
            screen = screen_class(tab)(self.home, self.watched, self.language)
            self.install_screen(screen, tab)
        found = self.get_screen(tab)
        assert isinstance(found, HomeScreen)
        return found

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every row passes before it is sent to the terminal."""
        colours = [self._no_colours] if self.no_color else super().get_line_filters()
        ascii_only = [] if shows_unicode() else [AsciiOnly()]
        return [*colours, self._no_controls, *ascii_only]

    @property
    def may_warm_up(self) -> bool:
        """Whether kernels may be compiled ahead: not twice at once, and not beside a training."""
        under_way = self.warm_up is not None and not self.warm_up.over
        return self._warms_up and not under_way and not self.trains

    @on(CourseShown)
    def start_warm_up(self) -> None:
        """Compile kernels ahead while a preset is chosen."""
        from tui_dl.process.readiness import WarmUp
        from tui_dl.ui.screens.home.course import CourseScreen

        says = "Enter trains the preset, ? shows all keys, ctrl+p finds anything."
        self.hint("course", tr(says), is_last=False)
        if self.may_warm_up and isinstance(self.screen, CourseScreen):
            self.warm_up = WarmUp()
            self.screen.prepare(self.warm_up)

    @on(RunIsRunning)
    def end_warm_up(self) -> None:
        """Leave the processors to a run, or to other programs."""
        if self.warm_up:
            self.warm_up.end()

    def action_show_home(self) -> None:
        """Turn to the tab of the home that was shown last; the run keeps running."""
        self.action_open_tab(self._tab)

    def action_open_tab(self, name: str) -> None:
        """Turn to a tab of the home."""
        self._tab = name
        screen = self.home_screen(name)
        if screen is not self.screen:
            self.switch_screen(screen)

    @on(PresetWanted)
    def show_preset(self, message: PresetWanted) -> None:
        """Turn to the course, at a preset."""
        from tui_dl.ui.screens.home.course import CourseScreen

        course = self.home_screen()
        assert isinstance(course, CourseScreen)
        if self.screen is not course:  # else it is the second of two presses
            course.choose(message.name)
            self.action_open_tab(FIRST)

    @on(BuildWanted)
    def build(self, message: BuildWanted) -> None:
        """Turn to the builder, with a network to begin with."""
        if self._tab != BUILD or not isinstance(self.screen, HomeScreen):  # else pressed twice
            self.action_open_tab(BUILD)
            self._builder(message.origin)

    def _builder(self, origin: Origin) -> HomeScreen:
        """The builder's screen, which begins with `origin`."""
        from tui_dl.ui.screens.home.build import BuildScreen

        screen = self.home_screen(BUILD)
        assert isinstance(screen, BuildScreen)
        screen.begin(origin)
        return screen

    def action_change_language(self) -> None:
        """Show everything in the next language, now and from the next start on."""
        if not shows_unicode():
            self.notify(NEEDS_UNICODE, severity="warning")
            return
        place = LANGUAGES.index(self.language) + 1
        self.language = LANGUAGES[place % len(LANGUAGES)]
        self.remember("language", self.language)

    def watch_language(self) -> None:
        """Every screen that there is, shown or not, changes."""
        use(self.language)
        from tui_dl.ui.screens.run import RunScreen
        from tui_dl.ui.screens.variants import VariantsScreen

        for screen in {*self.screen_stack, *self._installed_screens.values()}:
            assert isinstance(screen, Screen)  # none is installed before it is made
            if isinstance(screen, HomeScreen | RunScreen | VariantsScreen):
                screen.language = self.language
            for widget in screen.query(Resizable):
                widget.size_changed()
        self.screen.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.watched is not None if action == "return_to_run" else True

    def _handle_exception(self, error: Exception) -> None:
        """Quit; Textual itself would print a traceback over the shell."""
        if self._exception is None:
            self._exception = error
            self._exception_event.set()  # a test that waits for a widget need wait no more
        self.exit(return_code=1)

    @property
    def crash(self) -> Exception | None:
        """What broke it."""
        return self._exception

    async def action_quit(self) -> None:
        """Quit; where something would be lost, ask first."""
        homes = [it for it in self._installed_screens.values() if isinstance(it, HomeScreen)]
        lost = next(filter(None, (it.unsaved for it in homes)), "")
        if not lost:
            self.leave()
            return
        if self.is_too_small:
            for notice in self.screen_stack[1].query(TooSmall):  # a question would not be seen
                notice.update(f"{lost} {tr('To quit, enlarge the terminal.')}")
            return
        from tui_dl.ui.screens.dialogs import Confirm

        def quit_anyway(agreed: bool | None) -> None:
            if agreed:
                self.leave()

        self.push_screen(Confirm(tr("Quit?"), lost), quit_anyway)

    def leave(self) -> None:
        """Close the dashboard; it returns the watched run where that is still running."""
        self.exit(self.watched if self.trains else None)
