"""Base of the run screen's panels: what each shows, where it stands and when it is there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from tui_dl.runs.folder import Run
from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.support.translations import tr
from tui_dl.ui.panels.rows import Rows

if TYPE_CHECKING:
    from tui_dl.runs.playback import Frame

ANY = 10_000  # columns or rows, more than any terminal has
EVERY_TAB = "every"  # TAB of a panel that stands below all tabs


class TurnWanted(Message):
    """A SLOW panel is to be drawn."""

    def __init__(self, panel: Panel) -> None:
        super().__init__()
        self.panel = panel


class Panel(Rows, can_focus=True):
    """A part of the run screen, which draws one moment of a run as rows of styled text.

    A module of `ui/panels/run/` defines one and nothing else has to name it. Its keys are its
    `BINDINGS`: they act while it has the focus, and also without it where no other panel of the
    tab has the same key. Its id is its module's name.

    Attributes:
        TAB: the tab that it belongs to, one of `tabs.TABS`, or `EVERY_TAB`.
        ORDER: its place within the tab: the lower, the more important, and the higher up; of
            `EVERY_TAB` the nearer to the bottom.
        LEAST_SIZE: columns and rows, with its frame, below which it is not shown.
        MOST_WIDTH: columns, with its frame, of which more show nothing better.
        WEIGHT: its share of the rows that are left; at most as many as `rows_wanted` says. 0:
            just those, or fewer where there are not so many.
        BESIDE: tabs in which it stands with the others where the terminal is wide: in column 1,
            from 100 columns on, or 2 (from 160, else below what is in column 1). Its own tab may
            be one of them.
        FILLS: tabs in which it stands below the others of a column, 0, 1 or 2, where the terminal
            is as wide as for `BESIDE`, in rows that all of them leave.
        SLOW: whether drawing takes so long that it waits until what the others draw is on the
            screen, one after the other; of several frames meanwhile only the newest is drawn.
        view: the moment to be drawn; set for every frame, also while the panel is not shown.
    """

    TAB: ClassVar[str]
    ORDER: ClassVar[int]
    LEAST_SIZE: ClassVar[Size]
    WEIGHT: ClassVar[int]
    MOST_WIDTH: ClassVar[int] = ANY
    BESIDE: ClassVar[Mapping[str, int]] = MappingProxyType({})
    FILLS: ClassVar[Mapping[str, int]] = MappingProxyType({})
    SLOW: ClassVar[bool] = False

    view: reactive[RunView | None] = reactive(None, repaint=False, always_update=True)

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(id=type(self).__module__.rpartition(".")[2], classes=f"-of-{self.TAB}")
        self.experiment = experiment
        self.run = run

    @classmethod
    def wants(cls, view: RunView) -> bool:
        """Whether it has something to say at this moment; asked for every frame."""
        return True

    def rows_wanted(self, width: int) -> int:
        """Rows without its frame in `width` columns, of which more would stay empty."""
        return ANY

    def show(self, frame: Frame) -> None:
        """Show a frame."""
        self.view = frame.view

    def watch_view(self) -> None:
        self.redraw_in_turn()

    def size_changed(self) -> None:
        self.redraw_in_turn()

    def on_mount(self) -> None:
        self.say_again()

    def say_again(self) -> None:
        """Take the title from the catalogue, and draw everything anew."""
        if self.panel_title:
            self.border_title = self.panel_title
        self.redraw_in_turn()

    @property
    def panel_title(self) -> str:
        """What stands in its border, in the language in use; nothing where drawing says it."""
        return tr(str(self.BORDER_TITLE or ""))

    def redraw_in_turn(self) -> None:
        """Draw at once, or where that is SLOW after what the others draw now."""
        if self.SLOW:
            self.post_message(TurnWanted(self))
        else:
            self.redraw()

    def allow_focus(self) -> bool:
        """Only what is shown can have the focus."""
        return self.can_focus and bool(self.region)

    def own_bindings(self) -> list[tuple[str, Binding]]:
        """Its keys that act now, and what each does."""
        return [
            (key, binding)
            for key, binding in self._bindings
            if self.check_action(binding.action.partition("(")[0], ())
        ]
