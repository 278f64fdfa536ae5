"""`tui-dl predict` for every task: the same as from Python, and bad input in one line."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Hashable
from pathlib import Path

import msgspec
import numpy as np
import pytest

import tui_dl
from tests.shell import tui_dl as shell
from tests.typed import own_lines, typed
from tui_dl import data, presets
from tui_dl.cli.main import main
from tui_dl.engine.inference.model import Model
from tui_dl.engine.inference.table_model import TableModel
from tui_dl.engine.inference.tasks import Options
from tui_dl.process.predict.answers import of_file
from tui_dl.process.read_experiment import read
from tui_dl.protocol.answer import Answer
from tui_dl.protocol.events import Ended
from tui_dl.runs.folder import create
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError

TAGGER = [
    "data.task=tag",
    "network=[{kind='embedding',size=16},"
    "{kind='lstm',units=24,bidirectional=true,output='sequence'},{kind='dense',units=7}]",
    "train.metrics=['accuracy']",
    "train.epochs=8",
    "train.optimizer.learning_rate=0.01",
]
AUTOENCODER = [
    "train.target=input",
    "train.loss=mean_squared_error",
    "network=[{kind='flatten'},{kind='dense',units=8},{kind='dense',units=64},"
    "{kind='reshape',shape=[1,8,8]}]",
]


def kind_of(preset: str) -> Hashable:
    """What presets that are predicted with alike have in common."""
    raw = tomllib.loads(presets.find(preset).read_text(encoding="utf-8"))
    train = raw.get("train", {})
    return (
        raw["data"]["source"],
        raw["data"].get("task"),
        str(train.get("loss")),
        train.get("target"),
    )


OF_EACH_KIND = {kind_of(name): name for name in reversed(presets.COURSE)}.values()
PRESETS = [
    name if name in OF_EACH_KIND else pytest.param(name, marks=pytest.mark.slow)
    for name in presets.COURSE
]


def trained(home: Path, name: str, *overrides: str) -> Model:
    """The network of a short run."""
    *_, last = tui_dl.train(small(name, *overrides), runs=home, threads=1)
    assert isinstance(last, Ended)
    return tui_dl.load("last", runs=home)


def small(name: str, *overrides: str) -> Experiment:
    """A preset with one epoch, and with few samples where their number can be said."""
    given = ["train.epochs=1", *overrides]
    try:
        return read(name, ["data.samples=300", *given])
    except UserError:
        return read(name, given)


def predict(home: Path, *arguments: str, cwd: Path | None = None) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of the command, of the newest run."""
    done = shell("predict", "last", *arguments, "--runs", str(home), cwd=cwd or home)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("name", PRESETS)
def test_the_shell_says_what_python_says(name: str, tmp_path: Path) -> None:
    experiment = small(name)
    if experiment.data.is_missing:
        pytest.skip(f"{name} needs an extra that is not installed")
    if experiment.task == "act":
        create(tmp_path, name, experiment)
        status, printed, says = predict(tmp_path, "--text", "0 0 0 0")
        assert (status, printed) == (2, "")
        assert "there is nothing to predict" in says
        return
    model = trained(tmp_path, name, "train.optimizer.learning_rate=1e-6")
    samples = data.load(experiment.data, experiment.train.seed).test
    given = typed(model.experiment, samples)
    if isinstance(given, Path):
        assert isinstance(model, TableModel)
        expected, arguments = model.answer(given), [str(given)]
        plain = model.predict(given).tolist()
        said = [it if isinstance(it, str) else float(f"{it:.7g}") for it in plain]
        assert [it.prediction for it in expected] == said
    else:
        expected = model.answer(given)
        if experiment.task == "complete":
            assert expected[0].prediction == model.generate(given[0])  # later ones draw anew
        (tmp_path / "given.txt").write_text("\n".join(given) + "\n", encoding="utf-8")
        arguments = ["given.txt"]
        if data.is_sample(experiment.data, tmp_path / "given.txt"):  # such as a table of a series
            arguments = [word for line in given for word in ("--text", line)]
        if not own_lines(experiment.data):
            check_against_arrays(model, samples.take(np.arange(len(given))), expected)
    status, printed, _ = predict(tmp_path, "--json", *arguments)
    assert status == 0
    found = [msgspec.json.decode(line, type=Answer) for line in printed.splitlines()]
    assert found == expected


def check_against_arrays(model: Model, samples: data.Samples, answers: list[Answer]) -> None:
    """Compare answers to typed samples with what `Model.predict` says of the samples themselves."""
    experiment = model.experiment
    if experiment.task == "complete":
        return
    inputs = samples.inputs.reshape(len(samples), *experiment.data_spec.input.shape)
    outputs = model.predict(inputs, samples.lengths)
    said = [it.prediction for it in answers]
    if experiment.task == "score":
        errors = ((outputs.reshape(len(said), -1) - samples.inputs) ** 2).mean(axis=1)
        np.testing.assert_allclose(np.array(said, np.float64), errors, rtol=1e-4)
    elif experiment.task == "tag":
        assert samples.lengths is not None
        tags = np.array(experiment.data_spec.class_names)[outputs.argmax(axis=2)]
        rows = zip(tags, samples.lengths, strict=True)
        assert said == [" ".join(row[:length]) for row, length in rows]
    elif experiment.task == "translate":
        assert said == data.characters.decode(outputs, experiment.data.writes)
    elif experiment.task == "estimate":
        flat = np.array(said, np.float64).reshape(len(said), -1)
        np.testing.assert_allclose(flat, outputs.reshape(len(said), -1), rtol=1e-6)
    else:
        logits = outputs.reshape(len(said), -1)
        classes = logits.argmax(axis=1) if logits.shape[1] > 1 else logits[:, 0] > 0
        names = experiment.data_spec.class_names or [str(it) for it in range(1_000)]
        assert said == [names[int(it)] for it in classes]


def number(answer: Answer) -> float:
    assert isinstance(answer.prediction, float)
    return answer.prediction


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("tagger")
    trained(home, "translate-dates", "data.samples=1500", *TAGGER)
    return home


def test_spans_are_found_in_a_text(tagger: Path) -> None:
    (tagger / "dates.txt").write_text("3 March 2021\r\nMonday, 17 June 1985\r\n")
    _, printed, _ = predict(tagger, "dates.txt", "--json")
    first, second = (json.loads(line)["spans"] for line in printed.splitlines())
    assert {it["kind"]: it["text"] for it in first} == {
        "day": "3",
        "month": "March",
        "year": "2021",
    }
    assert {it["kind"]: it["text"] for it in second}["year"] == "1985"
    assert all(0 < it["probability"] <= 1 for it in first)
    _, table, _ = predict(tagger, "--text", "3 March 2021")
    assert table.splitlines()[0] == "prediction,spans"
    assert table.splitlines()[1].endswith(",day=3; month=March; year=2021")


BAD_LINES = [
    (b"3 March 2021\n\xec\x95\x88\xeb\x85\x95\n", "bad.txt, line 2: '안녕': '안' is not one of"),
    (b"3 March 2021\n\n5 May 1999\n", "bad.txt, line 2: is empty: wanted: a text of at most 33"),
    (b"3 March 2021\n" + b"1" * 34, "bad.txt, line 2: '1111111111"),
    (b"1" * 100_000, "100,000 characters: 1 to 33 are allowed"),
    (b"3 March 2021\n4 M\xe4rz\n", "bad.txt, line 2: byte 16 (0xe4) is not UTF-8"),
    (b"", "bad.txt is empty: give a line for each sample"),
    (b"\x89PNG\r\n\x1a\n1234", "bad.txt is a picture, not a text"),
    (b"3 March\x1b[31m 2021\n", "'[' is not one of the characters"),
]


@pytest.mark.parametrize(("content", "says"), BAD_LINES)
def test_a_bad_line_is_named(content: bytes, says: str, tagger: Path) -> None:
    file = tagger / "bad.txt"
    file.write_bytes(content)
    with pytest.raises(UserError) as error:
        of_file(tui_dl.load("last", runs=tagger), file, Options())
    assert says in str(error.value)
    assert len(str(error.value)) < 400


def test_of_a_file_with_a_bad_line_nothing_is_written(tagger: Path) -> None:
    (tagger / "worse.txt").write_text("3 March 2021\n3 March\x1b[31m 2021\n")
    status, printed, error = predict(tagger, "worse.txt", "--output", "out.csv")
    assert (status, printed) == (2, "")
    assert "worse.txt, line 2: " in error
    assert len(error.splitlines()) == 1
    assert "\x1b" not in error
    assert not (tagger / "out.csv").exists()


WRONG = [
    (["--text", "5 May 1999", "bad.txt"], "argument FILE: not allowed with argument --text"),
    (["--text", "5 May 1999", "--temperature", "1"], "--temperature = 1.0: the network generates"),
    (["--text", "5 May 1999", "--length", "5"], "--length = 5: the network generates nothing"),
    (["--text", "5 May 1999", "--seed", "-1"], "'-1' is not a whole number"),
    (["--text", "5 May 1999", "--temperature", "nan"], "'nan' is not a number of 0 or more"),
    (["--text", " "], "argument --text: is empty"),
    (["no-such-file.txt"], "no-such-file.txt: No such file or directory"),
    (["."], "is a folder: give a file in it"),
    ([], "give FILE, or a line by --text: there is no terminal for a prompt"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_a_wrong_request_is_refused_in_one_line(
    arguments: list[str],
    says: str,
    tagger: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tagger)
    assert main(["predict", "last", "--runs", str(tagger), *arguments]) == 2
    printed, error = capfd.readouterr()
    assert not printed
    assert says in error
    assert len(error.splitlines()) == 1


def test_translations_can_be_drawn(tmp_path: Path) -> None:
    model = trained(tmp_path, "translate-dates")
    lines = ["3 March 2021"] * 4
    arguments = [f"--text={it}" for it in lines]
    _, printed, _ = predict(tmp_path, *arguments, "--temperature", "1", "--seed", "5", "--json")
    found = [msgspec.json.decode(it, type=Answer) for it in printed.splitlines()]
    assert found == model.answer(lines, temperature=1.0, seed=5)
    assert len({it.prediction for it in found}) > 1
    assert len({it.prediction for it in model.answer(lines)}) == 1


def test_an_autoencoder_scores_what_is_unusual(tmp_path: Path) -> None:
    model = trained(tmp_path, "first-network", *AUTOENCODER, "train.epochs=5")
    test = data.load(model.experiment.data, model.experiment.train.seed).test
    usual = [" ".join(f"{it:.9g}" for it in row) for row in test.inputs[:20]]
    noise = np.random.default_rng(0).random((5, 64)).round(3)
    answers = model.answer([*usual, *(" ".join(map(str, row)) for row in noise)])
    errors = [number(it) for it in answers]
    (limit,) = {it.limit for it in answers}
    assert limit is not None
    assert min(errors[20:]) > limit
    assert sum(it > limit for it in errors[:20]) <= 2
    reconstructed = model.predict(test.inputs[:20].reshape(-1, 1, 8, 8)).reshape(20, -1)
    expected = ((reconstructed - test.inputs[:20]) ** 2).mean(axis=1)
    np.testing.assert_allclose(errors[:20], expected, rtol=1e-4)


def test_a_row_of_a_table_is_typed_as_its_cells(tmp_path: Path) -> None:
    model = trained(tmp_path, "iris")
    assert isinstance(model, TableModel)
    row = {
        "sepal length": "5.1", "sepal width": "3.5", "petal length": "1.4", "petal width": "0.2",
    }  # fmt: skip
    (expected,) = model.answer([row])
    assert model.answer([",".join(row.values())]) == [expected]
    assert predict(tmp_path, "--text", "5.1, 3.5, 1.4, 0.2", "--json")[1] == (
        msgspec.json.encode(expected).decode() + "\n"
    )
    status, _, error = predict(tmp_path, "--text", "5.1,3.5")
    assert status == 2
    assert "2 cells: wanted: sepal length, sepal width, petal length, petal width" in error


def test_nothing_is_predicted_before_weights_are_saved(tmp_path: Path) -> None:
    create(tmp_path, "spam", read("spam"))
    status, _, error = predict(tmp_path, "--text", "hello")
    assert status == 2
    assert "the run has saved no weights yet" in error
