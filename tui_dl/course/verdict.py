"""Whether the claims of an experiment hold in its runs, and by how much."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isinf, isnan

from tui_dl.course.figures import MissingError, RunFigures
from tui_dl.runs.folder import Run
from tui_dl.spec.claims.reader import Expression, Figure, Negative, Operation, read
from tui_dl.spec.course.claim import Claim
from tui_dl.spec.experiment import Experiment

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPUTE: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True)
class Verdict:
    """What came of one claim.

    Attributes:
        claim: the claim.
        sign: how its left side must compare with its right side.
        left: its left side; None where it has no number.
        right: its right side; likewise.
        problem: why it has no numbers; empty where it has.
    """

    claim: Claim
    sign: str
    left: float | None = None
    right: float | None = None
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether the claim holds; not so where it could not be tested."""
        return (
            self.left is not None
            and self.right is not None
            and COMPARE[self.sign](self.left, self.right)
        )

    @property
    def margin(self) -> float | None:
        """The distance of the two sides relative to the larger; None where there are no sides."""
        if self.left is None or self.right is None:
            return None
        larger = max(abs(self.left), abs(self.right))
        if isinf(larger):
            return 0.0 if self.left == self.right else 1.0
        return abs(self.left - self.right) / larger if larger else 0.0


def verdicts(experiment: Experiment, runs: Mapping[str, Run]) -> list[Verdict]:
    """What came of each claim of `experiment`.

    Args:
        experiment: its claims are as they were checked when it was read.
        runs: its run, under the empty name, and that of each variant.
    """
    figures = {variant: RunFigures(run) for variant, run in runs.items()}
    return [_verdict(claim, figures) for claim in experiment.claim]


def verdicts_of(experiment: Experiment, runs: Mapping[str, Run]) -> list[Verdict]:
    """What came of each claim whose runs are all there.

    Args:
        experiment: it has the claims.
        runs: some of its runs, as for `verdicts`.
    """
    figures = {variant: RunFigures(run) for variant, run in runs.items()}
    there = [it for it in experiment.claim if _variants(it) <= runs.keys()]
    return [_verdict(claim, figures) for claim in there]


def _variants(claim: Claim) -> set[str]:
    """The variants that a claim names; the empty name is the experiment's."""
    return {figure.variant for figure in read(claim.test).figures()}


def _verdict(claim: Claim, runs: Mapping[str, RunFigures]) -> Verdict:
    comparison = read(claim.test)
    try:
        left, right = _value(comparison.left, runs), _value(comparison.right, runs)
    except MissingError as error:
        return Verdict(claim, comparison.sign, problem=str(error))
    except ZeroDivisionError:
        return Verdict(claim, comparison.sign, problem="it divides by zero")
    if isnan(left) or isnan(right):
        return Verdict(claim, comparison.sign, problem="a figure is not finite")
    return Verdict(claim, comparison.sign, left, right)


def _value(expression: Expression, runs: Mapping[str, RunFigures]) -> float:
    """The number that an expression is.

    Raises:
        MissingError: a run does not have a figure.
        ZeroDivisionError: it divides by zero.
    """
    match expression:
        case Figure():
            return runs[expression.variant].number(expression)
        case Negative(of):
            return -_value(of, runs)
        case Operation(left, sign, right):
            return COMPUTE[sign](_value(left, runs), _value(right, runs))
        case number:
            return number
