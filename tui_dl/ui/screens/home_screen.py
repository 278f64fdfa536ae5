"""Base of the home's screens, which are the tabs in its heading."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import reactive

from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import Language
from tui_dl.ui.home_tabs import home_tabs
from tui_dl.ui.panels.frame import ScreenWithKeys


class HomeScreen(ScreenWithKeys):
    """One tab of the home: a digit opens another one. It begins with a `HomeHeading`.

    A module of `ui/screens/home/` defines one, and its tab by two lines: ``NAME = "..."`` and
    ``ORDER = <its digit>``. It is made when it is first shown and kept until the dashboard ends.

    Attributes:
        home: the folder of all runs.
        watched: the run that was on the screen before this one was made, if one was.
        language: of lessons.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            str(tab.key),
            f"app.open_tab('{tab.name}')",
            tab.title,
            show=False,
            tooltip="Open this tab",
        )
        for tab in home_tabs()
    ]
    language: reactive[Language] = reactive("en", init=False)

    def __init__(self, home: Path, watched: Run | None, language: Language) -> None:
        """Make the screen.

        Args:
            home: the folder of all runs.
            watched: the run that was on the screen before, if one was.
            language: of lessons.
        """
        super().__init__()
        self.home, self.watched = home, watched
        self.set_reactive(HomeScreen.language, language)

    @property
    def unsaved(self) -> str:
        """What would be lost if the dashboard were left, in a sentence; empty where nothing."""
        return ""

    @property
    def busy(self) -> bool:
        """Whether it still reads something that is to be shown."""
        return False

    def take_started(self, run: Run) -> None:
        """Take note of a run that was started from this dashboard."""


def screen_class(tab: str) -> type[HomeScreen]:
    """Import the screen of a tab, by its name, and no other.

    Raises:
        ImportError: its file does not define exactly one.
    """
    module = import_module(f"{__package__}.home.{tab}")
    own = [
        it
        for it in vars(module).values()
        if isinstance(it, type) and issubclass(it, HomeScreen) and it.__module__ == module.__name__
    ]
    if len(own) != 1:
        raise ImportError(f"{module.__file__}: defines {len(own)} screens, not one")
    return own[0]
