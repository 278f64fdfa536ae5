"""Commands are found by being in their folder; nothing else holds a command's name."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shell import ROOT
from tui_dl.cli import registry

Run = Callable[..., subprocess.CompletedProcess[str]]

TOY = '''
"""``tui-dl count-words``: counts words, to show what a command is made of."""

from argparse import ArgumentParser, Namespace

from tui_dl.cli.options import add_json, whole_number
from tui_dl.cli.output import print_json
from tui_dl.support.errors import UserError

HELP = "count words"
GROUP = "Experiments"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("words", metavar="WORD", nargs="+")
    parser.add_argument("--times", type=whole_number(1, 9), default=1, help="count each so often")
    add_json(parser)


def run(options: Namespace) -> int:
    if "" in options.words:
        raise UserError("a word is empty")
    count = len(options.words) * options.times
    print_json({"words": count}) if options.json else print(count, "words")
    return 0
'''


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with a copy of the package and one more command."""
    ignored = shutil.ignore_patterns("__pycache__", "kernels", "engine")
    shutil.copytree(ROOT / "tui_dl", tmp_path / "tui_dl", ignore=ignored)
    command = tmp_path / "tui_dl" / "cli" / "commands" / "count_words.py"
    command.write_text(TOY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(tree: Path) -> Run:
    """Runs the copy's program."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tui_dl", *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=tree)

    return run


def test_a_file_is_all_that_a_command_needs(run: Run) -> None:
    listed = run("--help").stdout
    assert "\n  count-words  count words\n" in listed
    assert listed.index("\nExperiments:") < listed.index("count-words") < listed.index("  presets")
    said = run("count-words", "--help").stdout
    assert said.startswith("Usage: tui-dl count-words [-h] [--runs PATH] [--debug]")
    assert "count each so often" in said
    assert run("count-words", "one", "two", "--times", "3").stdout == "6 words\n"
    assert json.loads(run("--debug", "count-words", "one", "--json").stdout) == {"words": 1}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["count-word"], "count-word: no such command; did you mean 'count-words'?"),
        (["count_words", "one"], "count_words: no such command"),
        (["count-words"], "the following arguments are required: WORD; see `"),
        (["count-words", "one", "--tims", "3"], "unrecognized arguments: --tims 3; see `"),
        (["count-words", "one", "--times", "x"], "'x' is not a whole number from 1 to 9; see `"),
        (["count-words", ""], "a word is empty\n"),
    ],
)
def test_what_it_refuses_is_one_line(run: Run, arguments: list[str], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert not done.stdout
    assert done.stderr.startswith("tui-dl: ")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


@pytest.mark.parametrize("lost", ['HELP = "count words"', 'GROUP = "Experiments"'])
def test_a_file_that_the_list_cannot_show_is_named(run: Run, tree: Path, lost: str) -> None:
    file = tree / "tui_dl" / "cli" / "commands" / "count_words.py"
    file.write_text(TOY.replace(lost, ""), encoding="utf-8")
    done = run("--help")
    assert done.returncode == 1
    assert f'{file}: needs lines HELP = "..." and GROUP = "...": Start a run, ' in done.stderr


def test_only_the_named_command_is_imported(run: Run, tree: Path) -> None:
    package = tree / "tui_dl" / "cli" / "commands"
    (package / "broken.py").write_text(
        'HELP = "fail"\nGROUP = "Experiments"\nraise RuntimeError("imported")\n'
    )
    assert run("count-words", "one").returncode == 0
    assert "count-words" in run("--help").stdout
    assert run("nosuch").returncode == 2
    assert "internal error: RuntimeError: imported" in run("broken").stderr


@pytest.mark.parametrize("name", registry.names())
def test_every_command_is_whole(name: str) -> None:
    command = registry.load(name)
    assert command.HELP
    assert command.HELP.strip().rstrip(".") == command.HELP
    assert "\n" not in command.HELP
    assert callable(command.add_arguments)
    assert callable(command.run)
    heading = next(it for it, entries in registry.groups() if (name, command.HELP) in entries)
    assert heading == command.GROUP
