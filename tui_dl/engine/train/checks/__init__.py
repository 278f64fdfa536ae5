"""Checks of an untrained network: whether it can learn, before it is trained.

A check is one file here, found by being there. It has

    STEPS             how many training steps it makes, at most
    check(subject)    its result; None where it says nothing of such an experiment

A check leaves weights, optimizer and data as it found them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from math import inf, isfinite
from pkgutil import iter_modules
from typing import Protocol, cast

from tui_dl.engine.train.checks.subject import Measured, Subject
from tui_dl.engine.train.trainer import Trainer
from tui_dl.protocol.check_result import CheckResult

SHARE = 0.05  # of a run's steps: checks that make more are left to `tui-dl check --deep`


class Check(Protocol):
    """What the file of a check holds."""

    STEPS: int

    def check(self, subject: Subject) -> Measured | None:
        """Measure the network or its data; raises nothing."""


def _found() -> dict[str, Check]:
    """The checks of this package's files, by name."""
    modules = {it.name: import_module(f"{__name__}.{it.name}") for it in iter_modules(__path__)}
    return {name: cast(Check, it) for name, it in modules.items() if hasattr(it, "check")}


CHECKS = _found()


def run_checks(trainer: Trainer, share: float = inf) -> Iterator[CheckResult]:
    """Yield the results of checks on a trainer at its start, which is there again afterwards.

    Checks that make more than the `share` of the run's steps are left out, and all of them where
    an environment gives rewards: it has no targets.
    """
    if trainer.experiment.data.gives_rewards:
        return
    planned = sum(trainer.batch_sizes.steps)
    subject = Subject(trainer)
    for name, it in CHECKS.items():
        if share * planned < it.STEPS:
            continue
        measured = it.check(subject)
        subject.restart()
        if measured:
            yield _result(name, measured)


def _result(name: str, measured: Measured) -> CheckResult:
    """The result of a check from what it measured: a figure that is not finite fails."""
    figure, low, high = measured.figure, measured.low, measured.high
    finite = isfinite(figure)
    within = (low is None or figure >= low) and (high is None or figure <= high)
    return CheckResult(
        check=name,
        passed=finite and within,
        figure=figure if finite else None,
        low=low,
        high=high,
        says=measured.says,
        remedy=measured.remedy,
    )
