"""The builder and files: the one it saves, follows and opens, and what is not saved."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.ui.screens import Session, drive, eventually, settle, text
from tests.ui.test_build import screen
from tui_dl.cli.parser import TopParser
from tui_dl.process.origin import of_name
from tui_dl.ui.app import TuiDl
from tui_dl.ui.messages import BuildWanted
from tui_dl.ui.panels.build.layer_rows import LayerRows
from tui_dl.ui.screens.home.build import BuildScreen

FILE = """\
# my own network
title = "Mine"
data = { source = "digits" }

[[network]] # flat
kind = "flatten"
[[network]]
kind = "dense"
units = 10 # ten digits
"""


@pytest.mark.slow
def test_a_file_is_saved_followed_and_never_overwritten_silently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "mine.toml", tmp_path / "other.toml"
    path.write_text(FILE)
    other.write_text("kept")

    async def build(app: TuiDl, pilot: Session) -> None:
        app.screen.post_message(BuildWanted(of_name(str(path))))
        await eventually(app, pilot, "dense units=10")
        await pilot.press("D", "w", "enter")  # a second flatten
        await eventually(app, pilot, "Saved:")
        assert path.read_text() == FILE.replace(
            "[[network]]\n", '[[network]]\nkind = "flatten"\n[[network]]\n', 1
        )
        path.write_text(FILE.replace("units = 10", "units = 11"))
        await eventually(app, pilot, "dense units=11")  # nothing was unsaved
        assert screen(app).building.outline.wrong
        await pilot.press("ctrl+z")  # what was here before
        await settle(app, pilot)
        assert "dense units=10" in text(app)
        path.write_text(FILE.replace("units = 10", "units = 12"))  # as something is unsaved
        await eventually(app, pilot, "anew?")
        await pilot.press("n")
        await settle(app, pilot)
        assert "dense units=10" in text(app)
        await pilot.press("w", "enter")
        await eventually(app, pilot, "Overwrite it?")
        await pilot.press("n")
        await settle(app, pilot)
        path.write_text(FILE.replace("units = 10", "units = 13"))
        await eventually(app, pilot, "anew?")
        await pilot.press("y")
        await eventually(app, pilot, "dense units=13")
        await settle(app, pilot)
        assert not screen(app).building.is_changed
        await pilot.press("ctrl+z")
        await eventually(app, pilot, "dense units=10")
        path.unlink()
        await eventually(app, pilot, "is gone")
        assert screen(app).building.is_changed
        await pilot.press("w", "ctrl+u", *str(other), "enter")
        await eventually(app, pilot, "Overwrite it?")
        await pilot.press("n")
        await settle(app, pilot)
        assert other.read_text() == "kept"
        await pilot.press("w", "enter")
        await eventually(app, pilot, "Saved:")
        assert path.read_text() == screen(app).building.draft.text

    drive(tmp_path, None, build)


def test_a_file_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "mine.toml"
    path.parent.mkdir()
    path.write_text(FILE)

    async def build(app: TuiDl, pilot: Session) -> None:
        app.screen.post_message(BuildWanted(of_name(str(path))))
        await eventually(app, pilot, "dense units=10")
        await pilot.press("D")
        typed = screen(app).building.draft.text
        path.unlink()
        path.parent.rmdir()
        path.parent.write_text("no folder")
        await pilot.press("w", "enter")
        await eventually(app, pilot, "cannot be written")
        assert screen(app).building.draft.text == typed
        assert screen(app).building.is_changed

    drive(tmp_path, None, build)


def test_the_editor_is_given_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_dl.ui.text_editor.edit_text", lambda app, text: FILE)

    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3", "E")
        await settle(app, pilot)
        assert screen(app).building.draft.text == FILE
        await pilot.press("ctrl+z")
        assert "A network of my own" in screen(app).building.draft.text

    drive(tmp_path, None, build)


def test_a_file_on_the_command_line_opens_in_the_builder(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(FILE)
    options = TopParser().parse_args([str(tmp_path / "mine.toml"), "--lang", "en"])
    assert options.command is None
    assert options.lang == "en"
    app = TuiDl(tmp_path, origin=of_name(options.file))

    async def session() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await eventually(app, pilot, "dense units=10")
            await pilot.press("1", "3")
            await settle(app, pilot)
            assert "# ten digits" in text(app)

    asyncio.run(session())


def test_leaving_what_is_not_saved_is_asked_about(tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3", "d", "q")
        await eventually(app, pilot, "saved in no file")
        await pilot.press("n")
        await settle(app, pilot)
        assert app.is_running
        await pilot.press("1")  # it is in the builder still
        await settle(app, pilot)
        await pilot.press("ctrl+c")
        await eventually(app, pilot, "saved in no file")
        await pilot.press("n", "3", "ctrl+z", "q")
        await pilot.pause()
        assert not app.is_running

    drive(tmp_path, None, build)


@pytest.mark.slow
def test_a_folder_is_no_file_to_save_to(tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3", "w", "ctrl+u", *str(tmp_path), "enter")
        await eventually(app, pilot, "is a folder")
        assert isinstance(app.screen, BuildScreen)

    drive(tmp_path, None, build)


@pytest.mark.parametrize("name", ["n" * 300, "~nobody-has-this-name/x"])
@pytest.mark.parametrize(("key", "says"), [("w", "Not saved"), ("o", "cannot be opened")])
def test_names_that_no_file_can_have(name: str, key: str, says: str, tmp_path: Path) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("3", "d", key, "ctrl+u")
        app.screen.query_one(Input).value = name
        await pilot.press("enter")
        await eventually(app, pilot, says, "cannot be written", "No such file")
        assert isinstance(app.screen, BuildScreen)
        assert screen(app).building.is_changed

    drive(tmp_path, None, build)


def test_rows_of_a_file_that_is_no_toml_any_more(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(FILE)

    async def build(app: TuiDl, pilot: Session) -> None:
        app.screen.post_message(BuildWanted(of_name(str(path))))
        await eventually(app, pilot, "dense units=10")
        path.write_text("nonsense [[[")
        await eventually(app, pilot, "Expected '=' after a key")
        assert "the rows are those of before" in " ".join(text(app).split())
        assert "cannot be trained as it is" in text(app)
        rows = app.screen.query_one(LayerRows)
        assert {style for line in rows.rows[1:4] for _, style in line} == {"dim"}
        assert "650" not in rows.plain
        for keys in (("enter", "x", "escape"), ("end", "up", "enter", "x", "escape")):
            await pilot.press(*keys)
            await settle(app, pilot)
            assert isinstance(app.screen, BuildScreen)

    drive(tmp_path, None, build)
