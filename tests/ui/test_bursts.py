"""Keys that come all at once do what they do when they come slowly."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from textual.command import Hits

from tests.ui.screens import Session, drive, settle, text
from tests.ui.test_keys import burst
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.app import TuiDl
from tui_dl.ui.places import Places
from tui_dl.ui.screens.help import Help
from tui_dl.ui.screens.run import RunScreen
from tui_dl.ui.screens.variants import VariantsScreen

Started = list[tuple[str, Experiment]]

WALKS = {
    "values of a preset": "e 0 . 5 down 7 down 0 . 2 down x",
    "a value, and trained": "e 0 . 5 enter",
    "a value taken back": "e a b c ctrl+u down up",
    "a search for a row": "e / u n i t enter 1 2",
    "a search for a preset": "/ v a n i s h enter e",
    "a search, and trained": "/ v a n i s h enter enter",
    "a search given up": "/ v a n escape down down",
    "the next preset's page": "down down down e",
    "what the preset above has": "/ l e n e t enter escape up v",
    "what the preset below does not have": "home down down down t e",
    "an answer": "home down A",
    "variants": "/ v a n i s h enter v",
    "no variants": "/ v a n i s h escape v",
    "another language": "L e 3 down L",
    "cells of the builder": "b enter ctrl+u 9 down enter 8 enter",
    "layers": "b a d r o p enter down d ctrl+z",
    "a question": "b d q n down",
    "a filter of runs": "2 / l o s s escape 1 down",
    "the palette": "ctrl+p l e n e t 5 enter e",
    "the palette, left": "ctrl+p b u i l d escape 3",
    "tabs": "4 1 3 1 / l e n e t enter 2 1 e",
}
NAMED = ["up", "down", "enter", "escape", "ctrl+u", "backspace", "tab", "home", "end"]
KEYS = [*NAMED, *"e/L123bad5.x?c"]


def after(keys: str, at_once: bool, home: Path, started: Started) -> tuple[str, Started]:
    """What is to be seen after `keys`, and what was trained."""
    seen = ""

    async def walk(app: TuiDl, pilot: Session) -> None:
        nonlocal seen
        for part in [keys] if at_once else keys.split():
            burst(app, part)
            await settle(app, pilot)
        runs = any(isinstance(it, RunScreen | VariantsScreen) for it in app.screen_stack)
        seen = str(app.screen_stack) if runs else text(app)  # a run shows another moment

    home.mkdir()
    drive(home, None, walk, (80, 24))
    told = [*started]
    started.clear()
    return seen, told


@pytest.mark.parametrize("keys", WALKS.values(), ids=WALKS)
def test_what_comes_at_once(keys: str, tmp_path: Path, started: Started) -> None:
    slowly = after(keys, False, tmp_path / "slowly", started)
    assert after(keys, True, tmp_path / "at-once", started) == slowly


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_any_keys_that_come_at_once(seed: int, tmp_path: Path, started: Started) -> None:
    keys = " ".join(random.Random(seed).choices(KEYS, k=25))
    slowly = after(keys, False, tmp_path / "slowly", started)
    assert after(keys, True, tmp_path / "at-once", started) == slowly, keys


def test_the_palette_takes_what_all_letters_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Places.search

    async def search_long(self: Places, query: str) -> Hits:
        await asyncio.sleep(0.3)
        async for hit in search(self, query):
            yield hit

    monkeypatch.setattr(Places, "search", search_long)

    async def ask(app: TuiDl, pilot: Session) -> None:
        burst(app, "ctrl+p h e l p enter")
        await settle(app, pilot)
        assert isinstance(app.screen, Help)

    drive(tmp_path, None, ask)
