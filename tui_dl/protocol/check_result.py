"""What a check before training found."""

from __future__ import annotations

import msgspec


class CheckResult(msgspec.Struct, frozen=True):
    """A figure of an untrained network or its data, and whether it is as it should be.

    Attributes:
        check: the name of the check: of a module in `engine/train/checks`.
        passed: whether the figure is within its bounds.
        figure: the figure; None where it is not finite.
        low: the least that passes; None where there is no such bound.
        high: the most that passes.
        says: the figure and what is expected, in one plain line.
        remedy: what to do where the check fails.
    """

    check: str
    passed: bool
    figure: float | None
    low: float | None
    high: float | None
    says: str
    remedy: str

    @property
    def name(self) -> str:
        """The name of the check in words."""
        return self.check.replace("_", " ")

    @property
    def headline(self) -> str:
        """What was found, in one line."""
        return f"{self.name}: {self.says}"


class CheckResults(msgspec.Struct, frozen=True):
    """The results of all checks that the experiment has a use for."""

    checks: list[CheckResult]
