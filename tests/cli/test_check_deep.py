"""`tui-dl check --deep`: what it prints, and its exit status."""

import json
from pathlib import Path

import pytest

from tests.shell import tui_dl


@pytest.mark.slow
def test_checks_are_printed_with_what_to_do(home: Path, tmp_path: Path) -> None:
    done = tui_dl("check", "iris", "--deep", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "\nok  first loss     the first loss is " in done.stdout
    given = ("--set", "train.optimizer.learning_rate=1e-9")
    done = tui_dl("check", "iris", "--deep", *given, cwd=tmp_path)
    assert done.returncode == 1
    assert "\nfailed  overfit batch  " in done.stdout
    assert "try: another learning rate" in done.stdout
    assert not home.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_object_has_them(tmp_path: Path) -> None:
    found = json.loads(tui_dl("check", "diabetes", "--deep", "--json", cwd=tmp_path).stdout)
    checks = {it["check"]: it for it in found["checks"]}
    assert set(checks) == {"first_loss", "gradient_flow", "input_scale", "overfit_batch"}
    assert set(checks["first_loss"]) == {
        *("check", "passed", "figure", "low", "high", "says", "remedy")
    }
    assert all(it["passed"] for it in checks.values())
    assert "checks" not in json.loads(tui_dl("check", "diabetes", "--json").stdout)


def test_an_environment_is_refused(tmp_path: Path) -> None:
    done = tui_dl("check", "cartpole", "--deep", cwd=tmp_path)
    assert done.returncode == 2
    assert not done.stdout
    assert done.stderr == (
        "tui-dl: check --deep needs samples with targets, and an environment has none\n"
    )
