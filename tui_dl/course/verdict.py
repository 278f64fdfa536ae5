"""Whether the claims of an experiment hold in its runs, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf, isnan

from tui_dl.course.figures import RunFigures
from tui_dl.runs.folder import Run
from tui_dl.spec.claims.evaluate import COMPARE, MissingError, evaluate
from tui_dl.spec.claims.reader import Figure, read
from tui_dl.spec.course.claim import Claim
from tui_dl.spec.experiment import Experiment


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
    there = [it for it in experiment.claim if variants_of(it) <= runs.keys()]
    return [_verdict(claim, figures) for claim in there]


def variants_of(claim: Claim) -> set[str]:
    """The variants that a claim names; the empty name is the experiment's."""
    return {figure.variant for figure in read(claim.test).figures()}


def _verdict(claim: Claim, runs: Mapping[str, RunFigures]) -> Verdict:
    comparison = read(claim.test)

    def number(figure: Figure) -> float:
        return runs[figure.variant].number(figure)

    try:
        left, right = (evaluate(it, number) for it in (comparison.left, comparison.right))
    except MissingError as error:
        return Verdict(claim, comparison.sign, problem=str(error))
    except ZeroDivisionError:
        return Verdict(claim, comparison.sign, problem="it divides by zero")
    if isnan(left) or isnan(right):
        return Verdict(claim, comparison.sign, problem="a figure is not finite")
    return Verdict(claim, comparison.sign, left, right)
