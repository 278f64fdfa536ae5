"""The palette finds presets, runs and layers; y copies; hints come once; a long run's end rings."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.support.settings import read_settings
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens import run as run_screen
from tui_dl.ui.screens.run import RunScreen


async def _find(app: TuiDl, pilot: Session, typed: str, found: str) -> None:
    """Open the palette, type a name, wait until it is found, and take the first row."""
    await pilot.press("ctrl+p")
    await eventually(app, pilot, "Search for commands")
    await pilot.press(*typed)
    await eventually(app, pilot, found)
    await pilot.press("enter")
    await settle(app, pilot)


@pytest.mark.slow
def test_presets_runs_and_layers_are_found_by_name(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)
    other = Worker(tmp_path, "vanishing-gradient").start().train(2).end("finished", best=2)

    async def find(app: TuiDl, pilot: Session) -> None:
        await _find(app, pilot, "080000-vanish", "vanishing-gradient · 2027")
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run == other.run
        await _find(app, pilot, "dense_7", "dense_7")
        assert app.screen.area.tab == "network"
        await _find(app, pilot, "handwritten", "LeNet-5 reads handwritten digits · lenet5")
        await eventually(app, pilot, "conv2d_1")
        assert not isinstance(app.screen, RunScreen)

    drive(tmp_path, worker.run, find)


def test_that_nothing_is_found_is_said_in_the_language_in_use(tmp_path: Path) -> None:
    async def find(app: TuiDl, pilot: Session) -> None:
        await pilot.press("ctrl+p", *"xyzzy")
        await eventually(app, pilot, "그런 이름이 없습니다.")
        assert "No matches" not in text(app)

    drive(tmp_path, None, find, language="ko")


def test_presets_are_found_by_their_titles_in_the_language_in_use(tmp_path: Path) -> None:
    async def find(app: TuiDl, pilot: Session) -> None:
        await pilot.press("ctrl+p")
        await settle(app, pilot)
        app.screen.query_one(Input).value = "손글씨"
        await eventually(app, pilot, "숫자를 읽는다 · lenet5")

    drive(tmp_path, None, find, language="ko")


def test_y_copies_what_is_chosen(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def copy(app: TuiDl, pilot: Session) -> None:
        for downs, copied in enumerate([worker.run.id, "attach", "1.2095"]):
            await pilot.press("y")
            await eventually(app, pilot, "enter copies")
            await pilot.press(*["down"] * downs, "enter")
            await settle(app, pilot)
            assert copied in app.clipboard
        await pilot.press("y", *["down"] * 3, "enter")
        await settle(app, pilot)
        assert "train" in app.clipboard.splitlines()[0]
        assert len(app.clipboard.splitlines()) > 5

    drive(tmp_path, worker.run, copy)


def test_the_palette_stops_where_more_columns_show_no_more(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("ctrl+p")
        await eventually(app, pilot, "Search for commands")
        assert app.screen.query_one("#--input").outer_size.width == 110

    drive(tmp_path, None, look, (250, 80))


def test_hints_come_once(tmp_path: Path) -> None:
    file, worker = tmp_path / "settings.toml", Worker(tmp_path).start().train(2)

    def said() -> list[str]:
        app = TuiDl(tmp_path, worker.run, settings_file=file)

        async def session() -> None:
            async with app.run_test(size=(120, 40)) as pilot:
                await settle(app, pilot)

        asyncio.run(session())
        return [it.message for it in app._notifications]

    (hint,) = said()
    assert "? shows all keys" in hint
    assert not read_settings(file).settings.hints
    assert said() == []


@pytest.mark.parametrize("long", [True, False])
def test_the_end_of_a_long_run_is_announced(
    long: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_screen, "LONG", -1.0 if long else 1e9)
    worker, said = Worker(tmp_path).start().train(2), list[str]()
    monkeypatch.setattr(TuiDl, "announce", lambda app, says: said.append(says))

    async def end(app: TuiDl, pilot: Session) -> None:
        worker.end("finished", best=2)
        await eventually(app, pilot, "finished")

    drive(tmp_path, worker.run, end)
    assert said == ["lenet5 has ended."] * long


def test_everything_said_on_the_run_screen_changes_with_the_language(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def change(app: TuiDl, pilot: Session) -> None:
        await pilot.press("L")
        await settle(app, pilot)
        shown = text(app)
        for word in ("곡선", "손실", "훈련 중", "에폭 2/30", "일시정지", "중단", "도움말"):
            assert word in shown
        await pilot.press("question_mark")
        await eventually(app, pilot, "커서 자리의 수")
        await pilot.press("escape", "L")
        await settle(app, pilot)
        assert "Curves" in text(app)
        assert "곡선" not in text(app)

    drive(tmp_path, worker.run, change)
