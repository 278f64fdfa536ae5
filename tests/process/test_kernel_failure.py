"""A run whose kernel fails ends as failed, with one line that names the kernel."""

from pathlib import Path

import pytest

import tui_dl
from tests.faults.tiny import EXPERIMENT
from tui_dl.kernels.core.jit import SIGNATURES, Array, kernel
from tui_dl.kernels.optimizers import adam
from tui_dl.kernels.optimizers.base import Rule, Settings
from tui_dl.protocol.events import Failed
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.spec.toml.reading import parse


@kernel(SIGNATURES[adam.RULE.kernel])
def fragile_update(
    w: Array,
    state: Array,
    g: Array,
    squares: Array,
    settings: Settings,
    losses: Array,
    first: int,
    last: int,
) -> None:
    if settings[0].step == 3:
        raise ValueError("step 3 is one too many")


@pytest.mark.timeout(120)
@pytest.mark.parametrize("threads", [1, 2])
def test_the_run_fails_and_names_the_kernel(
    threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(adam, "RULE", Rule(fragile_update, adam.RULE.state))
    *_, last = tui_dl.train(parse(EXPERIMENT, "tiny"), runs=str(tmp_path), threads=threads)
    says = "the kernel fragile_update failed: ValueError: step 3 is one too many"
    assert last == Failed(reason=says, time=last.time)
    (run,) = all_runs(tmp_path)
    assert State(run).status == "failed"
    assert "Traceback" not in "".join(capfd.readouterr())
