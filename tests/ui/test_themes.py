"""Themes that are offered: contrast as it is drawn, hues, colour-blindness; and choosing one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from rich.color import ColorType
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tests.ui.colour_blindness import KINDS, distance
from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, settle
from tui_dl.drawing.colour_levels import levels, line_levels
from tui_dl.drawing.colours import Depth, Look
from tui_dl.support.settings import read_settings
from tui_dl.ui.app import TuiDl
from tui_dl.ui.legible import LINES, TEXT, contrast
from tui_dl.ui.theme import THEMES, variables_of

OFFERED = [it for it in (*THEMES, *BUILTIN_THEMES.values()) if not it.ansi]
WEAK = [*THEMES, BUILTIN_THEMES["solarized-light"], BUILTIN_THEMES["flexoki"]]
STYLE = "style-"
APART = 20  # in CIELAB, where 2.3 can just be noticed
DRAWN = "╱─│╭╮╰╯┄━┃▶▔▁▂▃▄▅▆▇█▏▎▍▌▋▊▉╸╺■□┤┬┴├┼└┘┌┐▼▲●"  # lines, bars and marks
FRAMES = "─│╭╮╰╯█▔▁▂▃▄▅▆▇▊▎▋▏▀"  # frames, scrollbars and pixels: no text and no lines


def _styles(theme: Theme) -> dict[str, str]:
    generated = {**theme.to_color_system().generate(), **theme.variables}
    found = variables_of(theme, generated)
    return {name[len(STYLE) :]: it for name, it in found.items() if name.startswith(STYLE)}


def _drawn(app: TuiDl) -> Iterator[tuple[str, Color, Color]]:
    """Each text on the screen, or in the window over it, with its colours."""
    windows = app.screen.query(".dialog")
    region = windows.first().region if windows else app.screen.region
    for strip in app.screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            if text.strip() and style and style.color and style.bgcolor:
                assert style.color.type == style.bgcolor.type == ColorType.TRUECOLOR
                front, ground = map(Color.from_rich_color, (style.color, style.bgcolor))
                if style.dim:  # half way, as Textual draws it
                    front = ground.blend(front, 0.5)
                yield text, *((ground, front) if style.reverse else (front, ground))


def _is_drawn(text: str) -> bool:
    return all(it in DRAWN or "\u2800" <= it <= "\u28ff" for it in text if not it.isspace())


@pytest.mark.parametrize("screen", ["run", "library", "help", "gradients"])
def test_every_theme_can_be_read(screen: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient", layer_decay=0.15).start().train(9, best=7)
    worker.diagnose()
    weak: list[str] = []

    async def look(app: TuiDl, pilot: Session) -> None:
        for key in {"help": ["question_mark"], "gradients": ["2"]}.get(screen, []):
            await pilot.press(key)
        for theme in OFFERED if screen == "run" else WEAK:
            app.theme = theme.name
            await settle(app, pilot)
            for text, front, ground in _drawn(app):
                if all(it in FRAMES for it in text if not it.isspace()):
                    continue
                if "╱" in text:  # over the colours of a map
                    continue
                least = LINES if _is_drawn(text) else TEXT
                if (found := contrast(front, ground)) < least - 0.05:
                    weak.append(f"{theme.name}: {text.strip()[:30]!r} {found:.1f} {front}{ground}")

    drive(tmp_path, None if screen == "library" else worker.run, look, (120, 40))
    assert weak == []


@pytest.mark.parametrize("depth", ["true", "256"])
@pytest.mark.parametrize("theme", OFFERED, ids=lambda it: it.name)
def test_bars_of_every_number_are_seen(theme: Theme, depth: Depth) -> None:
    ground = Color.parse(theme.to_color_system().generate()["background"])
    look = Look(depth, light=not theme.dark)
    bars = [Color.from_rich_color(Style.parse(it).color) for it in line_levels(look)]
    assert len(bars) == len(levels(look))
    least = LINES - 0.05 if depth == "true" or theme in THEMES else 2.7
    assert all(contrast(it, ground) >= least for it in bars)


@pytest.mark.parametrize("theme", OFFERED, ids=lambda it: it.name)
def test_curves_and_marks_differ_for_everybody(theme: Theme) -> None:
    styles = _styles(theme)
    curves = [*combinations(("train", "validation", "step"), 2), ("train", "second")]
    marks = [("validation", "second"), ("best", "stop"), ("good", "bad")]  # which a sign tells too
    least = dict.fromkeys(curves, APART) | dict.fromkeys(marks, APART if theme in THEMES else 10)
    for kind in KINDS:
        near = {
            pair: round(found)
            for pair, enough in least.items()
            if (found := distance(styles[pair[0]], styles[pair[1]], kind)) < enough
        }
        assert near == {}, kind


def test_our_themes_are_in_the_palette_of_256() -> None:
    from rich._palettes import EIGHT_BIT_PALETTE

    palette = {Color(*EIGHT_BIT_PALETTE[number]) for number in range(16, 256)}
    for theme in THEMES:
        assert {Color.parse(it) for it in _styles(theme).values()} <= palette


def _with_settings(tmp_path: Path, keys: list[str]) -> tuple[str, list[str]]:
    """Open the library with a file of settings, press keys; its theme, and what was said."""
    app = TuiDl(tmp_path, settings_file=tmp_path / "settings.toml")

    async def session() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await settle(app, pilot)
            for key in keys:
                await pilot.press(key)
                await settle(app, pilot)

    asyncio.run(session())
    return app.theme, [it.message for it in app._notifications if it.title != "Hint"]


def test_a_theme_is_previewed_and_the_chosen_one_remembered(tmp_path: Path) -> None:
    app = TuiDl(tmp_path, settings_file=tmp_path / "settings.toml")
    seen: list[str] = []

    async def until(pilot: Session, theme: str) -> None:
        for _ in range(2000):
            await pilot.pause(0.01)
            if app.theme == theme:
                seen.append(theme)
                return
        raise AssertionError(f"{app.theme} is not {theme}")

    async def session() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(app, pilot)
            for last in ("escape", "enter"):
                app.action_change_theme()
                await pilot.pause()
                await pilot.press(*"dracula")
                await until(pilot, "dracula")
                await pilot.press(last)
                await until(pilot, "tui-dl" if last == "escape" else "dracula")
                await settle(app, pilot)

    asyncio.run(session())
    assert seen == ["dracula", "tui-dl", "dracula", "dracula"]
    assert read_settings(tmp_path / "settings.toml").settings.theme == "dracula"
    assert _with_settings(tmp_path, []) == ("dracula", [])


def test_a_language_is_remembered(tmp_path: Path) -> None:
    _with_settings(tmp_path, ["L"])
    assert read_settings(tmp_path / "settings.toml").settings.language == "ko"


def test_bad_settings_are_said_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("theme = 'nrod'\n[keys]\ntrain = 'e'\n")
    theme, said = _with_settings(tmp_path, [])
    assert theme == "tui-dl"
    (notice,) = said
    assert notice.splitlines() == [
        f"{file}:3: keys.train: e is also the key of edit: its default is used",
        f"{file}:1: 'nrod' is no theme; did you mean 'nord'?",
    ]
    file.write_text("format = 9\n")
    _, (read, written) = _with_settings(tmp_path, ["L"])
    assert "is of format 9" in read
    assert "기억하지 못했습니다: language" in written
    assert file.read_text() == "format = 9\n"
