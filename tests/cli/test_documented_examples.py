"""The examples of docs/commands.md: each command has one, and prints what is written there."""

import re
from pathlib import Path

import pytest

from tests.shell import ROOT, tui_dl
from tui_dl.cli import registry

TEXT = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```console\n\$ tui-dl (.*)\n((?:.|\n)*?)```$", TEXT, re.M)
SAME_EVERYWHERE = ("presets", "check first-network", "train lenet")


def test_every_command_has_an_example() -> None:
    assert {arguments.split()[0] for arguments, _ in EXAMPLES} == set(registry.names())


@pytest.mark.parametrize("arguments", SAME_EVERYWHERE)
def test_an_example_shows_what_is_printed(arguments: str, tmp_path: Path) -> None:
    """All of it, but for the memory that this machine has available."""
    written = dict(EXAMPLES)[arguments]
    done = tui_dl(*arguments.split(), cwd=tmp_path)
    memory = re.compile(r"memory: .* available")
    assert memory.sub("", done.stdout + done.stderr) == memory.sub("", written)
