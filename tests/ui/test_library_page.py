"""A preset's page, the search, what is said of runs, and changing values before training."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl import presets
from tui_dl.spec.course.lesson import Language
from tui_dl.spec.data.digits import Digits
from tui_dl.spec.experiment import Experiment
from tui_dl.support.optional_dependencies import Extra
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.frame import WIDE
from tui_dl.ui.panels.preset_detail import Detail
from tui_dl.ui.panels.preset_list import PresetList
from tui_dl.ui.panels.preset_pictures import SamplesPicture
from tui_dl.ui.screens.home.course import CourseScreen


def test_runs_are_ticked_with_their_figure(tmp_path: Path) -> None:
    Worker(tmp_path, "first-network").start().train(3).end("finished", best=3)
    diagnosed = Worker(tmp_path, "vanishing-gradient").start().train(6).diagnose()
    diagnosed.end("finished", best=6)

    async def look(app: TuiDl, pilot: Session) -> None:
        lines = text(app).splitlines()
        assert any("✔ A first network reads digits" in it and "98.5 %" in it for it in lines)
        assert any("✔ The gradient that vanishes" in it and "98.5 % ▲" in it for it in lines)
        assert any("LeNet-5" in it and "✔" not in it and "%" not in it for it in lines)
        assert "Your runs" in text(app)
        await pilot.press("j")
        await settle(app, pilot)
        await pilot.press("pagedown")
        await eventually(app, pilot, "▲ vanishing gradient")

    drive(tmp_path, None, look, (120, 40))


def test_runs_of_a_changed_preset_are_no_tick_with_a_figure(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "lenet5", patience=3).start().train(3).end("finished", best=3)
    assert worker.experiment.train.early_stopping is not None

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end")
        await settle(app, pilot)
        (line,) = (it for it in text(app).splitlines() if "✔ LeNet-5" in it)
        assert "98.5" not in line.split("││")[0]
        app.screen.query_one(Detail).scroll_end(animate=False)
        await eventually(app, pilot, "patience=3")

    drive(tmp_path, None, look, (120, 40))


@at_every_size
def test_a_page_begins_with_its_lesson_and_ends_with_its_texts(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", *["right"] * (size[0] < 72))
        await settle(app, pilot)
        detail = app.screen.query_one(Detail)
        assert detail.border_title == "LeNet-5 reads handwritten digits"
        page = detail.content_region
        assert detail.query_one("#preset-lesson").region.y + 3 <= page.bottom
        columns = [detail.query_one(it) for it in ("#preset-pictures", "#preset-texts")]
        assert page.bottom <= max(it.region.bottom for it in columns)
        samples = detail.query_one(SamplesPicture).region
        assert (samples.height > page.height / 2) == (size[0] >= WIDE)  # it has the free rows
        assert samples.bottom <= page.bottom or size[0] < WIDE

    drive(tmp_path, None, look, size)


def test_a_page_is_arranged_anew_in_another_size(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        detail, seen = app.screen.query_one(Detail), []
        for size in ((60, 16), (200, 60)):
            await pilot.resize_terminal(*size)
            await pilot.press(*["right"] * (size[0] < 72))
            await settle(app, pilot)
            first = detail.query_one("#preset-body").children[0]
            seen.append((first.id, detail.query_one(SamplesPicture).size.height))
        assert seen == [("preset-texts", 5), ("preset-pictures", 36)]

    drive(tmp_path, None, look)


def test_a_run_that_ends_is_seen_on_coming_back(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "first-network").start().train(1)

    async def come_back(app: TuiDl, pilot: Session) -> None:
        await pilot.press("escape")
        await eventually(app, pilot, "running")
        await pilot.press("r")
        await settle(app, pilot)
        worker.end("finished", best=1)
        await pilot.press("escape")
        await eventually(app, pilot, "98.5 %")

    drive(tmp_path, worker.run, come_back)


def test_search_lists_what_matches(tmp_path: Path) -> None:
    async def search(app: TuiDl, pilot: Session) -> None:
        await pilot.press("slash", *"van", "space", *"dep")
        await settle(app, pilot)
        assert "The gradient that vanishes" in text(app)
        assert "LeNet-5" not in text(app)
        assert "1 of 3" in text(app)
        await pilot.press(*"xq")  # letters do not quit
        await settle(app, pilot)
        assert "0 of 3" in text(app)
        await pilot.press("backspace", "backspace", "enter")
        await settle(app, pilot)
        assert app.screen.query_one(PresetList).has_focus
        assert app.screen.query_one(Detail).border_title == "The gradient that vanishes"
        await pilot.press("escape")
        await settle(app, pilot)
        assert "LeNet-5" in text(app)
        assert app.screen.query_one(PresetList).chosen == "vanishing-gradient"

    drive(tmp_path, None, search)


def test_try_trains_with_the_lessons_change(
    tmp_path: Path, started: list[tuple[str, Experiment]]
) -> None:
    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("t")
        await eventually(app, pilot, "learning_rate: 0.001 → 1.0")
        assert started == []
        await pilot.press("y")
        await settle(app, pilot)

    drive(tmp_path, None, press)
    ((name, experiment),) = started
    assert name == "first-network-learning_rate-1.0"
    assert experiment.train.optimizer.learning_rate == 1.0


@at_every_size
def test_what_is_missing_says_what_to_install(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Digits, "extra", Extra("rl", "no_such_module"))

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "needs no_such_module" in text(app)
        await pilot.press("right")
        await settle(app, pilot)
        words = " ".join(text(app).replace("│", " ").split())
        assert "pip install no_such_module" in words or "install" in words
        await pilot.press("enter")
        await eventually(app, pilot, "Training cannot start")

    drive(tmp_path, None, look, size)


def test_a_narrow_terminal_shows_list_or_page(tmp_path: Path) -> None:
    async def toggle(app: TuiDl, pilot: Session) -> None:
        assert "→ Page" in text(app)
        assert "What you will see" not in text(app)
        await pilot.press("right")
        await settle(app, pilot)
        assert "What you will see" in text(app)
        assert "The gradient that vanishes" not in text(app)
        assert "← List" in text(app)
        await pilot.press("left")
        await settle(app, pilot)
        assert "The gradient that vanishes" in text(app)
        await pilot.press("right")
        await pilot.resize_terminal(120, 40)
        await settle(app, pilot)
        assert "flatten_1" in text(app)
        assert "The gradient that vanishes" in text(app)
        assert app.screen.query_one(PresetList).has_focus

    drive(tmp_path, None, toggle, (60, 16))


BROKEN = {
    "no toml": "titel = ",
    "no network": 'title = "Without a network"\n[data]\nsource = "digits"\n',
    "controls": 'title = "a\\u001b[31mred"\n[data]\nsource = "digits"\n',
    "empty": "",
}


@pytest.mark.parametrize("what", [*BROKEN, "gone", "folder"])
def test_a_broken_preset_says_so_in_its_place(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "broken.toml"
    if what == "folder":
        file.mkdir()
    elif what != "gone":
        file.write_text(BROKEN[what], encoding="utf-8")
    good = presets.find
    monkeypatch.setattr(presets, "COURSE", ("first-network", "broken"))
    monkeypatch.setattr(presets, "find", lambda name: file if name == "broken" else good(name))

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "cannot be read" in text(app)
        await pilot.press("end")
        await settle(app, pilot)
        assert "It cannot be read: broken:" in text(app)
        assert "\x1b" not in text(app)
        await pilot.press("enter", "e", "t")
        await settle(app, pilot)
        assert isinstance(app.screen, CourseScreen)
        await pilot.press("home")
        await settle(app, pilot)
        assert "flatten_1" in text(app)

    drive(tmp_path / "runs", None, look)


@pytest.mark.slow
def test_a_hundred_presets_scroll_with_their_chapters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = presets.find
    source = find("first-network").read_text(encoding="utf-8")
    names = [f"preset-{number:03}" for number in range(100)]
    for number, name in enumerate(names):
        title = f"Lesson {number}: 한글과 mixed עברית words that are rather long"
        changed = source.replace("A first network reads digits", title)
        changed = changed.replace("First steps", f"Chapter {number // 10}")
        (tmp_path / f"{name}.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(presets, "COURSE", tuple(names))
    monkeypatch.setattr(presets, "find", lambda name: tmp_path / f"{name}.toml")

    async def scroll(app: TuiDl, pilot: Session) -> None:
        assert "Chapter 0" in text(app)
        await pilot.press("end")
        await settle(app, pilot)
        assert "Lesson 99" in text(app)
        await pilot.press(*["up"] * 9)
        await settle(app, pilot)
        assert "Chapter 9" in text(app)
        await pilot.press(*["up"] * 40)
        await settle(app, pilot)
        assert app.screen.query_one(PresetList).chosen == "preset-050"
        assert "Chapter 5" in text(app)

    drive(tmp_path / "runs", None, scroll, (80, 24))


@at_every_size
@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en", "Artificial intelligence", "(exploitation)."), ("ko", "인공지능", "(활용).")],
)
def test_the_course_says_what_it_is_about(
    language: Language, first: str, last: str, size: tuple[int, int], tmp_path: Path
) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        app.language = language
        await pilot.press("c")
        await eventually(app, pilot, first)
        await pilot.press("end")
        await eventually(app, pilot, last)
        await pilot.press("escape")
        await settle(app, pilot)
        assert last not in text(app)

    drive(tmp_path, None, look, size)
