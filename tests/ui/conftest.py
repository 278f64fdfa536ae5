"""A course and a clock that stand still, and workers that did not run."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from math import inf
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.ui import fabricate
from tui_dl import presets
from tui_dl.protocol.measured_time import MeasuredTime
from tui_dl.runs import view_follower
from tui_dl.runs.folder import Run
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.memory.need import Need
from tui_dl.support.machine_memory import Available
from tui_dl.support.translations import use
from tui_dl.ui import time_measurer
from tui_dl.ui.panels import preset_detail
from tui_dl.ui.screens import training_control
from tui_dl.ui.screens.home import build


@pytest.fixture(autouse=True, scope="session")
def _styles_are_parsed_once() -> Iterator[None]:
    """What an application parses of style sheets is kept for those of later tests."""
    parse = Stylesheet._parse_rules
    parsed: dict[Hashable, list[RuleSet]] = {}

    def parse_once(sheet: Stylesheet, css: str, **where: Any) -> list[RuleSet]:
        key = (css, *where.items(), *sorted(sheet._variables.items()))
        if key not in parsed:
            parsed[key] = parse(sheet, css, **where)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(autouse=True)
def course(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("first-network", "vanishing-gradient", "lenet5")
    monkeypatch.setattr(presets, "COURSE", names)
    monkeypatch.setattr(presets, "find", lambda name: fabricate.COURSE / f"{name}.toml")


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    """Tests that follow in this process are in English, whatever language this one ends in."""
    yield
    use("en")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_follower, "time", lambda: fabricate.START + 7.5)
    monkeypatch.setattr(preset_detail, "time", lambda: fabricate.START + 90)
    monkeypatch.setattr("tui_dl.ui.panels.run_list.time", lambda: fabricate.START + 90)


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose colours are enough for pictures."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(autouse=True)
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """An epoch always takes as long, and memory is what it is: what is shown stands still."""

    def compute(module: str, experiment: Experiment, *_: object, **__: object) -> MeasuredTime:
        return MeasuredTime(0.0123, {node.name: 1.0 + node.flops for node in experiment.nodes})

    monkeypatch.setattr(time_measurer, "compute", compute)
    monkeypatch.setattr(time_measurer, "DELAY", 0.0)
    monkeypatch.setattr(build, "available", lambda: Available(16_000_000_000, inf))
    monkeypatch.setattr(build, "need", lambda *_: Need(200_000_000, [], 0))


@pytest.fixture
def worker(tmp_path: Path) -> Callable[..., fabricate.Worker]:
    return lambda *preset, **options: fabricate.Worker(tmp_path, *preset, **options)


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Experiment]]:
    """What was started, by name; none of it really is."""
    worker = fabricate.Worker(tmp_path / "elsewhere", "first-network").start().train(1)
    found: list[tuple[str, Experiment]] = []

    def start(home: Path, name: str, experiment: Experiment, **_: object) -> Run:
        found.append((name, experiment))
        return worker.run

    monkeypatch.setattr("tui_dl.process.launch.start", start)
    return found


@pytest.fixture
def lasting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages stay until they were seen, however slow the machine is."""
    monkeypatch.setattr(training_control, "SAID_FOR", 600.0)
