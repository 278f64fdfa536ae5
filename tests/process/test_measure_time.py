"""The process that measures how long an epoch takes."""

from __future__ import annotations

import subprocess

import pytest

from tui_dl.process.computation import compute
from tui_dl.process.read_experiment import read
from tui_dl.protocol.measured_time import MeasuredTime
from tui_dl.support.errors import UserError

MODULE = "tui_dl.process.measure_time"


@pytest.mark.slow
def test_an_epoch_and_its_layers_are_measured() -> None:
    experiment = read("first-network", ["train.epochs=3"])
    measured = compute(MODULE, experiment, MeasuredTime, stderr=subprocess.DEVNULL)
    assert measured.epoch_seconds > 0
    assert [*measured.layers] == [node.name for node in experiment.nodes]


@pytest.mark.slow
def test_a_process_that_is_killed_gives_no_answer() -> None:
    with pytest.raises(RuntimeError):
        compute(MODULE, read("first-network"), MeasuredTime, lambda process: process.kill())


def test_what_cannot_be_measured_says_why() -> None:
    with pytest.raises(UserError):
        compute(MODULE, read("cartpole"), MeasuredTime, stderr=subprocess.DEVNULL)
