"""Which preset a run is of, and what its runs gave."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.fake_run import diagnosed, ended, epoch, finished_run, started
from tui_dl import presets
from tui_dl.process.read_experiment import read as described
from tui_dl.protocol.events import Evaluated
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run, create
from tui_dl.runs.home import all_runs
from tui_dl.runs.listing import listed
from tui_dl.runs.of_preset import by_preset, results
from tui_dl.runs.preset_name import preset_of, preset_of_run
from tui_dl.runs.rename import rename
from tui_dl.runs.short_title import title_of
from tui_dl.spec.toml.reading import read
from tui_dl.spec.toml.variants import variants

COURSE = ("memory", "memory-lstm", "lenet5")


@pytest.mark.parametrize(
    ("name", "preset"),
    [
        ("lenet5", "lenet5"),
        ("lenet5-filters-12", "lenet5"),
        ("memory-lstm", "memory-lstm"),
        ("memory-lstm-units-8", "memory-lstm"),
        ("memory-units-8", "memory"),
        ("lenet50", None),
        ("mine", None),
        ("", None),
    ],
)
def test_a_run_is_called_like_its_preset(name: str, preset: str | None) -> None:
    assert preset_of(name, COURSE) == preset


def run_of(home: Path, name: str, *overrides: str) -> Run:
    run = create(home, name, read("lenet5", list(overrides)))
    log = EventLog(run.events)
    log.append(started())
    log.append(epoch(1, 0.5, 1))
    log.append(ended(seconds=5.0, compile_seconds=2.0))
    log.close()
    run.lock.touch()
    return run


def test_a_renamed_run_is_still_of_its_preset(home: Path) -> None:
    renamed = rename(run_of(home, "lenet5"), "mine")
    other = finished_run(home, "mine")
    assert preset_of_run(renamed) == listed(renamed).details.preset == "lenet5"
    assert preset_of_run(other) is None
    assert by_preset([renamed, other], ["lenet5"]) == {"lenet5": [renamed]}


def test_a_title_has_the_name_the_preset_and_what_differs(home: Path) -> None:
    plain, changed = run_of(home, "mine"), run_of(home, "mine", "network[0].filters=12")
    assert title_of(plain) == "mine · lenet5"
    assert title_of(changed) == listed(changed).details.title == "mine · lenet5 · filters=12"
    named = rename(changed, "lenet5-wide")
    assert title_of(named) == listed(named).details.title == "lenet5 · filters=12"
    assert title_of(finished_run(home, "other")) == "other"


def test_results_say_what_differs_newest_first(home: Path) -> None:
    same = run_of(home, "lenet5")
    other = run_of(home, "lenet5-filters-12", "network[0].filters=12")
    by_hand = run_of(home, "lenet5", "train.epochs=3")
    finished_run(home, "lenet5")  # of that name, and of another network
    found = by_preset(all_runs(home), ["lenet5"])["lenet5"]
    made = {it.run: it.changes for it in results(found, read("lenet5"))}
    assert made[same] == ()
    assert made[other] == ("network[0].filters=12",)
    assert made[by_hand] == ("train.epochs=3",)
    assert [it.run for it in results(found, read("lenet5"))] == found
    first = next(iter(results([same], read("lenet5"))))
    assert (first.listed.figure, first.listed.training_seconds) == ("75.0 %", 3.0)


def test_runs_that_cannot_be_read_and_other_data_are_left_out(home: Path) -> None:
    run = run_of(home, "memory")
    assert list(results([run], read("memory"))) == []
    damaged = run_of(home, "lenet5")
    damaged.file.write_bytes(b"\xff")
    gone = Run(home / "20260101-000000-lenet5-abcd")
    assert list(results([Run(damaged.path), gone], read("lenet5"))) == []


def test_figures_of_every_kind_of_target(home: Path) -> None:
    figures = {}
    for name, metrics in (("a", {"r2": 0.482}), ("b", {"return": 195.25}), ("c", {})):
        run = create(home, name, read("lenet5"))
        log = EventLog(run.events)
        log.append(started())
        log.append(epoch(1, 0.5, 1))
        log.append(diagnosed())
        log.append(Evaluated(split="test", loss=0.1, accuracy=None, metrics=dict(metrics)))
        log.append(ended(test_accuracy=0.975 if name == "c" else None))
        run.lock.touch()
        figures[name] = listed(run).figure
        assert listed(run).diagnoses == ["vanishing_gradient"]
    assert figures == {"a": "r2 0.482", "b": "return 195.2", "c": "97.5 %"}


VARIANTS = [
    (name, it.name)
    for name in presets.COURSE
    for it in described(name).variant
    if not described(name).reads_file  # else the run has its name for a title
]


@pytest.mark.parametrize(("name", "variant"), VARIANTS)
def test_a_run_of_a_variant_is_called_by_its_name(name: str, variant: str, home: Path) -> None:
    experiment = variants(read(presets.find(name)))[variant]
    run = create(home, f"{name}-{variant}", experiment)
    assert title_of(run) == f"{name} · {variant}"
    assert title_of(rename(run, "mine")) == f"mine · {name} · {variant}"
    longer = experiment.with_train(msgspec.structs.replace(experiment.train, epochs=1234))
    for own in (f"{name}-{variant}", f"{name}-epochs-1234-{variant}"):
        assert title_of(create(home, own, longer)) == f"{name} · {variant} · epochs=1234"
