"""Learning rates: too high, and the loss rises; too low, and it hardly falls.

An update of a thousandth of the weights a step is the rule of thumb (Karpathy, CS231n).
"""

from __future__ import annotations

from tui_dl.engine.diagnosis import remedies
from tui_dl.engine.diagnosis.finding import Finding, Subject
from tui_dl.engine.diagnosis.memory import Memory

WORSE = 1.05  # of an untrained network's loss, twice: mini-batches of 32 differ by 3 %
WRECKED = 2.0  # of it, once
LARGE = 0.2  # an update over the weights; recurrent networks that learn have up to 0.16
STUCK = 0.9  # of what can be learned is left: little was learned
UNLEARNED = 2.0  # times what was left before somebody raised the rate,
MUCH = 0.1  # and so much more of all that can be learned
SMALL = 3e-4  # an update over the weights: at 5e-4 Adam still learns the digits in 40 epochs
SLOW = 0.8
ENOUGH = 0.5  # is left in the end, if it goes on like this
PATIENCE = 5  # stretches, and
SOON = 100  # steps


def learning_rate_too_high(memory: Memory, subject: Subject) -> Finding | None:
    """Training made the loss worse, or changes a layer in big strides that lead nowhere."""
    first, recent = subject.untrained(memory), memory.stretches[-3:]
    loss, step = recent[-1].train_loss, recent[-1].step
    twice = len(recent) >= 2 and min(it.train_loss for it in recent[-2:]) > WORSE * first
    if twice or loss > WRECKED * first:
        return _too_high(
            subject, step, f"the loss rose from {first:.3g} to {loss:.3g}", first, loss
        )
    if (before := _unlearned(memory, subject, step)) is not None:
        return _too_high(
            subject, step, f"the loss rose from {before:.3g} to {loss:.3g}", first, loss
        )
    strides = min(max(it.update) for it in recent)
    if len(recent) == 3 and strides > LARGE and subject.left(memory, loss) > STUCK:
        says = f"a step changes weights by {strides:.0%}; the loss stays {loss:.3g}"
        finding = _too_high(subject, step, says, first, loss)
        finding.evidence["update_ratio"] = strides
        return finding
    return None


def _unlearned(memory: Memory, subject: Subject, step: int) -> float | None:
    """The loss before somebody raised the rate, if two stretches since then are far above it."""
    change = subject.by_hand(step)
    if change is None or subject.rate(step) <= subject.recipe.optimizer.learning_rate:
        return None
    before = [it.train_loss for it in memory.stretches if it.step <= change.step]
    since = [it.train_loss for it in memory.stretches if it.step > change.step]
    if not before or len(since) < 2:
        return None
    left = subject.left(memory, before[-1])
    high = max(UNLEARNED * left, left + MUCH)
    return before[-1] if min(subject.left(memory, it) for it in since[-2:]) > high else None


def diverged(memory: Memory, subject: Subject, step: int) -> Finding:
    """The loss or the gradient of `step` was not finite."""
    first, norm = subject.untrained(memory), memory.largest_norm
    finding = _too_high(subject, step, "the loss is no longer finite", first, None)
    finding.evidence["largest_gradient_norm"] = norm
    return finding


def learning_rate_too_low(memory: Memory, subject: Subject) -> Finding | None:
    """The loss is high and falls, in updates so tiny that the run ends before it is low."""
    recent = memory.stretches[-PATIENCE:]
    if len(recent) < PATIENCE or not subject.has_lasted(memory, SOON):
        return None
    step, loss, rate = recent[-1].step, recent[-1].train_loss, subject.rate(recent[0].step)
    if any(it.learning_rate < rate / 2 for it in recent):
        return None  # a schedule has made it small
    ratio = max(max(it.update) for it in recent)
    if ratio > SMALL or subject.left(memory, loss) < SLOW:
        return None
    if subject.left(memory, subject.at_end(memory)) < ENOUGH:
        return None
    return Finding(
        "",
        [],
        f"{_since(subject, step)}a step changes {ratio:.0e} of the weights; the loss is {loss:.3g}",
        {
            "update_ratio": ratio,
            "first_loss": subject.untrained(memory),
            "train_loss": loss,
            "learning_rate": rate,
        },
        remedies.faster(subject, step),
    )


def _too_high(subject: Subject, step: int, says: str, first: float, loss: float | None) -> Finding:
    evidence = {"first_loss": first, "learning_rate": subject.rate(step)}
    if loss is not None:
        evidence["train_loss"] = loss
    return Finding(
        "", [], f"{_since(subject, step)}{says}", evidence, remedies.slower(subject, step)
    )


def _since(subject: Subject, step: int) -> str:
    """Names the change by which somebody set the rate that is in force."""
    change = subject.by_hand(step)
    return (
        f"since it was set to {change.learning_rate:g} at step {change.step:,}, " if change else ""
    )
