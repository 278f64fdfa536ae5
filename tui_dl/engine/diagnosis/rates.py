"""Rules for learning rates: too high, and the loss rises; too low, and it hardly falls.

The rule of thumb is an update of a thousandth of the weights (Karpathy, CS231n).
"""

from __future__ import annotations

from tui_dl.engine.diagnosis import remedies
from tui_dl.engine.diagnosis.finding import Finding, Subject
from tui_dl.engine.diagnosis.observations import Memory

WORSE = 1.05  # times an untrained network's loss, twice: mini-batches of 32 differ by 3 %
WRECKED = 2.0  # times that, once
LARGE = 0.2  # of the weights is an update; recurrent networks that learn have up to 0.16
STUCK = 0.9  # of what can be learned is left: little was learned
UNLEARNED = 2.0  # times what was left before the rate was raised,
MUCH = 0.1  # and so much more of what can be learned
SMALL = 3e-4  # of the weights is an update: at 5e-4 Adam still learns the digits in 40 epochs
SLOW = 0.8  # of what can be learned is left
ENOUGH = 0.5  # of it is left at the end, by the trend
PATIENCE = 5  # stretches, and
SOON = 100  # steps


def learning_rate_too_high(memory: Memory, subject: Subject) -> Finding | None:
    """The loss is higher than at the start, or does not fall in large updates of a layer."""
    first, recent = subject.untrained_loss(memory), memory.stretches[-3:]
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
    update = min(max(it.update) for it in recent)
    if len(recent) == 3 and update > LARGE and subject.left(memory, loss) > STUCK:
        message = f"an update is {update:.0%} of the weights; the loss stays {loss:.3g}"
        finding = _too_high(subject, step, message, first, loss)
        finding.evidence["update_ratio"] = update
        return finding
    return None


def _unlearned(memory: Memory, subject: Subject, step: int) -> float | None:
    """The loss before the rate was raised by hand, if two stretches since are far above it."""
    change = subject.manual_change(step)
    if change is None or subject.rate(step) <= subject.config.optimizer.learning_rate:
        return None
    before = [it.train_loss for it in memory.stretches if it.step <= change.step]
    since = [it.train_loss for it in memory.stretches if it.step > change.step]
    if not before or len(since) < 2:
        return None
    left = subject.left(memory, before[-1])
    high = max(UNLEARNED * left, left + MUCH)
    return before[-1] if min(subject.left(memory, it) for it in since[-2:]) > high else None


def diverged(memory: Memory, subject: Subject, step: int) -> Finding:
    """The finding for a loss or gradient of `step` that is not finite."""
    first, norm = subject.untrained_loss(memory), memory.largest_norm
    finding = _too_high(subject, step, "the loss is no longer finite", first, None)
    finding.evidence["largest_gradient_norm"] = norm
    return finding


def learning_rate_too_low(memory: Memory, subject: Subject) -> Finding | None:
    """The loss is high, and updates are so small that it stays high until the end of the run."""
    recent = memory.stretches[-PATIENCE:]
    if len(recent) < PATIENCE or not subject.has_lasted(memory, SOON):
        return None
    step, loss, rate = recent[-1].step, recent[-1].train_loss, subject.rate(recent[0].step)
    if any(it.learning_rate < rate / 2 for it in recent):
        return None  # the schedule made it small
    ratio = max(max(it.update) for it in recent)
    if ratio > SMALL or subject.left(memory, loss) < SLOW:
        return None
    if subject.left(memory, subject.loss_at_end(memory)) < ENOUGH:
        return None
    return Finding(
        [],
        f"{_since(subject, step)}an update is {ratio:.0e} of the weights; the loss is {loss:.3g}",
        {
            "update_ratio": ratio,
            "first_loss": subject.untrained_loss(memory),
            "train_loss": loss,
            "learning_rate": rate,
        },
        remedies.higher_rate(subject, step),
    )


def _too_high(
    subject: Subject, step: int, message: str, first: float, loss: float | None
) -> Finding:
    evidence = {"first_loss": first, "learning_rate": subject.rate(step)}
    if loss is not None:
        evidence["train_loss"] = loss
    return Finding(
        [], f"{_since(subject, step)}{message}", evidence, remedies.lower_rate(subject, step)
    )


def _since(subject: Subject, step: int) -> str:
    """Name the change that set the rate in force by hand, as the beginning of a message."""
    change = subject.manual_change(step)
    if change is None:
        return ""
    return f"since the rate was set to {change.learning_rate:g} at step {change.step:,}, "
