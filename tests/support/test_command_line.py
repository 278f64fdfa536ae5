"""Hints name the program as the user can type it."""

import os
import sys
from pathlib import Path

import pytest

from tui_dl.support.command_line import NAME, command_line, install, starting_file


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation's script that the PATH does not lead to; we are in its parent's folder."""
    path = tmp_path / "a place" / "bin" / NAME
    path.parent.mkdir(parents=True)
    path.touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", ["pytest"])
    monkeypatch.setattr(sys, "executable", str(path.with_name("python")))
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.chdir(path.parent.parent)
    return path


def test_on_the_path(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(script.parent))
    assert command_line("show", "last") == "tui-dl show last"
    assert starting_file() == "`tui-dl presets lenet5 > mine.toml`"


def test_on_the_path_that_uv_run_made(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(script.parent))
    monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
    assert command_line("runs") == "bin/tui-dl runs"


def test_not_on_the_path(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command_line("attach", "a b") == "bin/tui-dl attach 'a b'"
    monkeypatch.chdir("/")
    assert command_line("runs") == f"'{str(script)[1:]}' runs"
    other = script.parent.parent / NAME
    other.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(other.parent))
    assert "/bin/" in command_line("runs")


def test_started_through_another_script(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = script.parent.parent / NAME
    user.touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(user)])
    assert command_line("runs") == "tui-dl runs"


def test_without_a_script(script: Path) -> None:
    script.unlink()
    assert command_line("runs") == "bin/python -m tui_dl runs"


def test_what_is_missing_is_installed_where_this_program_is(
    script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = script.parent.parent
    monkeypatch.setattr(sys, "prefix", str(home))
    assert install("gymnasium") == "bin/python -m pip install gymnasium"
    monkeypatch.setitem(sys.modules, "pip", None)  # as if it were not installed
    settings = home / "pyvenv.cfg"
    settings.write_text("home = /usr/bin\nuv = 0.9.7\n")
    assert install("gymnasium") == "uv pip install --python bin/python gymnasium"
    (home / "pipx_metadata.json").touch()
    assert install("gymnasium") == "pipx inject 'a place' gymnasium"
