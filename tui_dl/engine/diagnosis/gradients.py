"""Vanishing and exploding gradients: what backpropagation through many layers does to them."""

from __future__ import annotations

from statistics import median

from tui_dl.engine.diagnosis.finding import Finding, Subject, override
from tui_dl.engine.diagnosis.memory import Memory
from tui_dl.layers import Convolution, Dense, Sigmoid, Tanh

VANISHING = 1e-4  # of the last layer's gradient: as the gradient meter and the course have it
EPOCHS = 2  # in a row
LAYERS = 3  # with fewer there is no way to vanish on

SPIKE = 20  # times the median norm; up to 16 where a network suddenly learns
GROWN = 10  # times the first epoch's: late in training norms are tiny, and one sample is a spike
UPHILL = 1e4  # first layer over last: vanishing, the other way round


def vanishing_gradient(memory: Memory, subject: Subject) -> Finding | None:
    """The first layer's median norm is under a ten-thousandth of the last one's."""
    recent = [epoch.gradient for epoch in memory.epochs[-EPOCHS:]]
    if len(recent) < EPOCHS or len(subject.layers) < LAYERS:
        return None
    if not all(0 < norms[0] < VANISHING * norms[-1] for norms in recent):
        return None
    first, last = recent[-1][0], recent[-1][-1]
    squashing = [row for row in subject.rows if isinstance(row.layer, Sigmoid | Tanh)]
    advice = "put batch_norm between the layers, or residual around them"
    change: list[str] = []
    if squashing:
        before = [
            row
            for row in subject.trained[:-1]
            if isinstance(row.layer, Dense | Convolution) and row.layer.initial == "default"
        ]
        advice = "put relu in place of what squashes, with initial = he before it"
        change = override(squashing, "kind=relu") + override(before, "initial=he")
    return Finding(
        "vanishing-gradient",
        [subject.layers[0], subject.layers[-1]],
        f"{subject.layers[0]} gets {first / last:.0e} of the last layer's gradient",
        {"first": first, "last": last, "ratio": first / last},
        advice,
        change,
    )


def exploding_gradient(memory: Memory, subject: Subject) -> Finding | None:
    """A step's norm is far above the others' and did harm, or norms grow from layer to layer."""
    if subject.recipe.clip or not subject.multiplies or not memory.epochs:
        return None
    newest = memory.epochs[-1]
    grown = [
        epoch.gradient[-1] > 0 and epoch.gradient[0] > UPHILL * epoch.gradient[-1]
        for epoch in memory.epochs[-EPOCHS:]
    ]
    if len(grown) == EPOCHS and all(grown):
        first, last = newest.gradient[0], newest.gradient[-1]
        return Finding(
            "",
            [subject.layers[0], subject.layers[-1]],
            f"{subject.layers[0]} gets {first / last:.0e} × the last layer's gradient",
            {"first": first, "last": last, "ratio": first / last},
            *_tamed(subject, "clip the gradient's norm, and begin with smaller weights"),
        )
    norms = [epoch.gradient_norm for epoch in memory.epochs]
    before = memory.epochs[-2].train_loss if len(norms) > 1 else memory.first_loss or 0.0
    if newest.train_loss < before:
        return None
    return _spike(subject, newest.largest_norm, max(norms[-1], median(norms)), norms[0])


def exploded(memory: Memory, subject: Subject) -> Finding | None:
    """The same, of an epoch that a step without a finite gradient has cut short."""
    if subject.recipe.clip or not subject.multiplies or not memory.steps:
        return None
    norms = [row[0] or 0.0 for row in memory.steps]
    return _spike(subject, memory.largest_norm, median(norms), norms[0])


def _spike(subject: Subject, largest: float, typical: float, early: float) -> Finding | None:
    if not typical or largest < SPIKE * typical or largest < GROWN * early:
        return None
    return Finding(
        "",
        [],
        f"its norm shot up to {largest:.1e}, {largest / typical:.0f} × the median",
        {"largest": largest, "median": typical, "ratio": largest / typical},
        *_tamed(subject, "clip the gradient's norm"),
    )


def _tamed(subject: Subject, clip: str) -> tuple[str, list[str]]:
    """Advice and change: clipped steps of a rate that is far too high lead nowhere either."""
    if subject.recipe.optimizer.learning_rate > subject.most_rate:
        return "a smaller learning rate", subject.lower_rate()
    return clip, ["train.clip.norm=1"]
