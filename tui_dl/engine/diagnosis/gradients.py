"""Rules for vanishing and exploding gradients, after backpropagation through many layers."""

from __future__ import annotations

from statistics import median

from tui_dl.engine.diagnosis import remedies
from tui_dl.engine.diagnosis.finding import HIGHEST, Finding, Subject
from tui_dl.engine.diagnosis.observations import Memory
from tui_dl.protocol.thresholds import VANISHING

STRETCHES = 2  # in a row
LAYERS = 3  # with fewer a gradient cannot vanish

SPIKE = 20  # times the median norm; networks that suddenly learn reach 16 times
GROWN = (
    10  # times the first epoch's: late in training norms are so small that one sample is a spike
)
HUGE = 100  # norm of the first gradient; where layers keep the size of a signal it is near 1
HARM = 0.0  # the least increase of the share left to learn
UPHILL = 1e4  # first layer's gradient over the last one's


def vanishing_gradient(memory: Memory, subject: Subject) -> Finding | None:
    """The first layer's median norm is under a ten-thousandth of the last one's."""
    recent = [stretch.gradient for stretch in memory.stretches[-STRETCHES:]]
    if len(recent) < STRETCHES or len(subject.layers) < LAYERS:
        return None
    if not all(0 < norms[0] < VANISHING * norms[-1] for norms in recent):
        return None
    first, last = recent[-1][0], recent[-1][-1]
    return Finding(
        [subject.layers[0], subject.layers[-1]],
        f"{subject.layers[0]} gets {first / last:.0e} of the last layer's gradient",
        {"first": first, "last": last, "ratio": first / last},
        remedies.relu_or_he(subject),
    )


def exploding_gradient(memory: Memory, subject: Subject) -> Finding | None:
    """A step's norm is far above the others' and the loss rose, or norms grow towards the input."""
    if not memory.stretches or not _may_explode(subject, memory.stretches[-1].step):
        return None
    newest = memory.stretches[-1]
    grown = [
        it.gradient[-1] > 0 and it.gradient[0] > UPHILL * it.gradient[-1]
        for it in memory.stretches[-STRETCHES:]
    ]
    if len(grown) == STRETCHES and all(grown):
        first, last = newest.gradient[0], newest.gradient[-1]
        return Finding(
            [subject.layers[0], subject.layers[-1]],
            f"{subject.layers[0]} gets {first / last:.0e} times the last layer's gradient",
            {"first": first, "last": last, "ratio": first / last},
            [],
        )
    norms = [it.gradient_norm for it in memory.stretches]
    before = memory.stretches[-2].train_loss if len(norms) > 1 else subject.untrained_loss(memory)
    rise = subject.left(memory, newest.train_loss) - subject.left(memory, before)
    if rise < HARM:
        return None
    return _spike(newest.largest_norm, max(norms[-1], median(norms)), norms[0])


def exploded(memory: Memory, subject: Subject, step: int) -> Finding | None:
    """A norm far above the others' before `step`, whose gradient is not finite.

    Or a huge first gradient: no update came before it, so the learning rate has no part in it.
    """
    if not memory.steps or not _may_explode(subject, step):
        return None
    norms = [step_norms[0] or 0.0 for step_norms in memory.steps]
    if memory.begun == 0 and norms[0] > HUGE:
        return Finding(
            [],
            f"the first step's gradient norm is {norms[0]:.1e}",
            {"largest": norms[0]},
            remedies.clipping(),
        )
    return _spike(memory.largest_norm, median(norms), norms[0])


def _may_explode(subject: Subject, step: int) -> bool:
    """Whether clipping could help: there is none, and the learning rate is not far too high."""
    change, rate = subject.manual_change(step), subject.rate(step)
    raised = change is not None and rate > subject.config.optimizer.learning_rate
    sound = rate <= HIGHEST * subject.default_rate and not raised
    return subject.multiplies and sound and not subject.config.clip


def _spike(largest: float, typical: float, early: float) -> Finding | None:
    if not typical or largest < SPIKE * typical or largest < GROWN * early:
        return None
    return Finding(
        [],
        f"a step's gradient norm is {largest:.1e}, {largest / typical:.0f} times the median",
        {"largest": largest, "median": typical, "ratio": largest / typical},
        remedies.clipping(),
    )
