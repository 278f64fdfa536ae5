"""To add a kind, files are added and none is changed; then it trains, and the suite tests it."""

import json
import re
from pathlib import Path

import pytest

from tests.adding.tree import TOYS, Tree, files_of
from tests.shell import ROOT

KINDS = {
    "layer": "swish",
    "loss": "log_cosh",
    "optimizer": "adagrad",
    "schedule": "inverse",
    "metric": "balanced_accuracy",
    "source": "stripes",
    "environment": "mountain_car",
    "picture": "weight_signs",
}
EXPERIMENT = str(TOYS / "experiment.toml")
SUITES = (
    "tests/kernels/test_layers.py",
    "tests/kernels/test_losses.py",
    "tests/kernels/test_optimizers.py",
    "tests/kernels/test_fields.py",
    "tests/engine/test_optimizer.py",
    "tests/engine/test_schedule.py",
    "tests/engine/test_metrics.py",
    "tests/data/test_sources.py",
    "tests/engine/test_observers.py",
)
COMPLETE = "test_every"  # the tests that name a kind of which something is missing
# What is lost of each toy, and what the suite says then; one of each toy at a time.
LOST = [
    {
        "kernels/layers/swish.py": "No module named 'tui_dl.kernels.layers.swish'",
        "kernels/losses/log_cosh.py": "No module named 'tui_dl.kernels.losses.log_cosh'",
        "kernels/optimizers/adagrad.py": "No module named 'tui_dl.kernels.optimizers.adagrad'",
        "tests/cases/schedules/inverse.py": (
            "inverse has no cases: tests/cases/schedules/inverse.py"
        ),
        "tui_dl/engine/metrics/balanced_accuracy.py": (
            "balanced_accuracy has no function in tui_dl/engine/metrics"
        ),
        "tui_dl/data/stripes.py": "No module named 'tui_dl.data.stripes'",
        "tui_dl/data/mountain_car.py": "No module named 'tui_dl.data.mountain_car'",
        "tui_dl/drawing/pictures/weight_signs.py": (
            "weight_signs has no picture: tui_dl/drawing/pictures/weight_signs.py"
        ),
    },
    {
        "kernels/reference/layers/swish.py": (
            "swish has no plain form in kernels/reference/layers"
        ),
        "kernels/reference/losses/log_cosh.py": (
            "log_cosh has no plain form in kernels/reference/losses"
        ),
        "kernels/reference/optimizers/adagrad.py": (
            "adagrad has no plain form in kernels/reference/optimizers"
        ),
        "tests/cases/metrics/balanced_accuracy.py": (
            "balanced_accuracy has no cases: tests/cases/metrics/balanced_accuracy.py"
        ),
        "tests/cases/sources/stripes.py": "stripes has no cases: tests/cases/sources/stripes.py",
        "tests/cases/sources/mountain_car.py": (
            "mountain_car has no cases: tests/cases/sources/mountain_car.py"
        ),
    },
    {
        "tests/cases/layers/swish.py": "swish has no cases: tests/cases/layers/swish.py",
        "tests/cases/losses/log_cosh.py": "log_cosh has no cases: tests/cases/losses/log_cosh.py",
        "tests/cases/optimizers/adagrad.py": (
            "adagrad has no cases: tests/cases/optimizers/adagrad.py"
        ),
        "tests/cases/observers/weight_signs.py": (
            "weight_signs has no cases: tests/cases/observers/weight_signs.py"
        ),
    },
]


def in_the_table() -> dict[str, list[str]]:
    """Which files each kind of thing takes, as docs/architecture.md says: `<kind>` for its name."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.partition("## How to add something")[2].partition("\n### ")[0]
    rows = re.findall(r"^\| an? (.*?) \| (.*?) \|", section, re.M)
    return {name: re.findall(r"`(.*?)`", files) for name, files in rows}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A copy of the tree with all toys that are kinds."""
    return Tree(tmp_path / "copy", list(KINDS))


@pytest.mark.parametrize("toy", KINDS)
def test_a_toy_is_the_files_of_the_table(toy: str) -> None:
    wanted = [file.replace("<kind>", KINDS[toy]) for file in in_the_table()[toy]]
    assert files_of(toy) == sorted(wanted)
    assert not [file for file in files_of(toy) if (ROOT / file).exists()]


@pytest.mark.slow
def test_every_toy_trains_and_no_other_file_is_changed(tree: Tree) -> None:
    added = {file for toy in KINDS for file in files_of(toy)}
    assert {file: it for file, it in tree.content().items() if file not in added} == tree.original
    done = tree.tui_dl("train", EXPERIMENT, "--headless", "--json", "--threads", "1")
    assert done.returncode == 0, done.stderr
    run = json.loads(done.stdout)
    assert run["status"] == "finished"
    metrics = run["test_metrics"]
    assert list(metrics) == ["balanced_accuracy", "accuracy"]
    assert metrics["balanced_accuracy"] > 0.9
    assert set(tree.content()) == added | set(tree.original)


@pytest.mark.slow
def test_an_environment_trains(tree: Tree) -> None:
    pytest.importorskip("gymnasium")
    done = tree.tui_dl("train", str(TOYS / "environment.toml"), "--json", "--threads", "1")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["test_metrics"] == {"return": -20.0}


@pytest.mark.slow
def test_the_suite_tests_the_new_kinds(tree: Tree) -> None:
    said = tree.pytest(*SUITES, "-vv", "-m", "not slow", "-k", " or ".join(KINDS.values()))
    assert " failed" not in said, said
    assert " error" not in said, said
    for toy, file in {
        "layer": "test_layers",
        "loss": "test_losses",
        "optimizer": "test_optimizers",
        "schedule": "test_schedule",
        "metric": "test_metrics",
        "source": "test_sources",
        "environment": "test_sources",
        "picture": "test_observers",
    }.items():
        ran = re.findall(rf"{file}\.py::(\w+)\[.*?{KINDS[toy]}.*?\] (?:PASSED|SKIPPED)", said)
        assert [name for name in ran if name.startswith(COMPLETE)], (toy, said)
        assert len(set(ran)) > 1, (toy, said)


@pytest.mark.slow
@pytest.mark.parametrize("lost", LOST, ids=["computed", "plain or case", "case"])
def test_the_suite_names_what_is_missing(tree: Tree, lost: dict[str, str]) -> None:
    for file in lost:
        (tree.root / file).unlink()
    said = tree.pytest(*SUITES, "-k", COMPLETE)
    assert f"{len(lost)} failed" in said, said
    for file, reason in lost.items():
        assert reason in said, (file, said)


@pytest.mark.slow
def test_two_of_one_kind_are_refused_with_both_files(tree: Tree) -> None:
    twice = {
        f"{folder}/{kind}.py": f"{folder}/again.py"
        for folder, kind in {
            "tui_dl/spec/layers": "swish",
            "tui_dl/spec/train/losses": "log_cosh",
            "tui_dl/spec/train/optimizers": "adagrad",
            "tui_dl/spec/train/schedules": "inverse",
            "tui_dl/spec/train/metrics": "balanced_accuracy",
            "tui_dl/spec/data": "stripes",
        }.items()
    }
    for file, other in twice.items():
        (tree.root / other).write_bytes((tree.root / file).read_bytes())
        done = tree.tui_dl("check", EXPERIMENT)
        assert done.returncode == 1
        kind = Path(file).stem
        places = " and ".join(sorted(str(tree.root / it) for it in (file, other)))
        assert f"two declarations of {kind}: {places}: rename one" in done.stderr
        (tree.root / other).unlink()
    for package, what, folder, kind in (
        ("tui_dl.engine.metrics", "functions", "tui_dl/engine/metrics", "balanced_accuracy"),
        ("tests.kernels.test_layers", "plain forms", "kernels/reference/layers", "swish"),
    ):
        first, second = tree.root / folder / f"{kind}.py", tree.root / folder / "again.py"
        second.write_bytes(first.read_bytes())
        refused = tree.run("timeit", "-n1", "-r1", f"import {package}").stderr
        assert f"two {what} of {kind}: " in refused
        for path in (first, second):
            assert str(path.relative_to(tree.root)) in refused


@pytest.mark.slow
def test_a_picture_is_drawn_and_is_in_its_tab(tree: Tree) -> None:
    done = tree.tui_dl("train", EXPERIMENT, "--headless", "--json", "--threads", "1")
    assert done.returncode == 0, done.stderr
    listed = tree.tui_dl("show", "last", "--picture").stdout
    assert "weights above zero" in listed
    drawn = tree.tui_dl("show", "last", "--picture", "weight_signs").stdout.splitlines()
    assert drawn[0].startswith("weights above zero, final weights, of epoch ")
    assert "%" in drawn[1]
    said = tree.pytest("tests/ui/test_pictures.py", "-vv", "-k", "every_picture and weight_signs")
    assert re.search(r"test_every_picture_is_in_the_tab\[weight_signs\S*\] PASSED", said), said
