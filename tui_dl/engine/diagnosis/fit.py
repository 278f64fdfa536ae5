"""Overfitting, underfitting and plateaus: what the two loss curves say beside each other."""

from __future__ import annotations

from statistics import median

from tui_dl.engine.diagnosis import remedies
from tui_dl.engine.diagnosis.finding import WAITED, Finding, Lesson, Remedy, Subject
from tui_dl.engine.diagnosis.memory import Memory

GAP = 0.055  # of what can be learned: 0.13 nats for ten classes. `first-network` has up to 0.049
RISEN = 1.005  # of the best median validation loss
LEARNING_ON = 2 / 3  # of the training loss at that epoch

HIGH = 0.2  # of what can be learned is left
ALIKE = 1.2  # validation over training: what was learned holds for both

STALL = 10  # stretches, and
LONG = 400  # steps,
RECURRENT = 2  # times as many where there is time to look through: `memory` needs 264
AT_START = 0.97  # of what can be learned is left
NOISY = 5e-3  # an update over the weights: smaller steps would settle lower
LOW = 0.02  # of what can be learned is left: nothing to gain
GOES_ON = 0.9  # of what is left now is left in the end, if it goes on like this


def overfitting(memory: Memory, subject: Subject) -> Finding | None:
    """Training loss goes on falling, validation loss has turned up, and they are far apart."""
    best = memory.best
    if best is None or memory.waited < WAITED:
        return None
    now, least = memory.now, subject.least
    train, validation = now.train, now.validation
    apart = subject.left(memory, validation) - subject.left(memory, train)
    if apart < GAP or validation - least < RISEN * (best.validation - least):
        return None
    if train - least > LEARNING_ON * (best.train - least):
        return None
    return Finding(
        "early-stopping",
        [],
        f"since epoch {best.epoch} only the training loss falls: {train:.2g}, not {validation:.2g}",
        {
            "train_loss": train,
            "validation_loss": validation,
            "best_validation_loss": best.validation,
            "best_epoch": best.epoch,
        },
        [*remedies.stopping(subject), *remedies.dropping(subject)],
    )


def underfitting(memory: Memory, subject: Subject) -> Finding | None:
    """Both losses have levelled off high, in a network smaller than what it is to learn."""
    if subject.parameters >= subject.samples or subject.recipe.target == "input":
        return None  # a code is narrow on purpose
    if not _is_level(memory, subject):
        return None
    now, first = memory.now, subject.untrained(memory)
    left = subject.left(memory, now.train)
    if left < HIGH or subject.left(memory, now.validation) > ALIKE * left:
        return None
    return Finding(
        "",
        [],
        f"both losses level off at {now.train:.2g}, with {left:.0%} of it left to learn",
        {
            "train_loss": now.train,
            "validation_loss": now.validation,
            "first_loss": first,
            "least_loss": subject.least,
            "parameters": subject.parameters,
            "samples": subject.samples,
        },
        remedies.wider(subject),
    )


def plateau(memory: Memory, subject: Subject) -> Finding | None:
    """The training loss has stopped falling: at its very start, or in steps too large to settle."""
    enough = LONG * (RECURRENT if subject.recurrent else 1)
    if memory.curve.length < STALL or not subject.has_lasted(memory, enough):
        return None
    recent, first = memory.stretches[-STALL:], subject.untrained(memory)
    train, step = median(it.train_loss for it in recent), recent[-1].step
    evidence = {"train_loss": train, "first_loss": first, "steps": step}
    if min(subject.left(memory, it.train_loss) for it in recent) > AT_START:
        ways = _other_ways(subject)
        if not ways or _goes_on(memory, subject):
            return None  # an lstm may take its time, too
        says = f"after {step:,} steps the loss is where it began, at {train:.3g}"
        return Finding(_lesson(subject), [], says, evidence, ways)
    update = median(max(it.update) for it in recent)
    settling = remedies.settling(subject)
    if not settling or not _is_level(memory, subject, 2) or update < NOISY:
        return None
    if subject.left(memory, train) < LOW:
        return None
    says = f"the loss stays about {train:.2g}, in steps of {update:.1%} of the weights"
    return Finding("", [], says, evidence | {"update_ratio": update}, settling)


def _goes_on(memory: Memory, subject: Subject) -> bool:
    """Whether the loss will be lower yet in the end of the run, if it goes on as it does."""
    left = subject.left(memory, memory.now.train)
    return subject.left(memory, subject.at_end(memory)) < GOES_ON * left


def _is_level(memory: Memory, subject: Subject, times: int = 1) -> bool:
    """Whether the loss has stopped falling, and will not be lower in the end of the run."""
    lasts = memory.curve.length >= times * STALL and subject.has_lasted(memory, LONG)
    if not lasts or not memory.curve.is_level(subject.least):
        return False
    return not _goes_on(memory, subject)


def _other_ways(subject: Subject) -> list[Remedy]:
    """For a network that does not begin to learn."""
    if subject.recurrent:
        return [*remedies.remembering(subject), *remedies.adaptive(subject)]
    return [*remedies.rectified(subject), *remedies.adaptive(subject)]


def _lesson(subject: Subject) -> Lesson:
    if subject.recurrent:
        return "memory"
    return "vanishing-gradient" if remedies.rectified(subject) else ""
