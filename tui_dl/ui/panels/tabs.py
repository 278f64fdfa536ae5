"""The tabs of the run screen, and what each says while it has nothing to show."""

from __future__ import annotations

from typing import NamedTuple

from tui_dl.support.translations import tr


class Tab(NamedTuple):
    """A tab; its key is its place among `TABS`."""

    name: str
    title: str
    short: str  # its title where there is little room
    empty: str  # why there is nothing to be seen


TABS = (
    Tab("curves", "Curves", "Curves", "No step has been made yet."),
    Tab("gradients", "Gradients", "Grads", "No step has been made yet: there are no gradients."),
    Tab(
        "pictures",
        "Pictures",
        "Pics",
        "No picture has been made yet: the first come with an epoch's end.",
    ),
    Tab("network", "Network", "Net", "There is nothing to be drawn of this network yet."),
    Tab(
        "lesson", "Lesson", "Lesson", "This experiment has no lesson: those of the course have one."
    ),
    Tab("events", "Events", "Events", "Nothing has happened yet."),
)
NAMES = tuple(tab.name for tab in TABS)


def label(name: str) -> str:
    """A tab as the heading names it: its key and its title."""
    place = NAMES.index(name)
    return f"{place + 1} {tr(TABS[place].title)}"
