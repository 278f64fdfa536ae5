"""Overfitting, underfitting and plateaus: what the two loss curves say beside each other."""

from __future__ import annotations

from statistics import median

from tui_dl.engine.diagnosis.finding import Finding, Lesson, Subject, override, replaced
from tui_dl.engine.diagnosis.memory import Epoch, Memory
from tui_dl.layers import Convolution, Dense, Lstm, Recurrent, Rnn
from tui_dl.layout import Row
from tui_dl.recipe import Sgd

WAITED = 5  # epochs since the best validation loss; medians are over as many
GAP = 0.055  # of the first loss: 0.13 nats for ten classes. `first-network` has up to 0.049
RISEN = 1.05  # of the best validation loss
LEARNING_ON = 2 / 3  # of the training loss at that epoch

LEVEL = 0.93  # of the training loss five epochs before
HIGH = 0.2  # of the first loss
ALIKE = 1.2  # validation over training: what was learned holds for both

STALL = 10  # epochs: `memory` needs six before it begins to learn
AT_START = 0.97  # of the first loss
FLAT = 0.98  # of the training loss ten epochs before
NOISY = 1e-3  # an update over the weights: smaller steps would settle lower
LOW = 0.02  # of the first loss: nothing left to gain


def overfitting(memory: Memory, subject: Subject) -> Finding | None:
    """Training loss goes on falling, validation loss has turned up, and they are far apart."""
    best, recent, first = memory.best, memory.epochs[-WAITED:], memory.first_loss or 0.0
    if best is None or recent[-1].epoch - best.epoch < WAITED:
        return None
    train, validation = _losses(recent)
    if validation - train < GAP * first or validation < RISEN * best.validation_loss:
        return None
    if train > LEARNING_ON * best.train_loss:
        return None
    stopping = subject.recipe.early_stopping
    change = [] if stopping else ["train.early_stopping.patience=10"]
    if stopping and not subject.recipe.l2:
        change = ["train.l2=0.001"]
    return Finding(
        "early-stopping",
        [],
        f"since epoch {best.epoch} only the training loss falls: {train:.2g}, not {validation:.2g}",
        {
            "train_loss": train,
            "validation_loss": validation,
            "best_validation_loss": best.validation_loss,
            "best_epoch": best.epoch,
        },
        "more samples, augment, dropout, l2, or a smaller network",
        change,
    )


def underfitting(memory: Memory, subject: Subject) -> Finding | None:
    """Both losses have levelled off high, in a network smaller than what it is to learn."""
    epochs, first = memory.epochs[-2 * WAITED :], memory.first_loss or 0.0
    if len(epochs) < 2 * WAITED or subject.parameters >= subject.samples:
        return None
    (before, _), (train, validation) = _losses(epochs[:WAITED]), _losses(epochs[WAITED:])
    if train < LEVEL * before or train < HIGH * first or validation > ALIKE * train:
        return None
    advice, change = "add a hidden layer: a dense row and a relu", []
    if hidden := [it for row in subject.trained[:-1] if (it := _width(row))]:
        width, key, row = min(hidden, key=lambda it: it[0])
        advice = f"a wider {row.name}; or there is no more to learn from these samples"
        change = override([row], f"{key}={8 * width}")
    return Finding(
        "",
        [],
        f"both losses level off at {train:.2g}, {train / first:.0%} of an untrained network's",
        {
            "train_loss": train,
            "validation_loss": validation,
            "first_loss": first,
            "parameters": subject.parameters,
            "samples": subject.samples,
        },
        advice,
        change,
    )


def plateau(memory: Memory, subject: Subject) -> Finding | None:
    """The training loss has stopped falling: at its very start, or in steps too large to settle."""
    epochs, first = memory.epochs, memory.first_loss or 0.0
    if len(epochs) < STALL:
        return None
    train = median(epoch.train_loss for epoch in epochs[-STALL:])
    evidence = {"train_loss": train, "first_loss": first, "epochs": STALL}
    if min(epoch.train_loss for epoch in epochs[-STALL:]) > AT_START * first:
        says = f"after {epochs[-1].epoch} epochs the loss is where it began, at {train:.3g}"
        lesson, advice, change = _other_ways(subject)
        return Finding(lesson, [], says, evidence, advice, change)
    if len(epochs) < 2 * STALL:
        return None
    before = median(epoch.train_loss for epoch in epochs[-2 * STALL : -STALL])
    update = median(max(epoch.update) for epoch in epochs[-STALL:])
    if train < FLAT * before or train < LOW * first or update < NOISY:
        return None
    return Finding(
        "",
        [],
        f"for {2 * STALL} epochs the loss has stayed about {train:.2g}",
        evidence | {"update_ratio": update},
        "let the learning rate decay",
        ["train.schedule.kind=cosine"],
    )


def _other_ways(subject: Subject) -> tuple[Lesson, str, list[str]]:
    """Lesson, advice and overrides for a network that does not begin to learn."""
    forgetful = [row for row in subject.recurrent if isinstance(row.layer, Rnn)]
    if forgetful:
        longer = "an lstm or a gru remembers for longer than an rnn"
        return "memory", longer, replaced(forgetful, Lstm)
    if subject.recurrent:
        return "memory", "shorter sequences to begin with, or more of them", []
    if isinstance(subject.recipe.optimizer, Sgd):
        adam = 'train.optimizer={kind="adam",learning_rate=0.001}'
        return "", "adam gets away from where the gradient is small", [adam]
    return "vanishing-gradient", "other first values, batch_norm, or fewer layers", []


def _losses(epochs: list[Epoch]) -> tuple[float, float]:
    """Median losses: of training and of validation."""
    return median(it.train_loss for it in epochs), median(it.validation_loss for it in epochs)


def _width(row: Row) -> tuple[int, str, Row] | None:
    """How wide a row is and the key that says so, where it can be chosen."""
    match row.layer:
        case Dense(units=width) | Recurrent(units=width):
            return width, "units", row
        case Convolution(filters=width):
            return width, "filters", row
    return None
