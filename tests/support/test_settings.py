"""The file of settings: what is wrong in it is said, and the rest is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_dl.support.settings import Settings, read_settings, settings_path

GOOD = """\
# mine
theme = "nord"
language = "ko"
speed = 2
smoothing = 0.0
bell = "bell"
hints = false

[keys]
stop = "x"
"""


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    read = read_settings(tmp_path / "none.toml")
    assert read == (Settings(), (), True, "")


def test_every_setting_is_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(GOOD)
    read = read_settings(file)
    assert read.settings == Settings("nord", "ko", 2.0, 0.0, "bell", False, {"stop": "x"})
    assert read.complaints == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n\nthem = 'nord'\n", ":3: 'them' is no setting; did you mean 'theme'?"),
        (
            "speed = 100\n",
            ":1: 'speed': expected a number from 1/64 to 64: its default is used",
        ),
        ("speed = nan\n", ":1: 'speed': expected a number from 1/64 "),
        (
            "speed = '2'\n",
            ":1: 'speed': expected a number from 1/64 to 64: its default is used",
        ),
        (
            "# x\nbell = 'loud'\n",
            ":2: 'bell': expected off, bell or message: its default is used",
        ),
        ("language = 'fr'\n", ":1: 'language': expected en or ko: its default is used"),
        ("keys = 3\n", ":1: keys is no table: write [keys], and a line for each"),
        ("[keys]\nstop = ''\n", ":2: keys.stop has no key: its default is used"),
        ("[keys]\nstop = 3\n", ":2: keys.stop has no key: its default is used"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text + "hints = false\n" * text.startswith(("\n", "#", "s")))
    read = read_settings(file)
    assert read.settings == Settings(hints=not text.startswith(("\n", "#", "s")))
    (complaint,) = read.complaints
    assert complaint.startswith(f"{file}{says}")
    assert read.writable


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"theme = 'nord\n", "is no TOML: "),
        (b"format = 2\ntheme = 'nord'\n", "is of format 2, and this tui-dl reads 1"),
        (b"format = 'x'\n", "is of format 'x'"),
        (b"theme = '\xff'\n", "is not text in UTF-8"),
    ],
)
def test_a_file_that_is_not_understood_is_left_alone(
    content: bytes, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    read = read_settings(file)
    assert read.settings == Settings()
    assert not read.writable
    (complaint,) = read.complaints
    assert complaint.startswith(f"{file}: {says}")
    assert complaint.endswith("defaults are used, and the file is left as it is")


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    read = read_settings(tmp_path)
    assert read.complaints[0].startswith(f"{tmp_path}: cannot be read: Is a directory")


def test_the_path_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_DL_SETTINGS", str(tmp_path / "mine.toml"))
    assert settings_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("TUI_DL_SETTINGS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_path() == tmp_path / "tui-dl" / "settings.toml"
