"""Text from any source is safe on a terminal, also in JSON and in hints."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.fake_run import experiment, run_folder
from tests.hostile import CONTROLS, TEXT, forbidden, holding
from tests.shell import tui_dl
from tui_dl.cli.output import print_table
from tui_dl.cli.progress_lines import describe
from tui_dl.protocol import events
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.status import State
from tui_dl.spec.course.lesson import Lesson, Text
from tui_dl.spec.toml.reading import parse
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import encode, encode_printable
from tui_dl.support.terminal_text import Guarded, guarded, printable

ANY = st.text(st.characters(exclude_categories=[]))
WHOLE = st.text(st.characters(exclude_categories=["Cs"]))


@given(ANY)
def test_a_line_has_as_many_characters_and_none_that_does_harm(text: str) -> None:
    line = printable(text)
    assert len(line) == len(text)
    assert forbidden(line) == []
    assert not set(line) & set("\n\r\t")
    assert printable(line) == line


@pytest.mark.parametrize(
    "text", ["LeNet-5 · 62k", "한글", "हिन्दी", "e\u0301", "日本　語", "é\xa0!", "🙂", ""]
)
def test_what_is_written_in_any_script_stays(text: str) -> None:
    assert printable(text) == text


@given(st.sampled_from(CONTROLS.replace("\u2028", "")))
def test_what_is_replaced_takes_one_cell(character: str) -> None:
    assert cell_len(printable(character)) == 1


def test_a_sign_that_terminals_make_one_or_two_cells_wide_takes_one() -> None:
    assert printable("\u2764\ufe0f") == "\u2764\ufffd"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\t"])
def test_a_line_is_never_broken(line_end: str) -> None:
    assert printable(f"a{line_end}b") == "a" + " " * len(line_end) + "b"


def test_streams_keep_lines_and_tabs() -> None:
    stream = io.StringIO()
    print("a\tb\x1b[31m", "c\r", sep="\n", file=Guarded(stream))
    Guarded(stream).writelines(["\x07d\n"])
    assert stream.getvalue() == "a\tb\ufffd[31m\nc \n\ufffdd\n"


def test_streams_are_as_they_were_afterwards() -> None:
    before = sys.stdout, sys.stderr
    with guarded():
        assert sys.stdout is not before[0]
    assert (sys.stdout, sys.stderr) == before


@given(ANY)
def test_json_shows_nothing_and_loses_nothing(text: str) -> None:
    said = encode_printable({text: [text]}).decode()
    assert forbidden(said) == []
    whole = text.encode("utf-16", "replace") and json.loads(encode({"it": text}))["it"]
    assert json.loads(said) == {whole: [whole]} == msgspec.json.decode(said)
    if not any("\ud800" <= it <= "\udfff" for it in text):
        assert whole == text


@given(WHOLE)
def test_an_experiment_keeps_its_text(text: str) -> None:
    lesson = Lesson(en=Text(look=text, why=text, try_=text))
    made = msgspec.structs.replace(experiment(), lesson=lesson)
    assert parse(made.to_toml(), "it").lesson == lesson


def test_a_title_of_any_script_will_do_but_none_that_a_terminal_obeys() -> None:
    for title in ("한글\u3000실험", "e\u0301\xa0!", "हिन्दी"):
        made = msgspec.structs.replace(experiment(), title=title)
        assert parse(made.to_toml(), "it").title == title
    for character in set(CONTROLS) - set("]0;TILE[31m2Jm9dc"):
        made = msgspec.structs.replace(experiment(), title=f"a{character}b")
        with pytest.raises(UserError, match="title: is more than one line"):
            parse(made.to_toml(), "it")


def test_bytes_of_a_file_name_cannot_be_a_title() -> None:
    with pytest.raises(UserError, match="--set title=\ufffd: not UTF-8 text"):
        parse(experiment().to_toml(), "it", ["title=\udcff"])


def test_an_error_is_one_line_that_shows_all_its_characters() -> None:
    assert str(UserError("a\nb\x1b\udcff")) == "a b\ufffd\ufffd"


def test_a_hint_can_be_typed(tmp_path: Path) -> None:
    if not (bash := shutil.which("bash")):
        pytest.skip("bash is not installed")
    for name in (TEXT.replace("\0", ""), "it's \\ \x1b", "\udcff\n", "plain"):
        hint = command_line("show", name)
        assert forbidden(hint) == [], name
        done = subprocess.run(
            [bash, "-c", f"printf %s {hint.split(' show ', 1)[1]}"], capture_output=True
        )
        assert done.stdout == os.fsencode(name)


def test_every_event_is_told_without_harm(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    for kind in get_args(events.AnyEvent):
        log.append(holding(kind, TEXT + "\udcff"))
    state = State(run)
    for event in state.events:
        assert forbidden(describe(event, state) or "") == []
    assert isinstance(state.last(events.Failed), events.Failed)


def test_a_table_is_of_one_line_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([("한글\n\x1b", "x"), ("longer", "y")])
    first, second = capsys.readouterr().out.splitlines()
    assert cell_len(first) == cell_len(second)


def test_an_undecodable_runs_folder_is_worked_with(tmp_path: Path) -> None:
    home = tmp_path / os.fsdecode(b"r\xff\x1b")
    run = run_folder(home)
    shown = tui_dl("show", "last", "--runs", str(home), "--json")
    assert json.loads(shown.stdout)["path"] == str(run.path).replace("\udcff", "\ufffd")
    assert forbidden(tui_dl("show", "last", "--runs", str(home)).stdout) == []
