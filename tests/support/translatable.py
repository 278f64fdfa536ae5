"""Texts that classes of the dashboard declare, and that are translated where they are shown."""

from __future__ import annotations

from textual.dom import DOMNode

from tui_dl.drawing.layer_scale import MEANINGS
from tui_dl.runs.view import READING
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.registry import panels
from tui_dl.ui.panels.tabs import TABS
from tui_dl.ui.screens.help import READING as SIGNS
from tui_dl.ui.screens.home.course import CourseScreen
from tui_dl.ui.screens.run import RunScreen
from tui_dl.ui.screens.training_control import DOING


def shown_by_classes() -> set[str]:
    """Keys of the run screen and the course, tabs, titles of panels, and what help explains."""
    found = {READING, *(said for _, said in SIGNS), *(it for it in DOING.values() if it)}
    found |= {it.title for it in MEANINGS.values()}
    for tab in TABS:
        found |= {tab.title, tab.empty}
    nodes: tuple[type[DOMNode], ...] = (TuiDl, RunScreen, CourseScreen, *panels())
    for node in nodes:
        found.add(str(getattr(node, "BORDER_TITLE", "") or ""))
        for _, binding in node._merged_bindings or ():
            found |= {binding.description, binding.tooltip or ""}
    return found - {""}
