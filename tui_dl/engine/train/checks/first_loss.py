"""The first loss is near a blind answer's: ln K of K classes, or the variance of numbers."""

from __future__ import annotations

from math import log

from tui_dl.engine.diagnosis.bounds import Bounds
from tui_dl.engine.train.checks.subject import Measured, Subject
from tui_dl.spec.experiment import Experiment
from tui_dl.support.formatting import short

STEPS = 0

FACTOR = 2.0  # that it may be above or below


def check(subject: Subject) -> Measured | None:
    """The loss of the initial weights over training samples.

    An autoencoder's targets are its inputs, whose scale is checked by itself.
    """
    experiment, samples = subject.experiment, subject.samples
    if experiment.train.target == "input":
        return None
    classes = experiment.target.vocab_size
    expected, what = _uniform(experiment), f"ln {classes}: all classes alike"
    if expected is None and Bounds.are_known(experiment):
        expected, what = Bounds(experiment, samples).blank, "the best constant answer's"
    if not expected:
        return None
    loss = subject.trainer.stepper.evaluate(samples).loss
    return Measured(
        loss,
        expected / FACTOR,
        expected * FACTOR,
        f"the first loss is {short(loss)}; expected is about {short(expected)} ({what})",
        "scale inputs and targets; if they are, begin with smaller weights in the last layer: "
        'initializer = "default"',
    )


def _uniform(experiment: Experiment) -> float | None:
    """The loss where every class has the same probability; None for a loss of real numbers."""
    loss = experiment.train.loss
    if loss.needs_classes:
        return log(experiment.target.vocab_size)
    return log(2) if loss.targets_are_probabilities else None
