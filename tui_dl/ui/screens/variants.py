"""The variants screen: runs from one start side by side, at one moment, that of the playhead."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from tui_dl.course.lesson_text import title
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.translations import said, tr
from tui_dl.ui.messages import RunIsRunning, RunWanted
from tui_dl.ui.panels.frame import Keys, TooSmall
from tui_dl.ui.panels.heading import TitleHeading
from tui_dl.ui.panels.variants_lesson import Shown, VariantsLesson
from tui_dl.ui.screens.long_run import ITSELF
from tui_dl.ui.screens.overlay import MomentRead, Overlay, OverlayScreen

if TYPE_CHECKING:
    from tui_dl.course.judged import Judged

MOST_KEYS = 9  # runs that a digit opens
PAGE = 8  # rows
CLAIMS = "-claims"  # the class of a screen that shows the claims in place of the charts


class ClaimsTested(Message):
    """The claims were tested with all runs."""

    def __init__(self, judged: Judged) -> None:
        super().__init__()
        self.judged = judged


class VariantsScreen(OverlayScreen):
    """All variants of an experiment; a digit opens the run of one."""

    TITLE = "Variants"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "figure", "Figure", tooltip="Validation loss, training loss, the metric"),
        Binding("l", "log_axis", "Log scale", tooltip="Losses on a log scale, or a linear one"),
        Binding("c", "claims(True)", "Claims", tooltip="The answer and all claims, or the charts"),
        Binding("c", "claims(False)", "Charts", tooltip="The charts"),
        Binding("down", "scroll(1)", "Scroll", key_display="↑ ↓", tooltip="A row down, up"),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", f"scroll({PAGE})", show=False),
        Binding("pageup", f"scroll(-{PAGE})", show=False),
        *(
            Binding(str(key), f"open_run({key})", "Run", key_display="1 – 9", show=key == 1)
            for key in range(1, MOST_KEYS + 1)
        ),
        Binding(
            "escape",
            "app.show_home",
            "Back",
            key_display="esc",
            tooltip="The home",
        ),
    ]
    language: reactive[Language] = reactive("en")
    # Whether claims are cut, whether they are shown alone, and then scroll.
    pages = reactive((False, False, False), bindings=True)

    def __init__(
        self, experiment: Experiment, runs: Mapping[str, Run], language: Language = "en"
    ) -> None:
        """Make the screen.

        Args:
            experiment: it has the variants.
            runs: its own, under the empty name, and those of its variants.
            language: of the lesson.
        """
        super().__init__({name or tr(ITSELF): run for name, run in runs.items()}, watching=True)
        self.set_reactive(VariantsScreen.language, language)
        self._experiment, self.runs = experiment, runs
        self._judged: Judged | None = None
        self._is_testing = False

    def compose(self) -> ComposeResult:
        yield TitleHeading(
            title(self._experiment, self.language),
            said(counted(len(self.runs), "run")),
            self.runs.values(),
        )
        yield Overlay(self._experiment.metric)
        yield VariantsLesson(self._experiment, self.language)
        yield Keys()
        yield TooSmall()

    @on(MomentRead)
    def note(self, message: MomentRead) -> None:
        """Note that the runs train, and test their claims once they are over."""
        if any(it.epochs for it in message.traces):
            self.post_message(RunIsRunning())
        if message.over and not self._is_testing:
            self._is_testing = True
            self._test()

    def _redraw(self) -> None:
        super()._redraw()
        if it := self._moment:
            if not it.over:
                self.set_class(False, CLAIMS)
            alone = self.has_class(CLAIMS)
            lesson = self.query_one(VariantsLesson)
            lesson.show(Shown(self.language, it.over, self._judged, alone))
            self.pages = lesson.is_cut, alone, lesson.rows_below > 0

    def watch_language(self) -> None:
        if self.is_mounted:
            self._redraw()

    @work(thread=True)
    def _test(self) -> None:
        """Test the claims with all runs."""
        from tui_dl.process.claims_of_run import judged_variants  # brings numpy

        with suppress(UserError, OSError, ValueError):
            self.post_message(ClaimsTested(judged_variants(self._experiment, self.runs)))

    @on(ClaimsTested)
    def take_verdicts(self, message: ClaimsTested) -> None:
        """Show what came of the claims."""
        self._judged = message.judged
        self._redraw()

    def action_claims(self, shown: bool) -> None:
        """Show the claims in place of the charts, or the charts again."""
        self.set_class(shown, CLAIMS)
        self._redraw()
        self.call_after_refresh(self._redraw)  # once there is known how much room there is

    def action_scroll(self, rows: int) -> None:
        """Scroll the claims."""
        self.query_one(VariantsLesson).scroll_rows(rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        is_cut, alone, scrolls = self.pages
        if action == "claims":
            return alone is not parameters[0] and (is_cut or alone)
        if action == "scroll":
            return scrolls
        if action in ("figure", "log_axis"):
            return not alone
        return super().check_action(action, parameters)

    def action_open_run(self, key: int) -> None:
        """Open the run of a variant."""
        if key <= len(self.runs):
            self.post_message(RunWanted(list(self.runs.values())[key - 1]))
