"""The process that measures how long an epoch takes."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from threading import Thread

import pytest

from tui_dl.process.computation import compute
from tui_dl.process.read_experiment import read
from tui_dl.protocol.measured_time import MeasuredTime
from tui_dl.support.errors import UserError
from tui_dl.support.kernel_cache import cache_home

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


@pytest.mark.slow
def test_a_process_that_is_told_to_end_deletes_what_it_has_written() -> None:
    ended: list[int] = []

    def end(process: subprocess.Popen[bytes]) -> None:
        def wait() -> None:
            while process.poll() is None and not folders(process.pid):
                time.sleep(0.01)
            process.terminate()
            ended.append(process.pid)

        Thread(target=wait).start()

    with pytest.raises(RuntimeError):
        compute(MODULE, read("first-network", ["train.epochs=100000"]), MeasuredTime, end)
    assert folders(ended[0]) == []


def folders(pid: int) -> list[Path]:
    """Those that a process has made to measure in."""
    return [*cache_home().glob(f"measured-{pid}-*")]


def test_what_cannot_be_measured_says_why() -> None:
    with pytest.raises(UserError):
        compute(MODULE, read("cartpole"), MeasuredTime, stderr=subprocess.DEVNULL)
