"""Learning rates: too high, and the loss rises; too low, and it hardly falls.

An update of a thousandth of the weights a step is the rule of thumb (Karpathy, CS231n).
"""

from __future__ import annotations

from tui_dl.engine.diagnosis.finding import Finding, Subject
from tui_dl.engine.diagnosis.memory import Memory

WORSE = 1.05  # of the first loss, twice: mini-batches of 32 differ by 3 %
WRECKED = 2.0  # of the first loss, once
LARGE = 0.2  # an update over the weights; recurrent networks that learn have up to 0.16
SMALL = 3e-4  # a third of it: at a half, Adam still learns the digits in 40 epochs
STUCK = 0.9  # of the first loss: little was learned
SLOW = 0.8
PATIENCE = 5  # epochs


def learning_rate_too_high(memory: Memory, subject: Subject) -> Finding | None:
    """Training made the loss worse, or changes a layer in big strides that lead nowhere."""
    first, recent = memory.first_loss or 0.0, memory.epochs[-3:]
    loss = recent[-1].train_loss
    twice = len(recent) >= 2 and min(epoch.train_loss for epoch in recent[-2:]) > WORSE * first
    if twice or loss > WRECKED * first:
        return _too_high(subject, f"the loss rose from {first:.3g} to {loss:.3g}", first, loss)
    strides = min(max(epoch.update) for epoch in recent)
    if len(recent) == 3 and strides > LARGE and loss > STUCK * first:
        says = f"a step changes weights by {strides:.0%}; the loss stays {loss:.3g}"
        finding = _too_high(subject, says, first, loss)
        finding.evidence["update_ratio"] = strides
        return finding
    return None


def diverged(memory: Memory, subject: Subject) -> Finding:
    """A step's loss or gradient was not finite."""
    first, norm = memory.first_loss or 0.0, memory.largest_norm
    finding = _too_high(subject, "the loss is no longer finite", first, None)
    finding.evidence["largest_gradient_norm"] = norm
    return finding


def learning_rate_too_low(memory: Memory, subject: Subject) -> Finding | None:
    """The loss is high and falls, in updates that are tiny against the weights."""
    recent, rate = memory.epochs[-PATIENCE:], subject.recipe.optimizer.learning_rate
    if len(recent) < PATIENCE or any(epoch.learning_rate < rate / 2 for epoch in recent):
        return None  # a schedule has made it small
    ratio, loss = max(max(epoch.update) for epoch in recent), recent[-1].train_loss
    first = memory.first_loss or 0.0
    if ratio > SMALL or loss < SLOW * first:
        return None
    return Finding(
        "",
        [],
        f"a step changes {ratio:.0e} of the weights; the loss is {loss:.3g}",
        {"update_ratio": ratio, "first_loss": first, "train_loss": loss, "learning_rate": rate},
        "a larger learning rate",
        subject.rate(10),
    )


def _too_high(subject: Subject, says: str, first: float, loss: float | None) -> Finding:
    evidence = {"first_loss": first, "learning_rate": subject.recipe.optimizer.learning_rate}
    if loss is not None:
        evidence["train_loss"] = loss
    return Finding("", [], says, evidence, "a smaller learning rate", subject.lower_rate())
