"""Whatever the umask is, nobody else may look into runs, or write into them."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.shell import ROOT, TUI_DL, tui_dl

SHORT = ["train", "first-network", "--threads", "1", "--set", "train.epochs=2"]
IN_PYTHON = """
import os, sys, tui_dl
os.umask(0)
for event in tui_dl.train("first-network", runs=sys.argv[1], threads=1):
    if type(event).__name__ == "EpochEnded": break
"""


def open_to_others(folder: Path) -> list[Path]:
    found = [folder, *folder.rglob("*")]
    assert len(found) > 8
    return [path for path in found if path.stat().st_mode & 0o077]


def test_runs_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "share" / "tui-dl" / "runs"
    monkeypatch.setenv("TUI_DL_RUNS", str(home))
    before = os.umask(0)
    try:
        assert tui_dl(*SHORT, "--detach", "--set", "train.epochs=1000000").returncode == 0
        for command in (["set", "last", "learning_rate=0.01"], ["pause", "last"]):
            assert tui_dl(*command).returncode == 0
        assert open_to_others(tmp_path / "share") == []
        for command in (["resume", "last", "--detach"], ["stop", "last"]):
            assert tui_dl(*command).returncode == 0
    finally:
        os.umask(before)
    assert open_to_others(tmp_path / "share") == []


def test_runs_from_python(tmp_path: Path) -> None:
    home = tmp_path / "share" / "runs"
    command = [TUI_DL[0], "-c", IN_PYTHON, str(home)]
    subprocess.run(command, check=True, cwd=ROOT, timeout=120)
    assert open_to_others(tmp_path / "share") == []
