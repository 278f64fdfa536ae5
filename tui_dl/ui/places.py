"""What the palette finds by name besides actions: presets, runs, and layers of the run shown."""

from __future__ import annotations

from functools import partial

from textual.command import Hit, Hits, Provider
from textual.content import Content

from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr
from tui_dl.ui.messages import PresetWanted, RunWanted
from tui_dl.ui.run_starter import RunStarter
from tui_dl.ui.screens.lesson_control import headings

MOST_RUNS = 1000  # the newest ones


class Places(Provider):
    """Finds presets by title and name, runs by name and id, layers by name."""

    async def startup(self) -> None:
        found = headings(self._app.language)
        self._presets = [(name, f"{printable(it.title)} · {name}") for name, it in found.items()]
        self._runs = self._read_runs()

    @property
    def _app(self) -> RunStarter:
        assert isinstance(self.app, RunStarter)
        return self.app

    def _read_runs(self) -> list[Run]:
        try:
            return all_runs(self._app.home)[:MOST_RUNS]
        except UserError:  # the tab of runs says why
            return []

    async def search(self, query: str) -> Hits:
        from tui_dl.ui.screens.run import RunScreen

        matcher, post = self.matcher(query), self.app.post_message
        for name, text in self._presets:
            if (score := matcher.match(text)) > 0:
                wanted = PresetWanted(name)
                yield Hit(score, Content(text), partial(post, wanted), text, tr("preset"))
        for run in self._runs:
            text = printable(f"{run.name} · {run.id}")
            if (score := matcher.match(text)) > 0:
                yield Hit(score, Content(text), partial(post, RunWanted(run)), text, tr("run"))
        if isinstance(self.screen, RunScreen):
            for layer in self.screen.layer_names:
                if (score := matcher.match(layer)) > 0:
                    turn = partial(self.screen.action_open_tab, "network")
                    yield Hit(score, Content(layer), turn, layer, tr("layer"))
