"""The list of presets, by chapter."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_dl.experiment import Experiment


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
                heading = Content.assemble(space, (f"── {chapter or 'Presets'}", "bold $primary"))
                options.append(Option(heading, disabled=True))
            options.append(Option(_entry(name, experiment), id=name))
        super().__init__(*options, id="presets", markup=False)

    def on_show(self) -> None:
        self.focus()  # lost where the terminal was too small for a while


def _entry(name: str, experiment: Experiment) -> Content:
    return Content.assemble(f"{experiment.title}\n", (name, "$foreground-muted"))
