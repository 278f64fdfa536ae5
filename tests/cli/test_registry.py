"""Commands are found by being in their folder; nothing else holds a command's name."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.adding.tree import TOYS, Tree
from tui_dl.cli import registry

Run = Callable[..., subprocess.CompletedProcess[str]]

COMMAND = "tui_dl/cli/commands/count_words.py"
TOY = (TOYS / "command" / COMMAND).read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A copy of the tree with one more command."""
    return Tree(tmp_path / "copy", ["command"])


@pytest.fixture
def run(tree: Tree) -> Run:
    """Runs the copy's program."""
    return tree.tui_dl


def test_a_file_is_all_that_a_command_needs(run: Run) -> None:
    listed = run("--help").stdout
    assert re.search(r"\n  count-words +count words\n", listed)
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
def test_a_file_that_the_list_cannot_show_is_named(run: Run, tree: Tree, lost: str) -> None:
    file = tree.root / COMMAND
    file.write_text(TOY.replace(lost, ""), encoding="utf-8")
    done = run("--help")
    assert done.returncode == 1
    assert f'{file}: needs lines HELP = "..." and GROUP = "...": Start a run, ' in done.stderr


def test_only_the_named_command_is_imported(run: Run, tree: Tree) -> None:
    package = (tree.root / COMMAND).parent
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
