"""A table from its path to predictions, by the command line and from Python."""

import csv
import json
import random
import re
from pathlib import Path

import numpy as np
import pytest

import tui_dl
from tests.shell import tui_dl as shell
from tui_dl.engine.inference.table_model import ROWS as PART
from tui_dl.engine.inference.table_model import TableModel
from tui_dl.runs.home import all_runs
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError

ROWS = 240


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of which class and number are functions of the other columns."""
    draw, folder = random.Random(0), tmp_path_factory.mktemp("table")
    with (folder / "plants.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["plot", "height", "soil", "sown", "yield", "kind"])
        for row in range(ROWS):
            height, soil = draw.gauss(20, 5), draw.choice(["clay", "sand", "loam"])
            grown = 100 + 10 * height + {"clay": 50, "sand": -50, "loam": 0}[soil]
            kind = "tall" if height > 20 else "short"
            sown = f"2024-{1 + row % 12:02}-{1 + row % 28:02}"
            cells = [f"p{row:03}", f"{height:.3f}" if row % 19 else "", soil, sown]
            writer.writerow([*cells, f"{grown:.2f}", kind])
    return folder


@pytest.fixture(scope="module")
def runs(folder: Path) -> Path:
    runs = folder / "runs"
    for name, target in (("kinds", "kind"), ("yields", "yield")):
        done = shell(
            *("train", "plants.csv", "--headless", "--name", name, "--runs", str(runs)),
            *("--set", f"data.target={target}", "--set", "train.epochs=40"),
            cwd=folder,
        )
        assert done.returncode == 0, done.stderr
    return runs


def model(runs: Path, name: str) -> TableModel:
    loaded = tui_dl.load(name, runs=runs)
    assert isinstance(loaded, TableModel)
    return loaded


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "plants.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_keeps_all_that_predictions_need(folder: Path, runs: Path) -> None:
    for run in all_runs(runs):
        text = run.file.read_text(encoding="utf-8")
        assert f'path = "{folder / "plants.csv"}"' in text
        spec = run.experiment.data_spec
        assert spec.count == ROWS
        assert spec.columns[0].kind == "identifier"
        assert json.loads((run.path / "data.json").read_text())["fingerprint"] == spec.fingerprint
        again = parse(text, "again", describe=lambda it: it.described(spec))  # noqa: B023
        assert again == run.experiment


def test_classes_are_predicted_by_name(folder: Path, runs: Path) -> None:
    kinds, given = model(runs, "kinds"), rows(folder)
    predicted = kinds.predict(given)
    right = [row["kind"] == it for row, it in zip(given, predicted, strict=True)]
    assert np.mean(right) > 0.9
    shares = kinds.probabilities(given)
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-5)
    assert [kinds.class_names[it] for it in shares.argmax(axis=1)] == predicted.tolist()


def test_numbers_are_predicted_in_their_units(folder: Path, runs: Path) -> None:
    yields, given = model(runs, "yields"), rows(folder)
    error = yields.predict(given) - np.array([float(row["yield"]) for row in given])
    assert np.abs(error).mean() < 25
    with pytest.raises(ValueError, match="no classes"):
        yields.probabilities(given)


def test_rows_of_python_and_of_files_are_the_same(folder: Path, runs: Path) -> None:
    yields, given = model(runs, "yields"), rows(folder)
    of_file = yields.predict(folder / "plants.csv")
    np.testing.assert_array_equal(of_file, yields.predict(given))
    typed = [{**row, "height": float(row["height"] or "nan"), "yield": None} for row in given]
    np.testing.assert_array_equal(of_file, yields.predict(typed))
    lines = folder / "plants.jsonl"
    lines.write_text("\n".join(json.dumps(row) for row in typed).replace("NaN", "null"))
    np.testing.assert_array_equal(of_file, yields.predict(lines))


def test_an_unknown_category_and_a_missing_cell_are_predicted_for(runs: Path) -> None:
    row = {"height": 25, "soil": "peat", "sown": None, "kind": "tall"}
    assert np.isfinite(model(runs, "yields").predict([row])).all()


def test_what_is_no_row_is_refused(runs: Path) -> None:
    kinds = model(runs, "kinds")
    with pytest.raises(TypeError, match="rows are needed"):
        kinds.predict(np.zeros((3, 4)))
    with pytest.raises(ValueError, match="at least one row"):
        kinds.predict([])
    with pytest.raises(UserError, match="no column 'soil'"):
        kinds.predict([{"height": 3, "sown": "2024-01-01", "yield": 100}])
    with pytest.raises(UserError, match="the input: column 'height': 'high' is no number: corr"):
        kinds.predict([{"height": "high", "soil": "clay", "sown": "2024-01-01", "yield": 100}])


def predict(runs: Path, *arguments: str, cwd: Path) -> tuple[int, str, str]:
    done = shell("predict", *arguments, "--runs", str(runs), cwd=cwd)
    return done.returncode, done.stdout, done.stderr


def test_predictions_are_printed_or_written(folder: Path, runs: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.csv"
    new.write_text("soil,height,sown,yield\nclay,30,2024-03-04,450\nsand,10,2024-05-04,150\n")
    status, printed, _ = predict(runs, "kinds", "new.csv", cwd=tmp_path)
    assert status == 0
    header, *lines = printed.splitlines()
    assert header == "prediction,probability"
    assert [line.split(",")[0] for line in lines] == ["tall", "short"]
    _, printed, _ = predict(runs, "kinds", "new.csv", "--json", cwd=tmp_path)
    objects = [json.loads(line) for line in printed.splitlines()]
    assert [it["prediction"] for it in objects] == ["tall", "short"]
    assert set(objects[0]["probabilities"]) == {"tall", "short"}
    status, _, _ = predict(runs, "kinds", "new.csv", "--output", "out.csv", cwd=tmp_path)
    assert status == 0
    with (tmp_path / "out.csv").open(newline="") as file:
        written = list(csv.DictReader(file))
    assert [it["prediction"] for it in written] == ["tall", "short"]
    assert sum(float(written[0][f"probability_{it}"]) for it in ("tall", "short")) == pytest.approx(
        1, abs=1e-5
    )
    yields = predict(runs, "yields", str(folder / "plants.csv"), cwd=tmp_path)[1].splitlines()
    assert len(yields) == ROWS + 1
    assert float(yields[1])


def test_how_well_predictions_agree_is_said_where_the_file_has_the_target(
    folder: Path, runs: Path, tmp_path: Path
) -> None:
    status, printed, said = predict(runs, "kinds", "plants.csv", cwd=folder)
    assert status == 0
    assert len(printed.splitlines()) == ROWS + 1
    assert re.match(rf"{ROWS} rows with 'kind': accuracy (9.|100)\.. %\n", said)
    _, printed, said = predict(runs, "yields", "plants.csv", "--json", cwd=folder)
    assert len(list(map(json.loads, printed.splitlines()))) == ROWS
    assert said.startswith(f"{ROWS} rows with 'yield': r2 0.9")
    assert said.endswith(", both in its units\n")
    new = tmp_path / "new.csv"
    lines = "clay,30,2024-03-04,450,tall\nsand,10,,,odd\nsand,10,,,\n"
    new.write_text("soil,height,sown,yield,kind\n" + lines)
    status, printed, _ = predict(runs, "kinds", "new.csv", "--output", "out.csv", cwd=tmp_path)
    assert printed.splitlines()[1:] == [
        "2 rows with 'kind': accuracy 50.0 %; 1 of a class that training did not have are wrong"
    ]


def test_cells_that_cannot_be_read_are_said(runs: Path, tmp_path: Path) -> None:
    rows = [f"clay;{row},5;2024-03-04;450" for row in range(30)]
    text = "\n".join(["soil;height;sown;yield", *rows, "sand;high;2024-03-04;450"])
    (tmp_path / "new.csv").write_text(text)
    status, printed, said = predict(runs, "kinds", "new.csv", cwd=tmp_path)
    assert status == 0
    assert len(printed.splitlines()) == 32
    remark = "column 'height': 'high' is no number: it counts as missing"
    assert said == f"{tmp_path / 'new.csv'}, row 31: {remark}\n"


def test_more_rows_than_are_predicted_for_at_once(folder: Path, runs: Path, tmp_path: Path) -> None:
    header, *lines = (folder / "plants.csv").read_text().splitlines()
    times = 2 * PART // ROWS + 1
    (tmp_path / "many.csv").write_text("\n".join([header, *lines * times, ""]))
    once = predict(runs, "yields", "plants.csv", cwd=folder)[1].splitlines()
    _, printed, said = predict(runs, "yields", "many.csv", cwd=tmp_path)
    assert printed.splitlines() == [once[0], *once[1:] * times]
    assert said.startswith(f"{ROWS * times:,} rows with 'yield': r2 0.9")


def test_errors_are_in_the_units_of_the_target(folder: Path, runs: Path) -> None:
    shown = shell("show", "yields", "--runs", str(runs))
    lines = {line[:16].strip(): line[16:].split() for line in shown.stdout.splitlines()}
    error = float(lines["test rmse"][0])
    predicted = model(runs, "yields").predict(folder / "plants.csv")
    actual = np.array([float(row["yield"]) for row in rows(folder)])
    assert error == pytest.approx(np.sqrt(((predicted - actual) ** 2).mean()), rel=0.5)
    assert lines["test rmse"][1:] == ["(in", "the", "units", "of", "'yield')"]
    assert "r2 0." in shell("runs", "--runs", str(runs)).stdout
    target = shell("show", "kinds", "--runs", str(runs)).stdout
    assert "'kind' of 2 classes: short, tall" in target or "2 classes: tall, short" in target


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        ("soil,sown,hight,yield\nclay,,1,\n", [], "'height', which the network reads; did you"),
        ("a,soil,sown,yield\n1,clay,,\n", [], "new.csv has no column 'height', which the network"),
        ("a,b\n1,2\n", [], "new.csv has no columns 'height', 'soil', 'sown', 'yield', which the"),
        ("soil,height,sown,yield\n", [], "no rows to predict for"),
        ("soil,height,sown,yield\nclay,1e40,,\n", [], "line 2, column 'height'"),
        ("soil,height,sown,yield\nclay,1\n", [], "line 2"),
        ("", [], "new.csv is empty"),
        ("soil,height,sown,yield\nclay,1,,\n", ["--output", "new.csv"], "choose a new file"),
        ("soil,height,sown,yield\nclay,1,,\n", ["--output", "no/such.csv"], "--output"),
        ("soil,height,sown,yield\nclay,1,,\n", ["--output", "/dev/null"], "choose a new file"),
        ("soil,height,sown,yield\nclay,1,,\n", ["--output", "/dev/stdout"], "choose a new file"),
        ("soil,height,sown,yield\nclay,1,,\n", ["--output", "."], "choose a new file"),
        ("<html><body></body></html>", [], "new.csv is an HTML page"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(
    runs: Path, tmp_path: Path, content: str, arguments: list[str], says: str
) -> None:
    (tmp_path / "new.csv").write_text(content)
    status, printed, error = predict(runs, "kinds", "new.csv", *arguments, cwd=tmp_path)
    assert status == 2
    assert not printed
    assert says in error
    assert len(error.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["new.csv"]


def test_clean_data_has_no_doubts(runs: Path) -> None:
    shown = shell("show", "yields", "--runs", str(runs)).stdout
    assert not [line for line in shown.splitlines() if line.startswith("data ")]


@pytest.mark.parametrize("split", ["group", "time"])
def test_new_rows_need_no_column_that_rows_were_split_by(
    folder: Path, tmp_path: Path, split: str
) -> None:
    column = {"group": "soil", "time": "sown"}[split]
    runs = tmp_path / "runs"
    done = shell(
        *("train", "plants.csv", "--headless", "--name", "split", "--runs", str(runs)),
        *("--set", "data.target=kind", "--set", "train.epochs=3"),
        *("--set", f'data.split={{ {split} = "{column}" }}'),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    header = ",".join(it for it in ("yield", "height", "soil", "sown") if it != column)
    cells = "clay" if split == "time" else "2024-01-05"
    (tmp_path / "new.csv").write_text(f"{header}\n450,30,{cells}\n")
    status, printed, error = predict(runs, "split", "new.csv", cwd=tmp_path)
    assert (status, error) == (0, "")
    assert len(printed.splitlines()) == 2


def test_a_file_that_vanished_is_not_trained_further(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "plants.csv").write_bytes((folder / "plants.csv").read_bytes())
    runs = tmp_path / "runs"
    given = ("--runs", str(runs), "--headless")
    more = ("--set", "train.epochs=2", "--set", "data.target=kind")
    assert shell("train", "plants.csv", *given, *more, cwd=tmp_path).returncode == 0
    (run,) = all_runs(runs)
    (tmp_path / "plants.csv").unlink()
    (run.path / "checkpoints" / "last.safetensors").unlink()
    run.events.write_text("")
    done = shell("resume", run.id, *given, cwd=tmp_path)
    assert done.returncode == 1
    assert "plants.csv: No such file or directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_changed_is_not_trained_further(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "plants.csv").write_bytes((folder / "plants.csv").read_bytes())
    (tmp_path / "plants.toml").write_text(
        'title = "x"\ndata = { source = "plants.csv" }\nnetwork = [{ kind = "dense", units = 2 }]\n'
    )
    runs = tmp_path / "runs"
    given = ("--runs", str(runs), "--headless")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = shell("train", "../plants.toml", *given, "--set", "train.epochs=2", cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    (run,) = all_runs(runs)
    with (tmp_path / "plants.csv").open("a") as file:
        file.write("p999,20,clay,2024-01-01,300,tall\n")
    (run.path / "checkpoints" / "last.safetensors").unlink()
    events = run.events.read_text()
    run.events.write_text("")
    done = shell("resume", run.id, *given, cwd=elsewhere)
    assert done.returncode == 1
    assert "the file is not the one that the run began with" in done.stderr
    run.events.write_text(events)
