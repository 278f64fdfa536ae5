"""What variants show: the question while they play, then its answer and the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_dl.course.lesson_text import CHANGED, CUT, HEADINGS, how_many_hold
from tui_dl.drawing.markdown import markdown
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import wrapped
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.run_title import SEPARATOR
from tui_dl.support.translations import tr
from tui_dl.ui.panels.rows import Rows

if TYPE_CHECKING:
    from tui_dl.course.judged import Judged

SHARE = 3  # of the rows of a screen one in so many, where charts are shown too
KEY = "[c] shows the answer and the claims"


class Shown(NamedTuple):
    """What the rows are of.

    Attributes:
        language: of the lesson.
        over: whether the moment is the end of all runs.
        judged: what came of the claims; None before they are tested.
        alone: whether there are no charts beside.
    """

    language: Language
    over: bool = False
    judged: Judged | None = None
    alone: bool = False


class VariantsLesson(Rows):
    """The whole text where there is room for it; else how many claims hold, and the key to it.

    Alone on the screen it scrolls.
    """

    def __init__(self, experiment: Experiment, language: Language) -> None:
        super().__init__(id="variants-lesson")
        self._experiment = experiment
        self._shown = Shown(language)
        self._top = 0  # the first row that is seen

    def show(self, shown: Shown) -> None:
        """Show what belongs to a moment."""
        if self._shown != shown:
            self._shown, self._top = shown, 0
            self._fit()

    def size_changed(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Be as high as the text is, or all that there is below the title."""
        self.styles.height = "1fr" if self._shown.alone else len(self._text(self._width))
        self.redraw()

    @property
    def _width(self) -> int:
        return max(self.content_size.width, 1)

    @property
    def is_cut(self) -> bool:
        """Whether the end of the runs is shown, and not all that is to be said of it."""
        return self._shown.over and len(self._whole(self._width)) > self._most

    @property
    def _most(self) -> int:
        """Rows beside the charts."""
        return self.app.size.height // SHARE

    @property
    def rows_below(self) -> int:
        """How many rows the text alone has more than there is room for."""
        rows = len(self._whole(self._width)) if self._shown.alone else 0
        return max(rows - self.content_size.height, 0)

    def scroll_rows(self, rows: int) -> None:
        """Scroll, where the text is alone."""
        self._top = min(max(self._top + rows, 0), self.rows_below)
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return self._text(width)[self._top :][:height]

    def _text(self, width: int) -> list[StyledLine]:
        rows = self._whole(width)
        if self._shown.alone or len(rows) <= self._most:
            return rows
        return self._in_short(width) if self._shown.over else rows[: self._most]

    def _in_short(self, width: int) -> list[StyledLine]:
        """How many claims hold, if they were tested, and how all is seen."""
        key: StyledLine = [(tr(KEY), "dim")]
        if not self._shown.judged or not (verdicts := self._shown.judged.verdicts):
            return [key]
        held = sum(it.holds for it in verdicts)
        sign = ("✔ ", "good") if held == len(verdicts) else ("✘ ", "warn")
        return [[sign, (f"{how_many_hold(held, len(verdicts))}  ", "plain"), *key]]

    def _whole(self, width: int) -> list[StyledLine]:
        """The question, or the answer and each claim."""
        language, over, judged, _ = self._shown
        lesson = self._experiment.lesson
        rows: list[StyledLine] = []
        what = "answer" if over else "question"
        if lesson and (words := getattr(lesson.text(language), what)):
            rows = markdown(f"**{HEADINGS[language][what]}.** {words}", width)
        if judged is None or not over:
            return rows
        if judged.changes:
            says = CHANGED[language].format(changes=SEPARATOR.join(judged.changes))
            rows += [[(line, "plain")] for line in wrapped(says, width)]
        for it in judged.verdicts:
            sign = ("✔ ", "good") if it.holds else ("✘ ", "warn")
            lines = wrapped(it.claim.text(language), max(width - len(sign[0]), 1))
            rows += [
                [("  ", "plain") if row else sign, (line, "plain")]
                for row, line in enumerate(lines)
            ]
        if judged.left:
            left = CUT[language].format(count=judged.left)
            rows += [[(line, "dim")] for line in wrapped(left, width)]
        return rows
