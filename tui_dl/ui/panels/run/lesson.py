"""The lesson of the run's experiment: first its question, and at the end all that it says."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from tui_dl.course.lesson_text import CHANGED, HEADINGS, LEFT, STOPPED, sections
from tui_dl.course.try_text import cure
from tui_dl.drawing.markdown import markdown
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import wrapped
from tui_dl.runs.folder import Run
from tui_dl.runs.proposals import lesson_change, proposals
from tui_dl.runs.short_title import preset_read
from tui_dl.runs.view import RunView
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.run_title import SEPARATOR
from tui_dl.support.errors import UserError
from tui_dl.ui.panels.panel import ANY
from tui_dl.ui.panels.scrolling import ScrollingPanel

if TYPE_CHECKING:
    from tui_dl.course.judged import Judged
    from tui_dl.runs.playback import Frame

LINE = 76  # cells of a line: longer ones are hard to read
LATER = 0.6  # seconds: reading a long run once more would hold up its first charts


class Tested(Message):
    """The claims of the run were tested."""

    def __init__(self, judged: Judged) -> None:
        super().__init__()
        self.judged = judged


class LessonPanel(ScrollingPanel):
    """The whole lesson; while its question is open, the question alone.

    The answer is there at the end of the run, with what this run says of the claims that a test
    holds; the key shows it before.
    """

    TAB = "lesson"
    ORDER = 1
    LEAST_SIZE = Size(24, 6)
    WEIGHT = 1
    MOST_WIDTH = LINE + 4
    BESIDE: ClassVar[Mapping[str, int]] = {"curves": 1, "gradients": 1, "events": 2}
    FILLS: ClassVar[Mapping[str, int]] = {"network": 0}
    SLOW = True  # the first time, when it imports what reads Markdown
    BORDER_TITLE = "Lesson"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("A", "answer", "Answer", tooltip="The answer now, not at the end of the run"),
    ]

    language: reactive[Language] = reactive("en", repaint=False, init=False)
    at_end: reactive[bool] = reactive(False, repaint=False, init=False, bindings=True)
    revealed: reactive[bool] = reactive(False, repaint=False, init=False, bindings=True)
    judged: reactive[Judged | None] = reactive(None, repaint=False, init=False)
    cure: reactive[tuple[str, ...]] = reactive((), repaint=False, init=False)  # in its place
    tries_here: reactive[bool] = reactive(False, repaint=False, init=False)  # the key `t` does

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        self._drawn: tuple[object, list[StyledLine]] = (None, [])  # of what, and the rows
        self._change = lesson_change(run)

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(view.experiment and view.experiment.lesson)

    def show(self, frame: Frame) -> None:
        present = frame.present
        over = not present.live and frame.playhead.at(present) is None
        ended = present.status in ("finished", "stopped")
        if over and ended and not self.at_end:
            self.set_timer(LATER, self._test)
        self.at_end = over
        proposed = proposals(frame.view.diagnoses, self._change)[:1]
        self.tries_here = proposed == [self._change]
        self.cure = () if self.tries_here else tuple(*proposed)
        super().show(frame)

    @work(thread=True, exclusive=True)
    def _test(self) -> None:
        """Test the claims that are of this run."""
        from tui_dl.process.claims_of_run import judged_run  # brings numpy

        with suppress(UserError, OSError, ValueError):  # other panels say what is damaged
            self.post_message(Tested(judged_run(self.run)))

    @on(Tested)
    def take_verdicts(self, message: Tested) -> None:
        """Show what came of the claims."""
        self.judged = message.judged

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "answer":
            return True
        lesson = self.experiment.lesson
        asks = lesson is not None and bool(lesson.en.question)
        return asks and not (self.at_end or self.revealed)

    def action_answer(self) -> None:
        """Show the answer."""
        self.revealed = True

    def redraw(self) -> None:
        first = not self._drawn[1]
        super().redraw()
        if first and self._drawn[1]:
            self.refresh(layout=True)

    def rows_wanted(self, width: int) -> int:
        return super().rows_wanted(width) if self._drawn[1] else ANY  # not drawn yet

    def _show_other_text(self) -> None:
        """Draw in as many rows as there are now."""
        self.redraw()
        self.refresh(layout=True)

    def watch_language(self) -> None:
        self._show_other_text()

    def watch_at_end(self) -> None:
        self._show_other_text()

    def watch_revealed(self) -> None:
        self._show_other_text()

    def watch_cure(self) -> None:
        self._show_other_text()

    def watch_tries_here(self) -> None:
        self._show_other_text()

    def watch_judged(self) -> None:
        self._show_other_text()

    def all_rows(self, width: int) -> list[StyledLine]:
        width = min(width, LINE)
        judged = self.judged if self.at_end else None
        answered = self.at_end or self.revealed
        drawn = (width, self.language, answered, judged, self.tries_here, self.cure)
        if self._drawn[0] != drawn:
            rows: list[StyledLine] = []
            for title, part in self._sections(answered):
                rows += [[(title, "train")], *markdown(part, width), []]
            if answered and self.cure:
                says = cure(self.cure, self.experiment, self.language)
                rows += [*markdown(says, width), []]
            rows += self._claims(judged, width)
            self._drawn = drawn, rows[:-1]
        return self._drawn[1]

    def _sections(self, answered: bool) -> list[tuple[str, str]]:
        preset = preset_read(self.run)
        of_course = preset is not None
        here = self.tries_here
        return sections(self.experiment, self.language, answered, preset, here, of_course)

    def _claims(self, judged: Judged | None, width: int) -> list[StyledLine]:
        """What this run says of the claims, or why it says nothing."""
        if judged is None or (not any(judged) and judged.stopped_at is None):
            return []
        rows: list[StyledLine] = [[(HEADINGS[self.language]["claims"], "train")]]
        if judged.changes:
            says = CHANGED[self.language].format(changes=SEPARATOR.join(judged.changes))
            rows += [[(line, "plain")] for line in wrapped(says, width)]
        if judged.stopped_at is not None:
            says = STOPPED[self.language].format(epoch=judged.stopped_at)
            rows += [[(line, "plain")] for line in wrapped(says, width)]
        for it in judged.verdicts:
            sign = ("✔ ", "good") if it.holds else ("✘ ", "warn")
            text = markdown(it.claim.text(self.language), width - 2)
            rows += [[sign if not row else ("  ", "plain"), *line] for row, line in enumerate(text)]
        if judged.left:
            left = LEFT[self.language].format(count=judged.left)
            rows += [[(line, "dim")] for line in wrapped(left, width)]
        return [*rows, []]
