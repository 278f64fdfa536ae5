"""`tui-dl verify` and `tui-dl train --variants`, with real runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shell import in_process, on_terminal, tui_dl
from tui_dl.runs.home import all_runs

TEXT = """
title = "two layers"
data = { source = "digits", batch_size = 64 }
network = [
    { kind = "flatten" },
    { kind = "dense", units = 8 },
    { kind = "relu" },
    { kind = "dense", units = 10 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.1 }, epochs = 3 }
[[variant]]
name = "slow"
set = { "train.optimizer.learning_rate" = 0.0001 }
[[claim]]
says = "the slow one learns less"
ko = "느린 쪽은 덜 배운다"
test = "slow.train_loss.last > 1.05 * train_loss.last"
"""
FALSE = '[[claim]]\nsays = "it is perfect"\ntest = "test_accuracy > 0.9999"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.slow
def test_claims_that_hold(file: Path, home: Path) -> None:
    done = tui_dl("verify", str(file), "--seeds", "2")
    assert done.returncode == 0, done.stderr
    assert f"{file}, seed 0: 1 of 1 claims holds," in done.stdout
    assert f"{file}, seed 1: 1 of 1 claims holds," in done.stdout
    assert "holds  the slow one learns less" in done.stdout
    assert "\n2 of 2 claims hold\n" in done.stdout
    assert f"longest: {file}, seed " in done.stdout
    assert not home.exists()  # the user's runs are as they were
    kept = file.parent / "kept"
    korean = tui_dl("verify", str(file), "--lang", "ko", "--keep", str(kept))
    assert "느린 쪽은 덜 배운다" in korean.stdout
    assert [run.name for run in all_runs(kept)].count("mine-slow") == 1


@pytest.mark.slow
def test_a_claim_that_does_not_hold_is_an_exit_status(file: Path) -> None:
    file.write_text(TEXT + FALSE, encoding="utf-8")
    done = tui_dl("verify", str(file), "--seed", "5")
    assert done.returncode == 1
    assert "FAILS  it is perfect" in done.stdout
    assert "1 of 2 claims holds" in done.stdout
    assert f"Train it again: tui-dl train {file} --seed 5 --variants" in done.stdout
    done = tui_dl("verify", str(file), "--seed", "5", "--json")
    assert done.returncode == 1
    held, failed = map(json.loads, done.stdout.splitlines())
    assert held["holds"] is True
    assert held["seed"] == 5
    assert held["margin"] == pytest.approx(
        abs(held["left"] - held["right"]) / max(held["left"], held["right"])
    )
    assert (failed["holds"], failed["right"], failed["problem"]) == (False, 0.9999, None)


def test_what_cannot_be_verified_is_refused(file: Path) -> None:
    file.write_text(TEXT.partition("[[claim]]")[0], encoding="utf-8")
    for arguments, says in (
        ([str(file)], "has no [[claim]] to verify"),
        (["nosuch"], "nosuch: no such preset or file"),
        (["--seeds", "0"], "'0' is not a whole number from 1 to 100"),
        (["--lang", "de"], "--lang: invalid choice: 'de'"),
    ):
        done = in_process("verify", *arguments)
        assert done.returncode == 2
        assert says in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_variants_are_runs_with_their_names(file: Path) -> None:
    done = tui_dl("train", str(file), "--variants", "--name", "race")
    assert done.returncode == 0, done.stderr
    assert "slow: finished after 3 epochs" in done.stdout
    names = [line.split()[0].split("-", 2)[2] for line in tui_dl("runs").stdout.splitlines()[1:]]
    assert sorted(name.rpartition("-")[0] for name in names) == ["race", "race-slow"]
    done = tui_dl("train", str(file), "--variants", "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted((it["variant"], it["status"]) for it in found) == [
        ("", "finished"),
        ("slow", "finished"),
    ]


@pytest.mark.slow
def test_variants_on_a_terminal_say_how_to_watch_them(file: Path, home: Path) -> None:
    done = on_terminal(60, 24, "train", str(file), "--variants", "--name", "race")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("2 runs, as lines of text. To watch their curves, open ")
    ids = {line.split()[0] for line in tui_dl("runs").stdout.splitlines()[1:]}
    assert {line.split()[-1] for line in lines[-2:]} == ids  # whole, in the table
    done = on_terminal(60, 24, "train", str(file), "--variants", "--headless")
    assert "as lines of text" not in done.stdout


def test_variants_that_there_are_not_are_refused(file: Path, home: Path) -> None:
    for arguments, says in (
        (["first-network", "--variants"], "first-network: has no [[variant]]: leave --variants"),
        ([str(file), "--variants", "--detach"], "--detach: a batch of variants needs this process"),
    ):
        done = in_process("train", *arguments)
        assert done.returncode == 2
        assert says in done.stderr
    assert not home.exists()


def test_a_lesson_is_printed_in_a_language() -> None:
    korean = tui_dl("presets", "first-network", "--lesson", "--lang", "ko").stdout
    assert korean.startswith("# 첫 신경망")
    assert "## 까닭" in korean
    english = tui_dl("presets", "first-network", "--lesson").stdout
    assert "## What you will see" in english
    assert tui_dl("presets", "first-network").stdout.startswith("format = 1")


def test_the_list_is_in_the_language_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert "첫걸음" in tui_dl("presets").stdout
    assert "First steps" in tui_dl("presets", "--lang", "en").stdout
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "First steps" in tui_dl("presets").stdout
