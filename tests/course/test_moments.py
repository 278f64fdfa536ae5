"""What a lesson says one sees is on a screen of 80x24 at the moment that it talks of.

Words and bounds are in `moments.py`; the whole screens, in both languages, in `golden/`. They are
compared without what the numbers of a run decide (`outline.py`), for another processor rounds
otherwise. After a wanted change write them anew and review the difference:

    TUI_DL_GOLDEN=write pytest tests/course/test_moments.py
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.course.conftest import Trained
from tests.course.moment import Number, Seen, SideBySide
from tests.course.moments import SEEN, SHORTER
from tests.course.outline import outline
from tests.ui.screens import QUICK, Session, eventually, settle, text
from tui_dl import presets
from tui_dl.course.lesson_text import how_many_hold
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.spec.experiment import Experiment
from tui_dl.support.translations import use
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run.pictures import PicturesPanel
from tui_dl.ui.screens.variants import VariantsScreen

GOLDEN = Path(__file__).parent / "golden"
WRITES = os.environ.get("TUI_DL_GOLDEN") == "write"
RULE = "═" * 10  # begins the line above each screen
RESTED, LOOKS, PAUSE = 8, 600, 0.05  # looks at a screen that has come to rest, and at any; seconds


def test_all_lessons_are_looked_for() -> None:
    assert tuple(SEEN) == presets.COURSE


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", SEEN)
def test_what_a_lesson_says_is_there_at_that_moment(
    name: str, trained: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")  # pictures need more rows otherwise
    monkeypatch.delenv("NO_COLOR", raising=False)
    experiment, runs = trained.of(name, SHORTER.get(name, []))
    golden = {it: {} if WRITES else read(it, name) for it in LANGUAGES}
    shown: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
    for it in SEEN[name]:
        expected = {language: golden[language].get(it.title, "") for language in LANGUAGES}
        try:
            screens = asyncio.run(look(it, experiment, runs, trained.home, expected))
        finally:
            use("en")  # for whatever is tested next
        for language, screen in screens.items():
            shown[language][it.title] = screen
    for language in LANGUAGES:
        if WRITES:
            write(language, name, shown[language])
        golden[language] = read(language, name)
        assert list(shown[language]) == list(golden[language])
        for it in SEEN[name]:
            found, screen = shown[language][it.title], golden[language][it.title]
            assert outline(found, it.picture) == outline(screen, it.picture), found


def read(language: str, name: str) -> dict[str, str]:
    """The golden screens of a preset by the titles of their moments."""
    _, *parts = (GOLDEN / language / f"{name}.txt").read_text(encoding="utf-8").split(f"{RULE} ")
    return {title: screen.strip("\n") for title, _, screen in (it.partition("\n") for it in parts)}


def write(language: str, name: str, screens: Mapping[str, str]) -> None:
    """Write them."""
    (GOLDEN / language).mkdir(parents=True, exist_ok=True)
    found = "\n\n".join(f"{RULE} {title}\n{screen}" for title, screen in screens.items())
    (GOLDEN / language / f"{name}.txt").write_text(found + "\n", encoding="utf-8")


async def look(
    it: Seen | SideBySide,
    experiment: Experiment,
    runs: dict[str, Run],
    home: Path,
    expected: Mapping[Language, str],
) -> dict[Language, str]:
    """Go there, assert that the words are there, and return the screen in each language."""
    app = TuiDl(home, runs[it.run if isinstance(it, Seen) else ""])
    shown: dict[Language, str] = {}
    async with app.run_test(size=QUICK) as pilot:
        await settle(app, pilot)
        if isinstance(it, Seen):
            await look_at_one(app, pilot, it)
        for language in LANGUAGES:
            if language != app.language:
                await pilot.press("L")
            if isinstance(it, SideBySide):
                await app.push_screen(VariantsScreen(experiment, runs, language))
                await look_at_all(app, pilot, it, experiment, runs)
            wanted = outline(expected[language], it.picture)
            shown[language] = await at_rest(app, pilot, it.picture, wanted)
    return shown


async def look_at_all(
    app: TuiDl, pilot: Session, it: SideBySide, experiment: Experiment, runs: dict[str, Run]
) -> None:
    await pilot.press(*it.keys)
    claims = experiment.claim
    in_short = f"✔ {how_many_hold(len(claims), len(claims))}"  # where there are more than fit
    await eventually(app, pilot, f"✔ {claims[0].text(app.language)}"[:20], in_short)
    words = it.words if app.language == "en" else ()
    missing = [each for each in (*words, *filter(None, runs)) if each not in text(app)]
    assert not missing, text(app)


async def look_at_one(app: TuiDl, pilot: Session, it: Seen) -> None:
    await pilot.press(it.tab, *it.keys)
    await settle(app, pilot)
    if it.picture:
        panel = app.screen.query_one(PicturesPanel)
        panel.chosen = it.picture
        await settle(app, pilot)
        assert f"▸ {it.picture.replace('_', ' ')}" in text(app), text(app)
        await pilot.press("enter")
    for words in it.words:
        if isinstance(words, str):
            await eventually(app, pilot, words)
    for number in it.words:
        assert not isinstance(number, Number) or number.is_in(text(app)), f"{number}\n{text(app)}"


async def at_rest(app: TuiDl, pilot: Session, picture: str, wanted: list[str]) -> str:
    """The screen once it has the outline that is wanted, or else stays as it is."""
    shown, same = "", 0
    for _ in range(LOOKS):
        await settle(app, pilot)
        before, shown = shown, text(app)
        same = same + 1 if shown == before else 0
        if outline(shown, picture) == wanted if wanted else same == RESTED:
            break
        await asyncio.sleep(PAUSE)
    return shown.strip("\n")
