"""The pages of presets: the lesson in a language, and its answer before a run or after it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from textual.binding import Binding

from tui_dl import presets
from tui_dl.course.language import OFFERED
from tui_dl.course.lesson_text import title
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.toml.heading import Heading, read_heading, read_title
from tui_dl.ui.panels.preset_detail import Detail
from tui_dl.ui.panels.preset_list import PresetList
from tui_dl.ui.panels.preset_marks import mark_of
from tui_dl.ui.preset_reader import PresetFacts, SamplesRead
from tui_dl.ui.screens.home_screen import HomeScreen

KEYS = (
    Binding("A", "answer", "Answer", tooltip="The answer now, not after the run"),
    Binding("L", "app.change_language", "Language", tooltip=OFFERED),
)


class LessonControl(HomeScreen):
    """A screen of a list of presets and the page of one.

    Attributes:
        facts: what was read of presets, by name.
        samples: of presets' data, likewise.
        shown: the preset whose page is shown.
    """

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        super().__init__(home, watched, language)
        self.facts: dict[str, PresetFacts] = {}
        self.samples: dict[str, SamplesRead] = {}
        self.shown: str | None = None
        self._answered: set[str] = set()  # presets whose answer was asked for

    def update_entry(self, name: str) -> None:
        """Say in the list what is known of a preset."""
        facts = self.facts[name]
        it = facts.experiment
        self.query_one(PresetList).update_entry(
            name, title(it, self.language) if it else name, *mark_of(facts)
        )

    async def turn_to(self, name: str) -> None:
        """Turn to the page of a preset that was read."""
        self.shown = name
        detail = self.query_one(Detail)
        facts = self.facts[name]
        await detail.show(name, facts, self.language, self._is_answered(name))
        if (it := self.samples.get(name)) and detail.is_attached:  # not closed meanwhile
            detail.show_samples(it.preview, it.error)
        self.refresh_bindings()

    @property
    def highlighted(self) -> PresetFacts | None:
        """What was read of the highlighted preset, which keys are of before its page is shown."""
        name = self.query_one(PresetList).chosen if self.is_mounted else None
        return self.facts.get(name or "")

    def _is_answered(self, name: str) -> bool:
        """Whether the answer to a preset's question is shown: after a run of it, or on request.

        A run that was changed may show something else than what was asked.
        """
        same = (it.listed for it in self.facts[name].results if not it.changes)
        over = (it.status in ("finished", "stopped") for it in same)
        return name in self._answered or any(over)

    async def show_lesson(self) -> None:
        """Show the lesson of the page anew."""
        name = self.shown
        if name and (it := self.facts[name].experiment):
            answered = self._is_answered(name)
            await self.query_one(Detail).show_lesson(it, self.language, answered)
            self.refresh_bindings()

    async def action_answer(self) -> None:
        """Show the answer to the question of the highlighted preset's lesson."""
        self._answered.add(self.query_one(PresetList).chosen or "")
        await self.show_lesson()

    async def watch_language(self) -> None:
        self.query_one(PresetList).rename_chapters(
            {name: it.chapter for name, it in headings(self.language).items()}
        )
        for name in self.facts:
            self.update_entry(name)
        if self.shown:
            await self.turn_to(self.shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "answer":
            facts = self.highlighted
            lesson = facts.experiment.lesson if facts and facts.experiment else None
            asks = lesson is not None and bool(lesson.en.question)
            return asks and not self._is_answered(self.query_one(PresetList).chosen or "")
        return True


def headings(language: Language) -> dict[str, Heading]:
    """Title and chapter of every preset; one that cannot be read has its name."""
    found = {}
    for name in presets.COURSE:
        found[name] = Heading(name, "")
        chapter, file = presets.chapter_of(name), presets.find(name)
        with suppress(OSError):
            found[name] = read_heading(file) or found[name]
            if language != "en" and (own := read_title(file, language)):
                found[name] = found[name]._replace(title=own)
        if language == "ko" or not found[name].chapter:
            in_language = chapter.ko if language == "ko" else chapter.title
            found[name] = found[name]._replace(chapter=in_language)
    return found
