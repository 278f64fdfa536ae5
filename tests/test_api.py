"""The Python API: the documented example, and what `predict` accepts and refuses."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

import tui_dl
from tests.fake_run import run_folder
from tests.shell import ROOT
from tui_dl.engine.inference.model import Model
from tui_dl.process import launch
from tui_dl.protocol.events import Checkpointed, Ended, EpochEnded, Evaluated, Failed, Started
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError

EXAMPLE = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text("utf-8"), re.S)


def trained(home: Path, name: str, *overrides: str) -> Model:
    events = list(tui_dl.train(read(name, list(overrides)), runs=str(home), threads=2))
    assert isinstance(events[-1], Ended)
    return tui_dl.load("last", runs=str(home), threads=2)


@pytest.fixture(scope="module")
def dense(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return trained(tmp_path_factory.mktemp("runs"), "first-network", "train.epochs=2")


@pytest.fixture(scope="module")
def symbols(tmp_path_factory: pytest.TempPathFactory) -> Model:
    short = "train.epochs=1", "data.samples=300", "data.length=12", "data.shortest=none"
    return trained(tmp_path_factory.mktemp("runs"), "memory", *short)


def test_the_documented_example(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EXAMPLE[0]], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1].startswith("(5, 10) [")
    (run,) = all_runs(home)
    assert State(run).status == "finished"


def test_importing_is_light() -> None:
    code = "import sys, tui_dl; print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert "'tui_dl'" in done.stdout
    assert not {"numpy", "numba", "msgspec"} & set(re.findall(r"'(\w+)'", done.stdout))


@pytest.mark.parametrize(
    ("preset", "overrides"),
    [
        ("lenet5", ["train.epochs=3"]),
        ("early-stopping", ["train.epochs=30"]),
        ("first-network", ["train.epochs=2", "train.weight_average=0.9"]),
    ],
)
def test_predictions_are_those_the_run_was_evaluated_by(
    preset: str, overrides: list[str], home: Path
) -> None:
    from tui_dl import data

    experiment = read(preset, overrides)
    events = list(tui_dl.train(experiment))
    model = tui_dl.load(State(all_runs(home)[0]).run.path)
    for split in ("train", "test"):
        samples = getattr(data.load(experiment.data, experiment.train.seed), split)
        x = samples.inputs.reshape(-1, *experiment.data_spec.input.shape)
        hits = float(np.mean(model.predict(x).argmax(axis=1) == samples.targets))
        (evaluated,) = (e for e in events if isinstance(e, Evaluated) and e.split == split)
        assert hits == pytest.approx(evaluated.accuracy)


@pytest.mark.parametrize("count", [1, 15, 17, 128, 129, 1000])
def test_any_number_of_samples_in_any_layout(dense: Model, count: int) -> None:
    x = np.random.default_rng(count).random((count, 1, 8, 8)).astype(np.float32)
    y = dense.predict(x)
    assert y.shape == (count, 10)
    np.testing.assert_array_equal(dense.predict(x.astype(np.float64)), y)
    np.testing.assert_array_equal(dense.predict(x.repeat(2, axis=3)[..., ::2]), y)
    np.testing.assert_array_equal(dense.predict(np.asfortranarray(x)), y)
    np.testing.assert_array_equal(dense.predict(x[:1]), y[:1])


@pytest.mark.parametrize(
    ("x", "says"),
    [
        (np.zeros((3, 8, 8)), "expects 1 × 8 × 8 a sample, got 8 × 8"),
        (np.zeros((3, 1, 8, 9)), "expects 1 × 8 × 8 a sample, got 1 × 8 × 9"),
        (np.float32(3), "expects 1 × 8 × 8 a sample, got single numbers"),
        (np.zeros((0, 1, 8, 8)), "expects 1 × 8 × 8 a sample, got an empty batch"),
        (np.full((2, 1, 8, 8), np.nan), "got NaN or inf in 2 of 2, the first in sample 0"),
        (np.full((2, 1, 8, 8), 1e300), "got NaN or inf in 2 of 2"),
        (np.zeros((2, 1, 8, 8), complex), "as real numbers, got complex128"),
        (np.zeros((2, 1, 8, 8), object), "as real numbers, got objects that are not numbers"),
        (np.full((2, 1, 8, 8), "x"), "as real numbers, got text"),
        ("first-network", "as real numbers, got text"),
        (None, "as real numbers, got objects"),
        ([[1.0], [1.0, 2.0]], "got rows of different lengths: pad them"),
    ],
)
def test_what_cannot_be_taken_is_refused(dense: Model, x: object, says: str) -> None:
    with pytest.raises(ValueError, match=f"^flatten_1: .*{says}"):
        dense.predict(x)  # type: ignore[arg-type]


def test_symbols_have_to_be_known_ones(symbols: Model) -> None:
    assert symbols.predict(np.ones((5, 12), np.uint8)).shape == (5, 4)
    for wrong in (4, -1, 2**32, -(2**40)):
        with pytest.raises(
            ValueError, match=r"^embedding_1: .*token ids that are not 0 to 3 in 1 of"
        ):
            symbols.predict([[0] * 12, [0] * 11 + [wrong]])
    with pytest.raises(ValueError, match="as whole numbers, got float64"):
        symbols.predict(np.zeros((2, 12)))


def test_a_run_that_fails_says_so_last(home: Path) -> None:
    wild = read("early-stopping", ['train.optimizer={kind="sgd",learning_rate=1000.0}'])
    events = list(tui_dl.train(wild))
    assert isinstance(events[-1], Failed)
    assert "learning rate" in events[-1].reason


LEAVING = """
import tui_dl
events = tui_dl.train("first-network", threads=2)
for event in events:
    if getattr(event, "epoch", 0) == 3:
        {how}
"""


WAYS = ["break\ndel events", "raise RuntimeError", "exit()"]  # beside the shortest one


@pytest.mark.parametrize(
    "how", ["break", *(pytest.param(it, marks=pytest.mark.slow) for it in WAYS)]
)
def test_a_run_that_is_left_is_stopped_and_can_be_resumed(how: str, home: Path) -> None:
    code = LEAVING.format(how=how)
    subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, cwd=ROOT)
    (run,) = all_runs(home)
    state = State(run)
    assert (state.status, state.alive) == ("stopped", False)
    assert state.last(Checkpointed).step == 3 * state.last(Started).steps_per_epoch
    x = np.zeros((1, 1, 8, 8))
    assert tui_dl.load("first-network").predict(x).shape == (1, 10)
    os.waitpid(launch.resume(run), 0)
    assert State(run).status == "finished"


def test_an_interrupt_in_the_middle_of_a_step_is_said(
    home: Path,
) -> None:
    events = tui_dl.train("first-network")
    while not isinstance(next(events), EpochEnded):
        pass
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(events)
    finally:
        signal.signal(signal.SIGALRM, before)
    (run,) = all_runs(home)
    assert State(run).can_resume
    assert str(State(run).failure).startswith("interrupted in the middle of a step; ")


def test_a_run_without_weights_cannot_be_loaded(home: Path) -> None:
    run = run_folder(home, "fresh")
    with pytest.raises(
        UserError, match=f"{run.id}: nothing to load: the run has saved no weights yet"
    ):
        tui_dl.load("fresh")


@pytest.mark.parametrize(
    ("lengths", "says"),
    [
        ([5], "got lengths that are not whole numbers from 1 to 12, one a sample"),
        ([[5, 5]], "one a sample"),
        (5, "one a sample"),
        ([5, 0], "from 1 to 12"),
        ([-5, 5], "from 1 to 12"),
        ([5, 13], "from 1 to 12"),
        ([5, 2**32 + 5], "from 1 to 12"),
        ([5, 2**70], "lengths as whole numbers, got objects that are not numbers, or too"),
        ([5.5, 5.0], "lengths as whole numbers, got float64"),
        ([True, True], "lengths as whole numbers, got bool"),
        (["5", "5"], "lengths as whole numbers, got text"),
        ([[5], [5, 5]], "got rows of different lengths"),
    ],
)
def test_lengths_have_to_be_those_of_the_samples(symbols: Model, lengths: Any, says: str) -> None:
    x = np.zeros((2, 12), np.int32)
    assert symbols.predict(x, [5, 12]).shape == (2, 4)
    with pytest.raises(ValueError, match=f"^embedding_1: expects 12 .* a sample, .*{says}"):
        symbols.predict(x, lengths)


def test_what_has_no_time_takes_no_lengths(dense: Model) -> None:
    with pytest.raises(
        ValueError, match=r"^flatten_1: .* got lengths, but the network has no time"
    ):
        dense.predict(np.zeros((2, 1, 8, 8)), [1, 1])


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: tui_dl.train("lenet5", threads=0), ValueError, "threads = 0: a whole number"),
        (lambda: tui_dl.train("lenet5", threads=257), ValueError, "from 1 to 256 is needed"),
        (lambda: tui_dl.train("lenet5", threads=True), TypeError, "threads = True: "),
        (lambda: tui_dl.train("lenet5", threads="2"), TypeError, "threads = '2': "),  # type: ignore[arg-type]
        (lambda: tui_dl.train("lenet5", threads=1.5), TypeError, "threads = 1.5: "),  # type: ignore[arg-type]
        (lambda: tui_dl.train(3), TypeError, "experiment = 3: a preset's name, "),  # type: ignore[arg-type]
        (lambda: tui_dl.train(None), TypeError, "experiment = None: "),  # type: ignore[arg-type]
        (lambda: tui_dl.train(""), TypeError, "experiment = '': "),
        (lambda: tui_dl.train("lenet5", runs=3), TypeError, "runs = 3: the folder of all runs"),  # type: ignore[arg-type]
        (lambda: tui_dl.load(3), TypeError, "run = 3: a run's id, name or folder is needed"),  # type: ignore[arg-type]
        (lambda: tui_dl.load(""), TypeError, "run = '': "),
        (lambda: tui_dl.load("last", threads=0), ValueError, "threads = 0: "),
        (
            lambda: tui_dl.load("/"),
            UserError,
            "/: not the folder of a run: it has no experiment.toml",
        ),
        (lambda: tui_dl.load(Path("last")), UserError, "last: not the folder of a run"),
        (lambda: read("lenet5", "train.epochs=3"), TypeError, "write ['train.epochs=3']"),  # type: ignore[arg-type]
        (lambda: read("lenet5", [3]), TypeError, "overrides = [3]: a list of texts is needed"),  # type: ignore[list-item]
        (lambda: read("lenet5", 3), TypeError, "overrides = 3: a list of texts is needed"),  # type: ignore[arg-type]
        (lambda: read("lenet5", {"train.epochs": 3}), TypeError, "a list of texts is needed"),  # type: ignore[arg-type]
        (lambda: read(3), TypeError, "name = 3: a preset's name or an experiment file's path"),  # type: ignore[arg-type]
    ],
)
def test_wrong_arguments_are_named(
    call: Callable[[], object], error: type[Exception], says: str, home: Path
) -> None:
    with pytest.raises(error, match=re.escape(says)) as raised:
        call()
    assert "\n" not in str(raised.value)
    assert not home.exists()


def test_a_path_is_as_good_as_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "mine.toml"
    file.write_text(read("first-network", ["train.epochs=1"]).to_toml(), encoding="utf-8")
    assert read(file) == read(str(file))
    (tmp_path / "last").mkdir()  # of the same name as what is meant
    list(tui_dl.train(file, runs=tmp_path / "runs"))
    (run,) = all_runs(tmp_path / "runs")
    x = np.zeros((1, 1, 8, 8))
    answers = [
        tui_dl.load(which, runs=tmp_path / "runs").predict(x).tolist()
        for which in ("last", run.path, f"runs/{run.id}", run.id[:15])
    ]
    assert answers == answers[:1] * 4


def test_wrong_requests_are_user_errors(home: Path) -> None:
    with pytest.raises(UserError, match="no such preset"):
        tui_dl.train("lenet6")
    with pytest.raises(UserError, match="no runs here yet"):
        tui_dl.load("last")
    assert isinstance(read("lenet5"), Experiment)


def test_an_experiment_made_by_hand_is_checked_like_a_file(tmp_path: Path) -> None:
    good = read("first-network")
    too_much = msgspec.structs.replace(good.data, validation=0.9, test=0.9)
    wrong_type = msgspec.structs.replace(good.train, epochs="many")
    for made, says in (
        (msgspec.structs.replace(good, data=too_much), "experiment: data: validation and test"),
        (msgspec.structs.replace(good, train=wrong_type), "experiment: train.epochs: "),
    ):
        with pytest.raises(UserError, match=says):
            tui_dl.train(made, runs=tmp_path / "runs")
    assert not list(tmp_path.iterdir())
