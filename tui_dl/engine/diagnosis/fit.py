"""Rules for overfitting, underfitting and plateaus, from the training and validation losses."""

from __future__ import annotations

from statistics import median

from tui_dl.engine.diagnosis import remedies
from tui_dl.engine.diagnosis.finding import WAITED, Finding, Remedy, Subject
from tui_dl.engine.diagnosis.observations import Memory

GAP = 0.055  # of what can be learned: 0.13 nats for ten classes; `first-network` has up to 0.049
RISEN = 1.005  # of the best median validation loss
STILL_FALLS = 2 / 3  # of the training loss at that epoch

HIGH = 0.2  # of what can be learned is left
ALIKE = 1.2  # at most, validation over training: the network does not overfit

STALL = 10  # stretches, and
LONG = 400  # steps,
RECURRENT = 2  # times as many steps for a recurrent network: `memory` needs 264 before it learns
AT_START = 0.97  # of what can be learned is left
NOISY = 5e-3  # of the weights is an update: with smaller ones the loss would settle lower
LOW = 0.02  # of what can be learned is left: no remedy would gain much
GOES_ON = 0.9  # of what is left now will be left at the end, by the trend


def overfitting(memory: Memory, subject: Subject) -> Finding | None:
    """Training loss still falls, validation loss rises, and they are far apart."""
    best = memory.best
    if best is None or memory.waited < WAITED:
        return None
    now, least = memory.now, subject.least_loss
    train, validation = now.train, now.validation
    apart = subject.left(memory, validation) - subject.left(memory, train)
    if apart < GAP or validation - least < RISEN * (best.validation - least):
        return None
    if train - least > STILL_FALLS * (best.train - least):
        return None
    return Finding(
        [],
        f"training loss still falls ({train:.2g}), validation ({validation:.2g}) does not",
        {
            "train_loss": train,
            "validation_loss": validation,
            "best_validation_loss": best.validation,
            "best_epoch": best.epoch,
        },
        [*remedies.early_stopping(subject), *remedies.dropout(subject)],
    )


def underfitting(memory: Memory, subject: Subject) -> Finding | None:
    """Both losses are level and high, in a network with fewer parameters than samples."""
    if subject.parameters >= subject.samples or subject.config.target == "input":
        return None  # an autoencoder is narrow on purpose
    if not _is_level(memory, subject):
        return None
    now, first = memory.now, subject.untrained_loss(memory)
    left = subject.left(memory, now.train)
    if left < HIGH or subject.left(memory, now.validation) > ALIKE * left:
        return None
    return Finding(
        [],
        f"both losses are level at {now.train:.2g}, with {left:.0%} left to learn",
        {
            "train_loss": now.train,
            "validation_loss": now.validation,
            "first_loss": first,
            "least_loss": subject.least_loss,
            "parameters": subject.parameters,
            "samples": subject.samples,
        },
        remedies.wider_network(subject),
    )


def plateau(memory: Memory, subject: Subject) -> Finding | None:
    """The training loss does not fall: it never did, or its steps are too large to settle."""
    enough = LONG * (RECURRENT if subject.recurrent else 1)
    if memory.curve.length < STALL or not subject.has_lasted(memory, enough):
        return None
    recent, first = memory.stretches[-STALL:], subject.untrained_loss(memory)
    train, step = median(it.train_loss for it in recent), recent[-1].step
    evidence = {"train_loss": train, "first_loss": first, "steps": step}
    if min(subject.left(memory, it.train_loss) for it in recent) > AT_START:
        start = _start_remedies(subject)
        if not start or _goes_on(memory, subject):
            return None
        message = f"after {step:,} steps the loss is still {train:.3g}"
        return Finding([], message, evidence, start)
    update = median(max(it.update) for it in recent)
    decay = remedies.decaying_rate(subject)
    if not decay or not _is_level(memory, subject, 2) or update < NOISY:
        return None
    if subject.left(memory, train) < LOW:
        return None
    message = f"the loss stays near {train:.2g}; an update is {update:.1%} of the weights"
    return Finding([], message, evidence | {"update_ratio": update}, decay)


def _goes_on(memory: Memory, subject: Subject) -> bool:
    """Whether the loss will still fall until the end of the run, by its trend."""
    left = subject.left(memory, memory.now.train)
    return subject.left(memory, subject.loss_at_end(memory)) < GOES_ON * left


def _is_level(memory: Memory, subject: Subject, times: int = 1) -> bool:
    """Whether the loss has stopped falling and will not be lower at the end of the run."""
    lasts = memory.curve.length >= times * STALL and subject.has_lasted(memory, LONG)
    if not lasts or not memory.curve.is_level(subject.least_loss):
        return False
    return not _goes_on(memory, subject)


def _start_remedies(subject: Subject) -> list[Remedy]:
    """Remedies for a network that does not begin to learn."""
    if subject.recurrent:
        return [*remedies.orthogonal_weights(subject), *remedies.adam(subject)]
    return [*remedies.relu_or_he(subject), *remedies.adam(subject)]
