"""Runs of presets that several tests look at, each trained once."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.json import encode
from msgspec.structs import replace

from tui_dl.batch.job import jobs_of
from tui_dl.batch.local import launch_all
from tui_dl.course.verdict import verdicts
from tui_dl.process.read_experiment import describe, read
from tui_dl.runs.folder import Run
from tui_dl.spec.experiment import Experiment


class Trained:
    """Runs for all tests: what two tests train alike is trained once, the numbers are the same."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.runs: dict[bytes, Run] = {}

    def of(self, name: str, overrides: list[str]) -> tuple[Experiment, dict[str, Run]]:
        """A changed preset and its runs by variant; skips where an extra is missing."""
        if read(name).data.is_missing:
            pytest.skip(f"{name} needs an extra that is not installed")
        changed = read(name, overrides)
        changed = replace(changed, claim=read(name).claim).described(changed.data_spec)
        jobs = jobs_of(name, changed, describe)
        new = [job for job in jobs if what_trains(job.experiment) not in self.runs]
        for report in launch_all(self.home, new, []):
            self.runs[what_trains(report.job.experiment)] = report.state.run
        runs = {job.variant: self.runs[what_trains(job.experiment)] for job in jobs}
        return changed, runs

    def held(self, name: str, overrides: list[str]) -> dict[str, bool]:
        """Which claims of a preset hold where it is changed."""
        return {it.claim.says: it.holds for it in verdicts(*self.of(name, overrides))}


def what_trains(experiment: Experiment) -> bytes:
    """All of an experiment that its training depends on."""
    return encode((experiment.data, experiment.network, experiment.train))


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return Trained(tmp_path_factory.mktemp("course"))
