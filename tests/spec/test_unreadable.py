"""Files that are not TOML, or cannot be read: said with the line and a hint."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_dl.spec.toml.reading import parse, read
from tui_dl.support.errors import UserError


@given(st.text(max_size=40))
def test_whatever_is_not_toml_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^it\.toml: "):
        parse(text, "it.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("epochs = 1\nepochs = 2", "line 2 gives epochs once more: leave one out"),
        ("'a b'.c = 1\r\n'a b'.c = 2\r\n", "line 2 gives 'a b'.c once more: leave one out"),
        ("a = [\n  { b = 1 },\n]\n\na = [\n  { b = 1 },\n]\n", "line 7 gives a once more"),
        ("[train]\nclip = 1\n[train.clip]\n", "line 3 gives train.clip once more"),
        ("[train]\n[train]\n", "Cannot declare ('train',) twice (at line 2, column 7): '[train]'"),
        ("title = 'x'\nl2 = 0,01\n", "(at line 2, column 7): 'l2 = 0,01': use a point: 0.01"),
        ("o = { rate = 1,5e-3, x = 1 }\n", ": use a point: 1.5e-3"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_with_its_line(text: str, says: str) -> None:
    with pytest.raises(UserError, match=re.escape(says)):
        parse(text, "it.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = " + "[" * 100_000, "nested too deep"),
        ("x = " + "9" * 10_000, "not a TOML file"),
    ],
)
def test_files_made_to_break_readers_are_refused(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        parse(text, "it.toml")


def test_a_table_of_another_name_is_told_what_its_name_ends_in() -> None:
    with pytest.raises(UserError, match=r"not a TOML file: .*; the name of a table ends in \.csv$"):
        parse("a,b\n1,2\n", "rows.log")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'title = "caf\xe9"')
    with pytest.raises(
        UserError, match=r"/latin\.toml: not an experiment file, .* start one with `"
    ):
        read(str(tmp_path / "latin.toml"))
    with pytest.raises(UserError, match="a folder without images: name a file in it"):
        read(str(tmp_path))
    with pytest.raises(UserError, match="did you mean 'lenet5'"):
        read("lenet")
    with pytest.raises(UserError, match="see `tui-dl presets`"):
        read(str(tmp_path / "nothing.toml"))
    (tmp_path / "empty.toml").write_text("# nothing yet\n")
    with pytest.raises(UserError, match=r"/empty\.toml: is empty: start one with `"):
        read(str(tmp_path / "empty.toml"))
