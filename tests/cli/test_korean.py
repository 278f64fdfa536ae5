"""The command line in Korean: no two English words in a row but names, and JSON as ever."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fake_run import finished_run
from tests.parsers import parsers
from tests.shell import tui_dl
from tests.support.english import english
from tui_dl.cli.main import main
from tui_dl.support.settings import settings_path
from tui_dl.support.translations import use

ALLOWED = ("small one", "on AMD", "sepal length", "sepal width", "petal length", "petal width")
KOREAN = "ko_KR.UTF-8"

Say = Callable[..., str]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Say]:
    """Carries out a command line in Korean, and returns all that it prints."""
    monkeypatch.setenv("LANG", KOREAN)

    def run(*arguments: str, status: int = 0) -> str:
        assert main(arguments) == status
        printed = capsys.readouterr()
        return printed.out + printed.err

    yield run
    use("en")


@pytest.mark.parametrize("command", [*parsers()])
def test_help(command: str, say: Say) -> None:
    shown = say(*filter(None, [command]), "--help")
    assert shown.startswith("사용법: tui-dl")
    assert english(shown) == []


def test_what_runs_gave(say: Say, home: Path) -> None:
    for name in ("first", "second"):
        finished_run(home, name)
    for arguments in (
        ["runs"],
        ["show", "first"],
        ["show", "first", "--words"],
        ["compare", "first", "second"],
        ["plot", "first", "second"],
    ):
        shown = say(*arguments)
        assert english(shown, *ALLOWED) == [], arguments
        assert any("가" <= it <= "힣" for it in shown), arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "lenet5"],
        ["check", "spam"],
        ["data", "iris"],
        ["presets"],
        ["presets", "lenet5", "--lesson"],
        ["runs"],
        ["doctor"],
        ["download"],
    ],
)
def test_what_commands_print(say: Say, arguments: list[str]) -> None:
    assert english(say(*arguments), *ALLOWED) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["show", "first", "--picture", "none"],
        ["show", "first", "--epoch", "3"],
        ["show", "first", "--words", "--picture"],
        ["runs", "--all"],
        ["train"],
        ["train", "lenet"],
        ["train", "lenet5", "--seed", "x"],
        ["train", "lenet5", "--pace", "0"],
        ["train", "lenet5", "--set", "train.epoch=3"],
        ["train", "lenet5", "--set", "train.epochs=many"],
        ["train", "lenet5", "--set", "network[0].kernel=40"],
        ["train", "lenet5", "--variants", "--detach"],
        ["train", "lenet5", "--detach", "--headless"],
        ["train", "nowhere.toml"],
        ["train", "nowhere.csv"],
        ["data", "."],
        ["stop", "first"],
        ["resume", "first"],
        ["set", "first", "epochs=3"],
        ["set", "first", "learning_rate=0,1"],
        ["compare", "first"],
        ["compare", "first", "accuracy > 2"],
        ["compare", "first", "speed > 2"],
        ["predict", "first"],
        ["predict", "first", "--temperature", "-1"],
        ["attach", "nobody"],
        ["attach", "first"],
        ["verify", "nothing"],
        ["download", "mnits"],
        ["presets", "lenet"],
        ["presets", "--lesson"],
        ["lenet5"],
        ["runns"],
        ["--lang", "de"],
        [],
    ],
)
def test_errors(say: Say, home: Path, arguments: list[str]) -> None:
    finished_run(home, "first")
    shown = say(*arguments, status=2)
    assert shown.count("\n") == 1
    assert shown.startswith("tui-dl: ")
    assert english(shown) == []
    assert any("가" <= it <= "힣" for it in shown)


def test_json_is_the_same_in_every_language(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finished_run(home, "first")
    for arguments in (["runs"], ["show", "first"], ["check", "lenet5"], ["data", "iris"]):
        shown = []
        for language in ("en", "ko"):
            assert main(["--lang", language, *arguments, "--json"]) == 0
            shown.append([json.loads(line) for line in capsys.readouterr().out.splitlines()])
        assert _lasting(shown[0]) == _lasting(shown[1])
    use("en")


def _lasting(objects: list[dict[str, object]]) -> list[dict[str, object]]:
    """The objects without the memory that is free just now."""
    return [{key: it for key, it in each.items() if key != "memory"} for each in objects]


def test_a_language_is_chosen_before_or_after_a_command(say: Say) -> None:
    korean = "아직 실행이 없습니다"
    assert korean in say("runs")
    assert "No runs" in say("runs", "--lang", "en")
    assert "No runs" in say("--lang=en", "runs")
    assert "list all runs" in say("runs", "--help", "--lang", "en")
    assert korean in say("--lang", "en", "runs", "--lang", "ko")  # the last one


def test_the_settings_choose_the_language() -> None:
    settings_path().write_text('language = "ko"\n', encoding="utf-8")
    shown = tui_dl("doctor").stdout
    assert "한국어 (정한 곳 설정)" in shown
    assert "English, set by --lang" in tui_dl("doctor", "--lang", "en").stdout


@pytest.mark.slow
def test_progress_lines_and_predictions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LANG", KOREAN)
    shown = tui_dl("train", "first-network", "--headless", "--set", "train.epochs=2").stdout
    assert "에폭 2/2  훈련 " in shown
    assert english(shown) == []
    output = tmp_path / "predictions.csv"
    numbers = " ".join(["0"] * 64)
    done = tui_dl("predict", "last", "--text", numbers, "--output", str(output))
    assert done.stdout == f"예측 1개를 썼습니다: {output}\n"
    assert english(tui_dl("predict", "last", "--text", "one").stderr) == []


@pytest.mark.slow
def test_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", KOREAN)
    shown = tui_dl("verify", "neuron").stdout
    assert "성립" in shown
    assert english(shown) == []


@pytest.mark.parametrize("text", ["a\n1\n2\n", "a,b\n1,2\n", "a,b\n", "1,2\n3,4\n" * 40])
def test_a_table_that_is_looked_at(text: str, tmp_path: Path, say: Say) -> None:
    (tmp_path / "a.csv").write_text(text)
    status = 0 if text.count("\n") > 3 else 2
    assert english(say("data", str(tmp_path / "a.csv"), status=status)) == []


@pytest.mark.parametrize(
    "text", ["[data\n", "a = [1\n", 'a = "x\n', "a = \n", "a b\n", "a = 1 2\n"]
)
def test_what_is_wrong_with_toml(text: str, tmp_path: Path, say: Say) -> None:
    (tmp_path / "a.toml").write_text(text)
    assert english(say("check", str(tmp_path / "a.toml"), status=2)) == []
