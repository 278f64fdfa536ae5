"""What the palette finds by name besides actions: presets, runs, and layers of the run shown."""

from __future__ import annotations

from contextlib import suppress
from functools import cache, partial

from textual.command import Hit, Hits, Provider
from textual.content import Content

from tui_dl import presets
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.toml.heading import read_title
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr
from tui_dl.ui.messages import PresetWanted, RunWanted
from tui_dl.ui.run_starter import RunStarter
from tui_dl.ui.screens.lesson_control import headings

MOST_RUNS = 1000  # the newest ones


@cache
def _titles(language: Language) -> dict[str, str]:
    """The title of every preset: of its lesson in another language than English, if it has one."""
    found = {name: it.title for name, it in headings(language).items()}
    for name in found:
        with suppress(OSError):
            found[name] = read_title(presets.find(name), language) or found[name]
    return found


class Places(Provider):
    """Finds presets by title and name, runs by name and id, layers by name."""

    async def startup(self) -> None:
        titles = _titles(self._app.language)
        self._presets = [(name, f"{printable(it)} · {name}") for name, it in titles.items()]
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
