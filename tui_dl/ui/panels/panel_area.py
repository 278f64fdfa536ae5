"""All of the run screen but heading and footer: the panels, of which those of one tab are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui_dl.drawing.styled_text import centred
from tui_dl.drawing.wrapped import wrapped
from tui_dl.runs.folder import Run
from tui_dl.runs.view import READING, RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.support.translations import tr
from tui_dl.ui.panels.layout import Box, Places, place
from tui_dl.ui.panels.panel import EVERY_TAB, Panel, TurnWanted
from tui_dl.ui.panels.registry import panels
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.panels.tabs import NAMES, TABS

if TYPE_CHECKING:
    from tui_dl.drawing.styled_text import StyledLine
    from tui_dl.runs.playback import Frame


class AllDrawn(Message):
    """All that the newest frame shows is drawn, what is SLOW too."""


class PanelArea(Widget):
    """The panels; where they stand is found out anew for every size, tab and frame."""

    tab: reactive[str] = reactive(NAMES[0])
    maximised: reactive[str | None] = reactive(None)

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(id="panels")
        self._experiment, self._run = experiment, run
        self._panels: dict[str, Panel] = {}
        self._nothing = Nothing()
        self.view: RunView | None = None  # that is shown
        self._places = Places()
        self._planned = PlannedLayout()
        self._slow: list[Panel] = []  # that are to be drawn, the next one first

    @property
    def layout(self) -> Layout:
        """By the size and by what the panels want."""
        return self._planned

    def compose(self) -> ComposeResult:
        yield self._nothing

    async def add_panels(self) -> None:
        """Mount the panels; what they import and are made of, the first frame need not wait for."""
        made = [panel(self._experiment, self._run) for panel in panels()]
        self._panels = {panel.id or "": panel for panel in made}
        await self.mount(*made, before=self._nothing)

    def show(self, frame: Frame) -> None:
        """Show a frame in every panel, and others than before where they have more to say."""
        self.view = frame.view
        for panel in self._panels.values():
            panel.show(frame)
        if self.maximised and self._panels[self.maximised] not in self._wanting():
            self.maximised = None
        if self.places(self.size) != self._places:
            self._rearrange()
        self._nothing.reason = self._reason()

    @on(TurnWanted)
    def take_in_turn(self, message: TurnWanted) -> None:
        """Draw a SLOW panel once what was drawn before is on the screen."""
        message.stop()
        if message.panel not in self._slow:
            self._slow.append(message.panel)
            if len(self._slow) == 1:
                self._draw_after(message.panel)
            self._slow.sort(key=lambda it: self.tab != it.TAB)  # what the tab is for comes first

    def _draw_after(self, panel: Panel) -> None:
        """Draw the next one once `panel` is on the screen; keys come before it."""
        panel.call_after_refresh(self.call_later, self._draw_next)

    def _draw_next(self) -> None:
        drawn = self._slow.pop(0)
        while self._slow and not drawn.content_size:  # a hidden one draws nothing
            drawn = self._slow.pop(0)
        drawn.redraw()
        if self._slow:
            self._draw_after(drawn)
        else:
            self.post_message(AllDrawn())

    def _rearrange(self) -> None:
        """Lay out anew: a child's request does what one's own would not, for that is cached."""
        self._nothing.refresh(layout=True)

    def watch_maximised(self) -> None:
        self._rearrange()

    def watch_tab(self) -> None:
        self.maximised = None
        self._take_places(self.size)  # a key may come before the layout
        self._rearrange()
        self._nothing.reason = self._reason()

    def _reason(self) -> str:
        return tr(READING) if self.view is None else tr(TABS[NAMES.index(self.tab)].empty)

    def places(self, size: Size) -> Places:
        """Where the panels stand that have something to say; by their ids."""
        boxes = [_box(panel) for panel in self._wanting()]
        return place(size, self.tab, boxes, self.maximised)

    def _take_places(self, size: Size) -> None:
        """Find out what is shown; its keys act."""
        before, self._places = self._places, self.places(size)
        if before.keys() != self._places.keys():
            self.call_later(self.screen.refresh_bindings)

    def arranged(self, size: Size) -> dict[Widget, Region]:
        """The regions of all that is shown; where the tab is empty, of why it is."""
        self._take_places(size)
        regions: dict[Widget, Region] = {self._panels[it]: at for it, at in self._places.items()}
        if self.first is None:
            bottom = min((it.y for it in self._places.values()), default=size.height)
            regions[self._nothing] = Region(0, 0, size.width, bottom)
        return regions

    def say_again(self) -> None:
        """Draw everything anew, in another language."""
        for panel in self._panels.values():
            panel.say_again()
        self._nothing.reason = self._reason()

    @property
    def shown(self) -> list[Panel]:
        """The panels that are to be seen."""
        return [self._panels[it] for it in self._places]

    @property
    def first(self) -> Panel | None:
        """The most important panel of the tab."""
        return next(iter(self.of_tab), None)

    @property
    def of_tab(self) -> list[Panel]:
        """The panels that are to be seen, without those below every tab."""
        return [it for it in self.shown if it.TAB != EVERY_TAB]

    @property
    def silent_tabs(self) -> frozenset[str]:
        """Tabs without a panel that has something to say."""
        return frozenset(NAMES) - {panel.TAB for panel in self._wanting()}

    def _wanting(self) -> list[Panel]:
        view = self.view
        if view is None:
            return []
        return [it for it in self._panels.values() if it.wants(view)]


def _box(panel: Panel) -> Box:
    """What the layout has to know of a panel."""
    gutter = panel.gutter

    def rows(width: int) -> int:
        wanted = panel.rows_wanted(max(width - gutter.width, 1))
        return wanted + gutter.height

    return Box(
        panel.id or "",
        panel.TAB,
        panel.ORDER,
        panel.BESIDE,
        panel.FILLS,
        panel.LEAST_SIZE,
        panel.WEIGHT,
        rows,
        panel.MOST_WIDTH,
    )


class PlannedLayout(Layout):
    """Puts each widget of a `PanelArea` where the area says."""

    name = "planned"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Place the children that are shown."""
        assert isinstance(parent, PanelArea)
        return [
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, widget)
            for widget, region in parent.arranged(size).items()
        ]


class Nothing(Rows):
    """Why there is nothing in a tab."""

    reason = reactive(READING, repaint=False)

    def watch_reason(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        rows = wrapped(self.reason, width)
        above: list[StyledLine] = [[] for _ in range((height - len(rows)) // 2)]
        return [*above, *([(centred(row, width), "dim")] for row in rows)]
