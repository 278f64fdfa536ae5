"""The list of presets, by chapter."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_dl.spec.experiment import Experiment
from tui_dl.support.terminal_text import printable


class PresetList(OptionList):
    """Presets in the order of the course; chapter headings cannot be chosen."""

    BORDER_TITLE = "Course"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("enter", "select", "Train"),
    ]

    def __init__(self, experiments: dict[str, Experiment]) -> None:
        options: list[Option] = []
        chapter = None
        for name, experiment in experiments.items():
            if experiment.chapter != chapter:
                chapter = experiment.chapter
                space = "\n" if options else ""
                heading = Content.assemble(
                    space, (f"── {printable(chapter) or 'Presets'}", "bold $primary")
                )
                options.append(Option(heading, disabled=True))
            options.append(Option(_entry(name, experiment), id=name))
        self._clicked: int | None = None  # what the last click has highlighted
        super().__init__(*options, id="presets", markup=False)

    async def _on_click(self, event: Click) -> None:
        """A click highlights a preset, and the next one on the same preset chooses it."""
        event.prevent_default()  # Textual's own would choose it at once
        clicked: int | None = event.style.meta.get("option")
        if clicked is None or self.get_option_at_index(clicked).disabled:
            return
        again, self._clicked = clicked == self._clicked, clicked
        self.highlighted = clicked
        if again:
            self._clicked = None
            self.action_select()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Forget the click where a key has moved on."""
        super().watch_highlighted(highlighted)
        if highlighted != self._clicked:
            self._clicked = None

    def on_show(self) -> None:
        self.focus()  # lost where the terminal was too small for a while


def _entry(name: str, experiment: Experiment) -> Content:
    return Content.assemble(f"{printable(experiment.title)}\n", (name, "$foreground-muted"))
