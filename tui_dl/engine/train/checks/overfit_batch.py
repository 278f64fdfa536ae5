"""One mini-batch can be learned by heart: a network that cannot will not learn the rest either."""

from __future__ import annotations

from math import isfinite

from tui_dl.engine.diagnosis.bounds import Bounds
from tui_dl.engine.train.checks.subject import Measured, Subject
from tui_dl.support.formatting import percent

STEPS = 500

SAMPLES = 32  # of the mini-batch, at most
LEAST_SAMPLES = 2  # of a network with few parameters: it cannot fit many
MOST = 0.2  # of what can be learned of the mini-batch may be left
EVERY = 25  # steps after which the loss is looked at


def check(subject: Subject) -> Measured | None:
    """What is left of the mini-batch's loss above its lowest, in evaluation mode.

    1 is the loss of the best constant answer, or the first loss where that is larger.
    """
    experiment, stepper = subject.experiment, subject.trainer.stepper
    few = max(experiment.parameter_count // 2, LEAST_SAMPLES)
    samples = subject.take(min(experiment.data.batch(SAMPLES), few))
    least, blank = 0.0, 0.0
    if Bounds.are_known(experiment):
        bounds = Bounds(experiment, samples)
        least, blank = bounds.least, bounds.blank
    first = max(stepper.evaluate(samples).loss, blank)
    left, steps = 1.0, 0
    while steps < STEPS and left > MOST and isfinite(left) and first > least:
        for _ in range(EVERY):
            subject.step(samples)
        subject.trainer.recorder.take()
        steps += EVERY
        left = (stepper.evaluate(samples).loss - least) / (first - least)
    return Measured(
        left,
        None,
        MOST,
        f"{percent(left)} of the loss of {len(samples)} samples is left after {steps} steps; "
        f"expected is at most {percent(MOST)} after {STEPS}",
        "another learning rate (`tui-dl find-lr`), a wider network, or less regularisation; look "
        "whether the targets are those of these inputs",
    )
