"""What is chosen in the dashboard is kept in the file of settings; nothing else of it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_dl.support.errors import UserError
from tui_dl.support.settings import read_settings
from tui_dl.ui.remember import changed, remember

TEXT = """\
# my settings
theme = "nord"  # the dark one

[keys]
theme = "T"  # a key of this name
"""


def test_the_first_choice_makes_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    remember(file, "theme", "dracula")
    remember(file, "hints", False)
    assert file.read_text() == 'theme = "dracula"\nhints = false\n'


def test_comments_and_tables_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(TEXT)
    remember(file, "theme", "dracula")
    assert file.read_text() == TEXT.replace("nord", "dracula")
    remember(file, "language", "ko")
    assert read_settings(file).settings.language == "ko"
    assert file.read_text().endswith('[keys]\ntheme = "T"  # a key of this name\n')


@pytest.mark.parametrize("content", ["theme = 'nord", "format = 2\n"])
def test_a_file_that_is_not_understood_is_not_written(content: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(content)
    with pytest.raises(UserError, match=r"theme is not remembered: .*left as it is"):
        remember(file, "theme", "dracula")
    assert file.read_text() == content


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"theme is not remembered: .*file"):
        remember(tmp_path / "file" / "settings.toml", "theme", "dracula")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_any_name_of_a_theme_is_read_as_it_was_written(name: str) -> None:
    import tomllib

    assert tomllib.loads(changed(TEXT, "theme", name))["theme"] == name
