"""``train --from``: a run that goes on from another one has the numbers of one that was longer."""

import json

import pytest

from tests.shell import in_process, tui_dl
from tui_dl.runs import checkpoint
from tui_dl.runs.home import find, runs_home
from tui_dl.runs.status import State

TRAIN = ("train", "--headless", "--threads", "1")


@pytest.fixture
def short() -> str:
    """The id of a run of two epochs."""
    assert tui_dl(*TRAIN, "first-network", "--set", "train.epochs=2").returncode == 0
    return find(runs_home(), "last").id


@pytest.mark.slow
def test_the_numbers_are_those_of_a_longer_run(short: str) -> None:
    more = ("--set", "train.epochs=4")
    done = tui_dl(*TRAIN, "--from", short, *more, "--name", "extended")
    assert done.returncode == 0, done.stderr
    assert f"goes on from epoch 2 of {short}, with the numbers of a run" in done.stdout
    assert "epoch 1/" not in done.stdout
    assert tui_dl(*TRAIN, "first-network", *more, "--name", "whole").returncode == 0
    extended, whole = (find(runs_home(), name) for name in ("extended", "whole"))
    ours, theirs = (checkpoint.read(run.last)[0] for run in (extended, whole))
    assert {name: it.tobytes() for name, it in ours.items()} == {
        name: it.tobytes() for name, it in theirs.items()
    }
    losses = [[it.validation_loss for it in State(run).epochs] for run in (extended, whole)]
    assert losses[0] == losses[1]
    assert len(losses[0]) == 4
    shown = json.loads(tui_dl("show", "extended", "--json").stdout)
    assert (shown["extends"]["run"], shown["extends"]["epoch"]) == (short, 2)
    assert shown["extends"]["differs"] == []
    compared = json.loads(tui_dl("compare", short, "extended", "whole", "--json").stdout)
    assert [len(it["runs"]) for it in compared["columns"]] == [1, 2]
    assert compared["columns"][1]["settings"]["train.epochs"] == "4"


def test_other_rates_are_said(short: str) -> None:
    change = ("--set", "train.epochs=3", "--set", "train.optimizer.learning_rate=0.001")
    done = tui_dl(*TRAIN, "--from", short, *change)
    assert done.returncode == 0, done.stderr
    assert "as until then train.optimizer.learning_rate=0.005" in done.stdout


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((), "it has trained 2 epochs: ask for more, such as --set train.epochs=4"),
        (("--set", "train.epochs=2"), "ask for more"),
        (("--set", "train.epochs=9", "--set", "network[1].units=7"), "can change when training"),
        (("--set", "train.epochs=9", "--seed", "3"), "train.seed=3: only train.epochs"),
        (("--variants",), "--variants: they begin anew"),
    ],
)
def test_what_cannot_go_on_is_refused(change: tuple[str, ...], says: str, short: str) -> None:
    refused = in_process(*TRAIN, "--from", short, *change)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert says in refused.stderr
    assert len(list(runs_home().glob("2*"))) == 1
