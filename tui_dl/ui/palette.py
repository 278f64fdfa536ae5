"""The palette: a search by name, in the language in use."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette

from tui_dl.support.translations import tr


class Palette(CommandPalette):
    """Textual's palette with the dashboard's words."""

    @property
    def searches(self) -> bool:
        """Whether it still lists what the letters before the last one have found."""
        group = self._GATHER_COMMANDS_GROUP
        return any(it.group == group and not it.is_finished for it in self.workers)

    def _watch__list_visible(self) -> None:
        """Textual has the sentence for a search that finds nothing in English alone."""
        super()._watch__list_visible()
        found = self.query_one(CommandList)
        if found.option_count and found.get_option_at_index(0).id == self._NO_MATCHES:
            found.replace_option_prompt_at_index(0, tr("Nothing is called so."))
