"""A run is judged by the claims that are meant for it, and a changed one by none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.test_progress import COURSE, run_of
from tests.fake_run import SMALL
from tui_dl import presets
from tui_dl.course.judged import Judged
from tui_dl.process.claims_of_run import judged_run, judged_variants
from tui_dl.runs.folder import create
from tui_dl.runs.rename import rename
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.toml.variants import variants

ALONE = '[[claim]]\nsays = "fast learns"\ntest = "fast.validation_loss < 0.1"\n'
TEXT = SMALL + COURSE + ALONE
PRESET = parse(TEXT, "small.toml")
FAST = variants(PRESET)["fast"]


@pytest.fixture(autouse=True)
def only_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(presets, "COURSE", ("small",))
    monkeypatch.setattr(presets, "find", lambda name: file)


def changed(*overrides: str) -> Experiment:
    return parse(TEXT, "small.toml", list(overrides))


def said(found: Judged) -> dict[str, bool]:
    return {it.claim.says: it.holds for it in found.verdicts}


def test_the_preset_is_judged_by_what_it_shows_alone(home: Path) -> None:
    found = judged_run(run_of(home, PRESET, 0.7))
    assert said(found) == {"it learns": True}
    assert found.left == 2


def test_a_changed_run_is_not_judged_and_says_what_was_changed(home: Path) -> None:
    found = judged_run(run_of(home, changed("train.epochs=7", "train.seed=3"), 0.9))
    assert found == Judged(changes=("epochs=7", "seed=3"))
    fast = parse(SMALL, "it", ["train.optimizer.learning_rate=0.1", "train.seed=3"])
    run = create(home, "small-fast", fast)
    assert judged_run(run) == Judged(changes=("fast", "seed=3"))


def test_a_variant_is_judged_by_the_claims_that_name_it(home: Path) -> None:
    fast = run_of(home, FAST, 0.5)
    assert said(judged_run(fast)) == {"fast learns": False}
    plain = run_of(home, PRESET, 0.7)  # both can be compared now
    assert said(judged_run(fast)) == {"fast ends lower": True, "fast learns": False}
    found = judged_run(plain)
    assert said(found) == {"it learns": True, "fast ends lower": True}
    assert found.left == 0
    renamed = rename(fast, "mine")
    assert said(judged_run(renamed)) == {"fast ends lower": True, "fast learns": False}


def test_a_run_that_was_stopped_is_not_judged(home: Path) -> None:
    assert judged_run(run_of(home, PRESET, 0.9, reason="stopped")) == Judged(stopped_at=1)
    own = parse(SMALL + '[[claim]]\nsays = "low"\ntest = "validation_loss < 0.1"\n', "it")
    assert judged_run(run_of(home, own, 0.9, reason="stopped")) == Judged(stopped_at=1)


def test_variants_are_judged_by_the_runs_that_nobody_stopped(home: Path) -> None:
    runs = {"": run_of(home, PRESET, 0.7), "fast": run_of(home, FAST, 0.9, reason="stopped")}
    found = judged_variants(PRESET, runs)
    assert said(found) == {"it learns": True}
    assert found.left == 2


def test_claims_of_its_own_are_what_a_run_is_judged_by(home: Path) -> None:
    own = parse(SMALL + '[[claim]]\nsays = "low"\ntest = "validation_loss < 0.1"\n', "it")
    assert said(judged_run(run_of(home, own, 0.9))) == {"low": False}
