"""An application that says what can be done: the palette, and the window of keys."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.app import SystemCommand
from textual.command import Provider
from textual.screen import Screen

from tui_dl.support.translations import tr
from tui_dl.ui.own_bindings import is_own
from tui_dl.ui.palette import Palette
from tui_dl.ui.run_starter import RunStarter


def _places() -> type[Provider]:
    """What the palette finds besides actions; imported when it is first opened."""
    from tui_dl.ui.places import Places

    return Places


class Menu(RunStarter):
    """An application with a palette of all actions, presets, runs and layers, and with help."""

    COMMANDS = RunStarter.COMMANDS | {_places}

    def action_command_palette(self) -> None:
        """Show the menu; its key works everywhere, but there is one window at a time."""
        if not self.screen.is_modal:
            self.push_screen(Palette(placeholder=tr("Search for commands…")))

    def action_help(self) -> None:
        """Show the keys, and how to read a run."""
        from tui_dl.ui.screens.help import Help

        self.push_screen(Help(self.screen.active_bindings))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The menu: all that keys do, and themes."""
        offered = {
            it.binding.description: (
                it.binding,
                partial(self.run_action, it.binding.action, it.node),
            )
            for it in screen.active_bindings.values()
            if it.binding.description and it.enabled and is_own(it)
        }
        for title, (binding, callback) in offered.items():
            if binding.action != "command_palette":
                yield SystemCommand(tr(title), tr(binding.tooltip), callback)
        theme = tr("Theme"), tr("Colours of the dashboard")
        yield SystemCommand(*theme, self.action_change_theme)
