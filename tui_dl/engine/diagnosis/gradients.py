"""Vanishing and exploding gradients: what backpropagation through many layers does to them."""

from __future__ import annotations

from statistics import median

from tui_dl.engine.diagnosis import remedies
from tui_dl.engine.diagnosis.finding import BORNE, Finding, Subject
from tui_dl.engine.diagnosis.memory import Memory

VANISHING = 1e-4  # of the last layer's gradient: as the gradient meter and the course have it
STRETCHES = 2  # in a row
LAYERS = 3  # with fewer there is no way to vanish on

SPIKE = 20  # times the median norm; up to 16 where a network suddenly learns
GROWN = 10  # times the first epoch's: late in training norms are tiny, and one sample is a spike
HARM = 0.0  # more of what can be learned was left than before it
UPHILL = 1e4  # first layer over last: vanishing, the other way round


def vanishing_gradient(memory: Memory, subject: Subject) -> Finding | None:
    """The first layer's median norm is under a ten-thousandth of the last one's."""
    recent = [stretch.gradient for stretch in memory.stretches[-STRETCHES:]]
    if len(recent) < STRETCHES or len(subject.layers) < LAYERS:
        return None
    if not all(0 < norms[0] < VANISHING * norms[-1] for norms in recent):
        return None
    first, last = recent[-1][0], recent[-1][-1]
    return Finding(
        "vanishing-gradient",
        [subject.layers[0], subject.layers[-1]],
        f"{subject.layers[0]} gets {first / last:.0e} of the last layer's gradient",
        {"first": first, "last": last, "ratio": first / last},
        remedies.rectified(subject),
    )


def exploding_gradient(memory: Memory, subject: Subject) -> Finding | None:
    """A step's norm is far above the others' and did harm, or norms grow from layer to layer."""
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
            "",
            [subject.layers[0], subject.layers[-1]],
            f"{subject.layers[0]} gets {first / last:.0e} × the last layer's gradient",
            {"first": first, "last": last, "ratio": first / last},
            [],
        )
    norms = [it.gradient_norm for it in memory.stretches]
    before = memory.stretches[-2].train_loss if len(norms) > 1 else subject.untrained(memory)
    lost = subject.left(memory, newest.train_loss) - subject.left(memory, before)
    if lost < HARM:
        return None
    return _spike(newest.largest_norm, max(norms[-1], median(norms)), norms[0])


def exploded(memory: Memory, subject: Subject, step: int) -> Finding | None:
    """The same, of a stretch that `step`, without a finite gradient, has cut short."""
    if not memory.steps or not _may_explode(subject, step):
        return None
    norms = [row[0] or 0.0 for row in memory.steps]
    return _spike(memory.largest_norm, median(norms), norms[0])


def _may_explode(subject: Subject, step: int) -> bool:
    """Whether a clip is missing; clipped steps of a rate far too high lead nowhere either."""
    change, rate = subject.by_hand(step), subject.rate(step)
    raised = change is not None and rate > subject.recipe.optimizer.learning_rate
    sound = rate <= BORNE * subject.usual_rate and not raised
    return subject.multiplies and sound and not subject.recipe.clip


def _spike(largest: float, typical: float, early: float) -> Finding | None:
    if not typical or largest < SPIKE * typical or largest < GROWN * early:
        return None
    return Finding(
        "",
        [],
        f"its norm shot up to {largest:.1e}, {largest / typical:.0f} × the median",
        {"largest": largest, "median": typical, "ratio": largest / typical},
        remedies.clipped(),
    )
