"""`tui-dl predict` composes tunes in the meter of their style."""

from __future__ import annotations

import json
from pathlib import Path

import tui_dl
from tests.data.tunes import TUNES
from tests.shell import tui_dl as shell
from tui_dl.process.read_experiment import read


def test_a_composed_tune_says_its_meter(tmp_path: Path) -> None:
    def predict(*arguments: str) -> str:
        done = shell("predict", "last", *arguments, "--runs", str(tmp_path), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "tunes.abc").write_text(TUNES)
    experiment = read("music", [f"data.path={tmp_path / 'tunes.abc'}", "train.epochs=1"])
    *_, _ = tui_dl.train(experiment, runs=tmp_path, threads=1)
    found = json.loads(predict("--text", "A\x07 minor  6/8", "--json"))
    assert found["meter"] == "6/8"
    assert found["remarks"] == ["1 control or invisible character left out"]
    for name, head in (("a.abc", b"M:6/8\nL:1/8\n"), ("a.mid", b"\xff\x58\x04\x06\x03\x24\x08")):
        predict("--text", "A minor 6/8", "--output", name)
        assert head in (tmp_path / name).read_bytes()
