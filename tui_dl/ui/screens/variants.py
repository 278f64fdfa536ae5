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

from tui_dl.course.lesson_text import HEADINGS, title
from tui_dl.drawing.markdown import markdown
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import wrapped
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.translations import said, tr
from tui_dl.ui.messages import RunIsRunning, RunWanted
from tui_dl.ui.panels.frame import Keys, TooSmall
from tui_dl.ui.panels.heading import TitleHeading
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.screens.long_run import ITSELF
from tui_dl.ui.screens.overlay import MomentRead, Overlay, OverlayScreen

if TYPE_CHECKING:
    from tui_dl.course.verdict import Verdict

MOST_KEYS = 9  # runs that a digit opens


class ClaimsTested(Message):
    """The claims were tested with all runs."""

    def __init__(self, verdicts: list[Verdict]) -> None:
        super().__init__()
        self.verdicts = verdicts


class LessonRows(Rows):
    """The question while the runs play; at the end its answer and what came of the claims."""

    def __init__(self, experiment: Experiment, language: Language) -> None:
        super().__init__(id="variants-lesson")
        self._experiment = experiment
        self._shown: tuple[Language, bool, list[Verdict]] = (language, False, [])

    def show(self, language: Language, over: bool, verdicts: list[Verdict]) -> None:
        """Show what belongs to a moment."""
        if self._shown != (language, over, verdicts):
            self._shown = language, over, verdicts
            self._fit()

    def size_changed(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Be as high as the text is, up to a third of the screen."""
        rows = len(self._text(max(self.content_size.width, 1)))
        self.styles.height = min(rows, self._most)
        self.redraw()

    @property
    def _most(self) -> int:
        """Rows that there may be."""
        return self.app.size.height // 3

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return self._text(width)[:height]

    def _text(self, width: int) -> list[StyledLine]:
        """Whole claims where there is room for them, else the beginning of each."""
        rows = self._rows(width, whole=True)
        return rows if len(rows) <= self._most else self._rows(width, whole=False)

    def _rows(self, width: int, whole: bool) -> list[StyledLine]:
        language, over, verdicts = self._shown
        lesson = self._experiment.lesson
        rows: list[StyledLine] = []
        if lesson:
            text = lesson.text(language)
            what = "answer" if over else "question"
            if words := getattr(text, what):
                rows = markdown(f"**{HEADINGS[language][what]}.** {words}", width)
        for it in verdicts if over else []:
            sign = ("✔ ", "good") if it.holds else ("✘ ", "warn")
            first, *others = wrapped(it.claim.text(language), max(width - len(sign[0]), 1))
            cut = "…" * (bool(others) and not whole)
            rows.append([sign, (first + cut, "plain")])
            rows += [[("  " + each, "plain")] for each in others if whole]
        return rows


class VariantsScreen(OverlayScreen):
    """All variants of an experiment; a digit opens the run of one."""

    TITLE = "Variants"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "figure", "Figure", tooltip="Validation loss, training loss, the metric"),
        Binding("l", "log_axis", "Log scale", tooltip="Losses on a log scale, or a linear one"),
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
        self._verdicts: list[Verdict] = []
        self._is_testing = False

    def compose(self) -> ComposeResult:
        yield TitleHeading(
            title(self._experiment, self.language),
            said(counted(len(self.runs), "run")),
            self.runs.values(),
        )
        yield Overlay(self._experiment.metric)
        yield LessonRows(self._experiment, self.language)
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
            self.query_one(LessonRows).show(self.language, it.over, self._verdicts)

    def watch_language(self) -> None:
        if self.is_mounted:
            self._redraw()

    @work(thread=True)
    def _test(self) -> None:
        """Test the claims with all runs."""
        from tui_dl.course.verdict import verdicts_of  # brings numpy

        with suppress(UserError, OSError, ValueError):
            self.post_message(ClaimsTested(verdicts_of(self._experiment, self.runs)))

    @on(ClaimsTested)
    def take_verdicts(self, message: ClaimsTested) -> None:
        """Show what came of the claims."""
        self._verdicts = message.verdicts
        self._redraw()

    def action_open_run(self, key: int) -> None:
        """Open the run of a variant."""
        if key <= len(self.runs):
            self.post_message(RunWanted(list(self.runs.values())[key - 1]))
