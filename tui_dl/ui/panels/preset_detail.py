"""A preset's page: its network, samples of its data, its lesson, its recipe and its runs."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui_dl import presets
from tui_dl.course.lesson_text import how_many_hold, sections, title
from tui_dl.drawing.recipe import recipe
from tui_dl.drawing.styled_text import column, right
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.run_title import SEPARATOR
from tui_dl.support.command_line import install
from tui_dl.support.formatting import age, count, counted, fixed, in_seconds, short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr
from tui_dl.ui.panels.frame import SHORT, TALL, WIDE
from tui_dl.ui.panels.preset_pictures import FREE, NetworkPicture, SamplesPicture
from tui_dl.ui.plain_text import plain
from tui_dl.ui.preset_reader import PresetFacts

if TYPE_CHECKING:
    from tui_dl.course.progress import Progress
    from tui_dl.data.preview import Preview

TITLE = "bold $primary"
BESIDE = 11  # rows of a screen beside those of a network and of samples
LINES, IMAGES = 4, 5  # rows of samples where there is little room

NEEDS = {  # what claims need: by whether that is the preset itself, and whether its variants
    (True, False): "a run of it as it is, to its end",
    (False, True): "runs of its variants (key v)",
    (True, True): "runs of it as it is and of its variants, to their end (key v)",
}


class Detail(VerticalScroll):
    """The page of one preset."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.page(False)", "List", key_display="←", tooltip="Back to the list"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._preset = ""
        self._experiment: Experiment | None = None
        self._lesson: tuple[Experiment, Language, bool] | None = None  # that is shown

    def compose(self) -> ComposeResult:
        yield Static(id="preset-facts")
        with Container(id="preset-body"):
            with Vertical(id="preset-pictures"):
                yield NetworkPicture()
                yield Static(id="preset-data")
                yield SamplesPicture()
            with Vertical(id="preset-texts"):
                yield Static(id="preset-recipe")
                yield Static(id="preset-runs")

    async def show(self, name: str, facts: PresetFacts, language: Language, answered: bool) -> None:
        """Turn to the page of a preset; its lesson with the answer to its question, or without."""
        experiment, is_other, self._preset = facts.experiment, name != self._preset, name
        self.query_one("#preset-body").display = experiment is not None
        self.query_one("#preset-facts", Static).update(_heading(name, facts))
        if experiment is None:
            self.border_title = plain(name)
            return
        self._experiment = experiment
        self._arrange()
        self.query_one("#preset-data", Static).update(_data(experiment))
        self.query_one(SamplesPicture).show(None, "")
        self.query_one("#preset-recipe", Static).update(
            Content.assemble((f"{tr('Recipe')}\n", TITLE), printable(recipe(experiment)))
        )
        self.show_results(facts)
        if is_other:  # else it is said anew, in another language
            self.scroll_home(animate=False)
        await self.show_lesson(experiment, language, answered)

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Give the pictures their rows; where those are few, the texts come first.

        Samples have all that are free where the texts stand beside; scenes are large.
        """
        if (experiment := self._experiment) is None:
            return
        width, height = self.app.size
        is_tall, is_wide = height >= TALL, width >= WIDE
        network = self.query_one(NetworkPicture)
        network.show(experiment, height // (2 if is_tall else 4))
        samples, scenes = self.query_one(SamplesPicture), experiment.data.gives_rewards
        if is_tall and is_wide:
            samples.take_rows(max(height - BESIDE - network.rows_taken, FREE), shrinks=True)
        elif is_tall:
            samples.take_rows(FREE if scenes else IMAGES)
        else:
            has_images = scenes or len(experiment.data_spec.input.shape) == 3
            samples.take_rows(IMAGES if has_images else LINES)
        body, pictures = self.query_one("#preset-body"), self.query_one("#preset-pictures")
        if height < SHORT and not is_wide:
            body.move_child(pictures, after=-1)
        else:
            body.move_child(pictures, before=0)

    async def show_lesson(self, experiment: Experiment, language: Language, answered: bool) -> None:
        """Show title and lesson in a language, with its answer or without."""
        self.border_title = plain(title(experiment, language))
        wanted = (experiment, language, answered)
        if wanted == self._lesson:
            return
        self._lesson = wanted
        texts = self.query_one("#preset-texts")
        await self._show_text("preset-lesson", lesson(*wanted), texts, 0)
        chapter = introduction(self._preset, language)
        await self._show_text("preset-chapter", chapter, texts, None)

    async def _show_text(self, name: str, text: str, column: Widget, before: int | None) -> None:
        """Show Markdown in a column; what reads it is imported with the first text, not before."""
        from tui_dl.ui.panels.prose import Prose

        if shown := column.query(f"#{name}"):
            await shown.first(Prose).update(text)
        elif column.is_attached:  # the dashboard is not closing
            await column.mount(Prose(text, id=name, open_links=False), before=before)

    def show_results(self, facts: PresetFacts) -> None:
        """Say what the runs of the preset gave."""
        runs = self.query_one("#preset-runs", Static)
        runs.display = bool(facts.results)
        runs.update(_runs(self._preset, facts))

    def show_samples(self, preview: Preview | None, error: str) -> None:
        """Draw samples of the data, or say why there are none."""
        self.query_one(SamplesPicture).show(preview, error)


def introduction(name: str, language: Language) -> str:
    """What the chapter of a preset is about, as one markdown text."""
    chapter = presets.chapter_of(name)
    title = chapter.ko if language == "ko" else chapter.title
    text = presets.introduction(language, chapter.folder).read_text(encoding="utf-8")
    return f"#### {title}\n\n{text}"


def lesson(experiment: Experiment, language: Language, answered: bool) -> str:
    """The lesson as one markdown text."""
    parts = sections(experiment, language, answered)
    markdown = "\n\n".join(f"#### {heading}\n\n{body}" for heading, body in parts)
    return printable(markdown, keep="\n")


def _heading(name: str, facts: PresetFacts) -> Content:
    """The preset's name and size, how long it took, and what is missing."""
    experiment = facts.experiment
    if experiment is None:
        says = tr("It cannot be read: {why}", why=printable(said(facts.error)))
        return Content.styled(says, "$error")
    size = tr("{count} parameters", count=count(experiment.parameter_count))
    parts = [f"{name}", size]
    if facts.seconds is not None:
        parts.append(tr("trains in {time} here", time=_seconds(facts.seconds)))
    content = Content.styled(" · ".join(parts), "$foreground-muted")
    if extra := experiment.data.extra if experiment.data.is_missing else None:
        says = tr(
            "needs {module}, which is not installed: {command}",
            module=extra.module,
            command=install(extra.module),
        )
        content += Content.styled(f"\n{says}", "$warning")
    return content


def _seconds(seconds: float) -> str:
    """A duration in seconds, or in minutes."""
    if seconds < 0.1:
        return tr("less than 0.1 s")
    if seconds < 100:
        return in_seconds(fixed(seconds, 1))
    return tr("{count} min", count=fixed(seconds / 60, 0))


def _data(experiment: Experiment) -> Content:
    """What the samples below are."""
    data, spec = experiment.data, experiment.data_spec
    source = f"{kind(data)} · {said(str(spec.input))}"
    if data.gives_rewards:
        episodes = tr("{count} episodes an epoch", count=spec.count)
        says = f"{source} → {said(counted(spec.classes, 'action'))} · {episodes}"
    else:
        target = tr("{count} classes", count=spec.classes)
        if not spec.classes or spec.target.shape:
            target = said(str(spec.target))
        says = f"{source} → {target} · {said(counted(spec.count, 'sample'))}"
    return Content.assemble((f"{tr('Data')}  ", TITLE), (printable(says), "$foreground-muted"))


def says_of_claims(progress: Progress) -> str:
    """How many claims hold, and what the others need to be judged."""
    held, left = how_many_hold(progress.held, progress.tested), progress.claims - progress.tested
    if not left:
        return held
    what = tr(NEEDS["" in progress.missing, bool(progress.missing - {""})])
    if not progress.tested:
        return tr("No claim can be judged yet: that needs {what}", what=what)
    return tr("{held}; {count} more can be judged with {what}", held=held, count=left, what=what)


def _runs(name: str, facts: PresetFacts) -> Content:
    """What they show of the claims; then a line a run: figure, loss, age, changes, diagnoses."""
    if not facts.results:
        return Content()
    lines: list[Content] = [Content.styled(tr("Your runs"), TITLE)]
    if it := facts.progress:
        lines.append(Content(says_of_claims(it)))
    now = time()
    for _, listed, changes in facts.results:
        over = listed.status in ("finished", "stopped")
        figure = listed.figure if over else tr(listed.status)
        loss = "" if listed.best_validation_loss is None else short(listed.best_validation_loss)
        ago = tr("{age} ago", age=age(now - listed.started_at)) if listed.started_at else ""
        title = listed.details.title.removeprefix(f"{name}{SEPARATOR}")
        differs = title if changes else ""
        wrong = f"  ▲ {', '.join(tr(it.replace('_', ' ')) for it in listed.diagnoses)}"
        lines.append(
            Content.assemble(
                f"{right(figure, 8)}  {loss:>8}  ",
                (column(ago, 11), "$foreground-muted"),
                printable(differs),
                (printable(wrong) * bool(listed.diagnoses), "$warning"),
            )
        )
    return Content("\n").join(lines)
