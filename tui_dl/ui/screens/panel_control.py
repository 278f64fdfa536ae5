"""Keys of tabs and panels: open a tab, maximise a panel, and the panels' own keys."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.dom import DOMNode
from textual.events import DescendantFocus

from tui_dl.runs.folder import Run
from tui_dl.ui.panels.panel import Panel
from tui_dl.ui.panels.panel_area import PanelArea
from tui_dl.ui.panels.run_heading import RunHeading
from tui_dl.ui.panels.tabs import TABS
from tui_dl.ui.screens.training_control import TrainingControl

OPENS = "Open this tab"


class PanelControl(TrainingControl):
    """A screen of one run in tabs, each with its panels.

    A panel's keys act while it has the focus; one that no other shown panel and nothing else on
    the screen has acts without.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(key), f"open_tab('{it.name}')", it.title, show=False, tooltip=OPENS)
            for key, it in enumerate(TABS, 1)
        ),
        Binding("z", "maximise", "Zoom", tooltip="One panel alone, or all of the tab again"),
        Binding("tab", "app.focus_next", "Next panel", show=False),
        Binding("shift+tab", "app.focus_previous", "Previous panel", show=False),
        Binding("escape", "back", "Back", key_display="esc", tooltip="All panels; the home"),
    ]  # fmt: skip

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.area = PanelArea(run.experiment, run)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that act now: the screen's, then those of panels, then those of everywhere."""
        found = super().active_bindings
        if self.is_modal:
            return found
        own = {key: it for key, it in found.items() if it.node is self}
        panels = {key: it for key, it in found.items() if isinstance(it.node, Panel)}
        return own | panels | self._of_other_panels(found) | found

    def _of_other_panels(self, taken: dict[str, ActiveBinding]) -> dict[str, ActiveBinding]:
        """Keys of panels without the focus that nothing else has; first those of the open tab."""
        others = [panel for panel in self.area.shown if not panel.has_focus]
        of_tab = [panel for panel in others if self.area.tab == panel.TAB]
        beside = [panel for panel in others if panel not in of_tab]
        had = set(taken)
        found: dict[str, ActiveBinding] = {}
        for panels in (of_tab, beside):
            bindings = [(key, it, panel) for panel in panels for key, it in panel.own_bindings()]
            count = Counter(key for key, _, _ in bindings)
            found |= {
                key: ActiveBinding(panel, binding, True, binding.tooltip)
                for key, binding, panel in bindings
                if count[key] == 1 and key not in had
            }
            had |= count.keys()
        return found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One panel alone is there only where there are several."""
        if action == "maximise":
            return bool(self.area.maximised) or len(self.area.of_tab) > 1
        return super().check_action(action, parameters)

    def is_of_tab(self, node: DOMNode) -> bool:
        return isinstance(node, Panel) and self.area.tab == node.TAB

    def action_open_tab(self, name: str) -> None:
        """Open a tab."""
        self.set_focus(None)
        self.area.tab = name
        self.query_one(RunHeading).tab = name
        self.refresh_bindings()

    def action_maximise(self) -> None:
        """Show the panel with the focus alone, or the first one; or all of the tab again."""
        if self.area.maximised:
            self.area.maximised = None
            return
        focused = self.focused
        chosen = focused if isinstance(focused, Panel) else self.area.first
        if chosen is not None:
            self.set_focus(chosen)
            self.area.maximised = chosen.id

    def action_back(self) -> None:
        """Go back within a panel, to all panels where one is maximised, else to the home."""
        for panel in self.area.shown:
            for key, binding in panel.own_bindings():
                if key == "escape":
                    self.call_later(self.app.run_action, binding.action, panel)
                    return
        if self.area.maximised:
            self.area.maximised = None
        else:
            self.call_later(self.app.run_action, "show_home")

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The keys of another panel act."""
        self.refresh_bindings()
