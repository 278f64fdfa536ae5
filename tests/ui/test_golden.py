"""Every screen and dialog in both languages, from the smallest size up, against text files.

After a wanted change write them anew and review the difference:

    TUI_DL_GOLDEN=write pytest tests/ui/test_golden.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.support.english import english
from tests.ui.screens import QUICK, at_every_size, drive, settle, text
from tests.ui.states import SCREENS, STATES, all_screens
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.ui.app import TuiDl

GOLDEN = Path(__file__).parent / "golden"
ALLOWED = (  # a worker's log, titles without a translation, names of columns and keys
    "Traceback (most recent call last)", "loss is not finite", "The gradient that vanishes",
    "The gradient that", "The gradient", "my own",
    "sepal length", "sepal width", "petal length", "petal width",
    "home end", "pgdn pgup", "pgup pgdn", "left shift",
)  # fmt: skip
UNTRANSLATED = {"vanishing", "diagnosed", "gradients-of-vanishing"}  # whose lesson is English


@pytest.mark.parametrize(
    "language", [it if it == "en" else pytest.param(it, marks=pytest.mark.slow) for it in LANGUAGES]
)
@at_every_size
@pytest.mark.parametrize("name", all_screens())
def test_screen(name: str, size: tuple[int, int], language: Language, tmp_path: Path) -> None:
    """It is as the file says; in another language frames are straight, and nothing is English."""
    state, keys = all_screens()[name]
    worker = STATES[state](tmp_path)
    shown = ""

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        nonlocal shown
        for key in filter(None, keys.split(",")):
            await pilot.press(key)
            await settle(app, pilot)
        shown = text(app)

    drive(tmp_path, worker.run if worker else None, look, size, language=language)
    folder = GOLDEN if language == "en" else GOLDEN / language
    golden = folder / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("TUI_DL_GOLDEN") == "write":
        folder.mkdir(exist_ok=True)
        golden.write_text(shown + "\n", encoding="utf-8")
    assert shown + "\n" == golden.read_text(encoding="utf-8")
    if language != "en" and (name not in UNTRANSLATED or size == QUICK):
        assert english(shown, *ALLOWED) == []
        assert not re.search(r"\d s\b", shown), "a unit of its own"
    if language != "en" and name in SCREENS:  # a dialog stands over frames
        lines = shown.splitlines()
        frames = {cell_len(line) for line in lines if line[:1] in "╭╰"}
        framed = (line for line in lines if line[:1] == line[-1:] == "│")
        assert {cell_len(line) for line in framed} <= frames
