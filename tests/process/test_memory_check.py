"""A run that does not fit into memory is refused in one line before it starts."""

import json
import os
import resource
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.shell import ROOT, TUI_DL
from tui_dl import api
from tui_dl.cli.main import main
from tui_dl.process.spawn import command
from tui_dl.protocol.events import Failed
from tui_dl.runs.folder import create
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.spec.memory.need import need
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError

HUGE = ["--set", "network[0].filters=1000000", "--set", "data.batch_size=all"]
MB = 1_000_000


@pytest.mark.parametrize("command", [["check", "lenet5"], ["train", "lenet5", "--headless"]])
def test_what_cannot_fit_is_refused_in_one_line(
    command: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, *HUGE]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("tui-dl: memory: ")
    assert said.err.endswith(
        "for network[0] (conv2d): lower network[0].filters or data.batch_size\n"
    )
    assert not home.exists()


@pytest.mark.parametrize(
    ("change", "lower"),
    [
        ("data.resize=[100000, 100000]", "data.resize"),
        ("network[7].units=1000000", "network[7].units or data.batch_size"),
        ("network[8]={kind='repeat',times=500,layers=[{kind='dense',units=100000}]}", ".units or"),
    ],
)
def test_it_is_said_what_to_lower(change: str, lower: str) -> None:
    assert lower in need(read("lenet5", [change])).largest.lower


def test_from_python_it_is_refused_too(home: Path) -> None:
    with pytest.raises(UserError, match=r"memory: .* needed and .* available"):
        next(iter(api.train(read("lenet5", HUGE[1::2]), None, 1)))
    assert not home.exists()


def test_check_shows_the_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "lenet5"]) == 0
    assert "memory: 0." in capsys.readouterr().out
    assert main(["check", "lenet5", "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    memory = told["memory"]
    assert memory["needed"] == sum(memory["parts"].values()) < memory["available"]
    assert told["parameters"] == sum(layer["parameters"] for layer in told["layers"]) == 61_706
    assert told["layers"][0]["output"] == [6, 28, 28]


@pytest.mark.slow
def test_under_a_limit_check_and_train_agree(tmp_path: Path) -> None:
    def limited(megabytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        limit = (megabytes * MB,) * 2
        return subprocess.run(
            [*TUI_DL, *arguments],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit),
        )

    train = ["train", "first-network", "--headless", "--threads", "1", "--set", "train.epochs=2"]
    for status, megabytes in ((2, 600), (0, 1500)):
        checked = limited(megabytes, "check", "first-network")
        trained = limited(megabytes, *train)
        assert (checked.returncode, trained.returncode) == (status, status), trained.stderr
        assert checked.stderr == trained.stderr
        assert len(all_runs(Path(os.environ["TUI_DL_RUNS"]))) == (status == 0)


@pytest.mark.slow
def test_when_memory_runs_out_after_all_the_run_says_so_in_one_line(home: Path) -> None:
    wide = [f"network[{n}]={{kind='dense',units=20000}}" for n in (1, 2)]
    run = create(home, "wide", read("first-network", wide))
    limit = (1000 * MB,) * 2
    worker = subprocess.run(
        command("tui_dl.process.worker", str(run.path), "--threads", "1"),
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit),
    )
    failed = State(run).last(Failed)
    assert failed
    assert failed.reason.startswith("out of memory: lower data.batch_size")
    assert not failed.by_itself  # there may be more of it when it is resumed
    assert worker.stderr == ""
