"""The course: choose a preset, read what it teaches, train it as it is or changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Input, OptionList

from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import Run, name_of_title
from tui_dl.runs.preset_name import preset_of_run
from tui_dl.spec.changed_settings import changed_settings
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.lesson_changes import Example, examples
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.translations import tr
from tui_dl.ui.messages import BuildWanted, CourseShown, TrainPreset, TrainVariants
from tui_dl.ui.panels.frame import Keys, TooSmall
from tui_dl.ui.panels.heading import HomeHeading
from tui_dl.ui.panels.preset_detail import Detail
from tui_dl.ui.panels.preset_list import PresetList
from tui_dl.ui.panels.search_field import SearchField
from tui_dl.ui.preset_reader import FactsRead, PresetReader, SamplesRead, read_preset
from tui_dl.ui.screens.lesson_control import KEYS, headings
from tui_dl.ui.screens.long_run import says_if_long
from tui_dl.ui.screens.warm_up_control import WarmUpControl

if TYPE_CHECKING:
    from tui_dl.ui.screens.edit_preset import Edited

NAME = "Course"
ORDER = 1
WIDE_ENOUGH = 72  # columns from which on the list and a page stand side by side
PAGE = "-page"  # the class of a screen that shows the page in place of the list


class CourseScreen(WarmUpControl):
    """Presets on the left, the chosen one's page on the right."""

    TITLE = NAME
    AUTO_FOCUS = "PresetList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "train", "Train", tooltip="Train the preset as it is"),
        Binding("e", "edit", "Edit", tooltip="Change values before training"),
        Binding("b", "build", "Build", tooltip="Build a network, beginning with this one"),
        Binding("t", "try_it", "Try", tooltip="Train it with the change that the lesson proposes"),
        Binding(
            "v", "variants", "Variants", tooltip="Train all variants, and see them side by side"
        ),
        Binding("slash", "search", "Search", key_display="/", tooltip="Find a preset"),
        Binding("c", "course", "Course", tooltip="What the course is about, chapter by chapter"),
        Binding("escape", "back", show=False),
        Binding("pageup", "scroll(-1)", "Page up", False, tooltip="A page up, down", priority=True),
        Binding("pagedown", "scroll(1)", "Page down", show=False, priority=True),
        Binding("r", "app.return_to_run", "Back to run"),
        *KEYS,
    ]

    def __init__(self, home: Path, watched: Run | None, language: Language = "en") -> None:
        super().__init__(home, watched, language)
        self._first = preset_of_run(watched) if watched else None
        self.reader = PresetReader(home, presets.COURSE)

    @property
    def busy(self) -> bool:
        return self.reader.busy

    def compose(self) -> ComposeResult:
        yield HomeHeading("course")
        with Horizontal():
            with Vertical(id="course"):
                yield PresetList(headings(self.language), self._first)
                yield SearchField("words of a title or chapter", id="search")
            yield Detail()
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self.app.call_later(self.call_after_refresh, self._read)  # the app draws in its own turn

    def choose(self, name: str) -> None:
        """Highlight a preset, also one that a search has left out."""
        self._first = name
        if self.is_mounted:
            self.query_one("#search", Input).value = ""
            self.query_one(PresetList).choose(name)

    def on_screen_resume(self) -> None:
        self.reader.refresh()
        self.post_message(CourseShown())

    def on_unmount(self) -> None:
        self.reader.end()

    @work(thread=True)
    def _read(self) -> None:
        """Read presets and post what they are, once the screen is drawn."""
        self.reader.run(self.post_message)

    @on(FactsRead)
    async def take_facts(self, message: FactsRead) -> None:
        """Mark a preset in the list; show the page of the highlighted one."""
        name, facts = message.name, message.facts
        known, self.facts[name] = name in self.facts, facts
        self.update_entry(name)
        if name != self.query_one(PresetList).chosen:
            return
        if known and self.shown == name:
            self.query_one(Detail).show_results(facts)
            await self.show_lesson()
        else:
            await self.turn_to(name)

    @on(SamplesRead)
    def take_samples(self, message: SamplesRead) -> None:
        """Show samples of the data, if their preset's page is shown."""
        self.samples[message.name] = message
        if message.name == self.shown:
            self.query_one(Detail).show_samples(message.preview, message.error)

    @on(OptionList.OptionHighlighted)
    def show_preset(self, event: OptionList.OptionHighlighted) -> None:
        """Turn to the page of the highlighted preset."""
        name = event.option_id or ""
        self.reader.want(name)
        if name in self.facts and name != self.shown:
            self.call_after_refresh(self._turn_to, name)  # the list shows first what a key does

    async def _turn_to(self, name: str) -> None:
        """Turn to the page of a preset, unless another one is highlighted by now."""
        if name == self.query_one(PresetList).chosen:
            await self.turn_to(name)

    @on(OptionList.OptionSelected)
    def action_train(self) -> None:
        """Train the chosen preset as it is."""
        if (chosen := self._chosen()) is not None:
            self.post_message(TrainPreset(*chosen, says=says_if_long(self._seconds(chosen[0]))))

    def action_variants(self) -> None:
        """Train the chosen preset and its variants side by side."""
        if (chosen := self._chosen()) is not None:
            self.post_message(TrainVariants(*chosen, self._seconds(chosen[0])))

    def _seconds(self, name: str) -> float | None:
        """How long a run of a preset took here, if there was one."""
        facts = self.facts.get(name)
        return facts.seconds if facts else None

    def action_try_it(self) -> None:
        """Train the chosen preset, or its variants too, with the first change of its lesson."""
        from tui_dl.ui.screens.edit_preset import Edited

        chosen = self._chosen()
        if chosen is None or (example := _proposed(chosen[1])) is None:
            return
        preset, before = chosen
        try:
            edited = Edited(preset, read(preset, example.overrides), example.overrides)
        except UserError as error:
            self.notify(str(error), title="Training cannot start", severity="error")
            return
        says = "; ".join(changed_settings(before, edited.experiment))
        if example.variants:
            name, seconds = name_of_title(edited.title), self._seconds(preset)
            self.post_message(TrainVariants(preset, edited.experiment, seconds, name, says))
        else:
            self._train(edited, says)

    def action_build(self) -> None:
        """Build a network, beginning with that of the chosen preset."""
        from tui_dl.process.origin import of_name

        if (chosen := self._chosen()) is not None:
            self.post_message(BuildWanted(of_name(chosen[0])))

    def action_edit(self) -> None:
        """Change values of the chosen preset, then train it."""
        from tui_dl.ui.screens.edit_preset import EditPreset

        if (chosen := self._chosen()) is not None:
            self.app.push_screen(EditPreset(*chosen), self._train)

    def _train(self, edited: Edited | None, says: str = "") -> None:
        """Train a changed preset; the name of the run says what differs."""
        if edited is not None:
            name = name_of_title(edited.title)
            self.post_message(TrainPreset(name, edited.experiment, says=says))

    def _chosen(self) -> tuple[str, Experiment] | None:
        """The highlighted preset; None, and a word about it, where it cannot be read."""
        name = self.query_one(PresetList).chosen
        if name is None:
            return None
        facts = self.facts.get(name) or read_preset(name)
        if facts.experiment is None:
            self.notify(facts.error, title="A preset cannot be read", severity="error")
            return None
        return name, facts.experiment

    def action_course(self) -> None:
        """Show what the course is about."""
        from tui_dl.ui.screens.course_page import CoursePage

        self.app.push_screen(CoursePage(self.language))

    def action_search(self) -> None:
        """Ask for words; the list is of the presets that have them."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    @on(Input.Changed, "#search")
    def list_found(self, event: Input.Changed) -> None:
        """List the presets that match."""
        self.query_one(PresetList).search(event.value)

    @on(Input.Submitted, "#search")
    def end_search(self) -> None:
        """Go back to the list, which stays as it is."""
        self.query_one(PresetList).focus()

    def action_back(self) -> None:
        """Leave the page, or list all presets again."""
        search = self.query_one("#search", Input)
        if self.has_class(PAGE):
            self.action_page(False)
        elif search.display:
            search.value = ""
            search.display = False
            self.query_one(PresetList).focus()

    def copies(self) -> dict[str, str]:
        """What can be copied: the preset's name, and the command that trains it."""
        name = self.query_one(PresetList).chosen
        if name is None:
            return {}
        return {tr("id"): name, tr("command"): command_line("train", name)}

    def action_page(self, shown: bool) -> None:
        """Show the page in place of the list, or the list again; for narrow terminals."""
        self.set_class(shown, PAGE)
        self.query_one(Detail if shown else PresetList).focus()
        self.refresh_bindings()

    def action_scroll(self, pages: int) -> None:
        """Scroll the preset's page, whichever widget has the keys."""
        detail = self.query_one(Detail)
        detail.scroll_relative(y=pages * (detail.size.height - 2), animate=False)

    def on_resize(self, event: Resize) -> None:
        if self.has_class(PAGE) and event.size.width >= WIDE_ENOUGH:
            self.action_page(False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is a use for an action now."""
        if action == "page":
            return self.size.width < WIDE_ENOUGH and self.has_class(PAGE) != parameters[0]
        if action == "search":  # else its key is typed
            return not isinstance(self.focused, SearchField)
        if action == "scroll":  # else the keys are those of the list
            return self.is_mounted and bool(self.query_one(Detail).display)
        if action == "try_it":
            facts = self.highlighted
            return facts is not None and _proposed(facts.experiment) is not None
        if action == "variants":
            facts = self.highlighted
            return bool(facts and facts.experiment and facts.experiment.variant)
        return super().check_action(action, parameters)


def _proposed(experiment: Experiment | None) -> Example | None:
    """The first change that an experiment's lesson proposes."""
    if experiment is None or experiment.lesson is None:
        return None
    return next(iter(examples(experiment.lesson.en.try_)), None)
