"""What a network that is being built costs: numbers of it, memory, time."""

from __future__ import annotations

from typing import NamedTuple

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import wrapped
from tui_dl.support.formatting import NOTHING, count, counted, duration, gigabytes, whole

NAMES = 14  # cells of the names
MEASURING = "measuring…"


class Facts(NamedTuple):
    """Figures of an experiment.

    Attributes:
        parameters: numbers that are trained; None where it cannot be trained, as all others.
        base: the same of what it was begun with.
        flops: of a forward pass of one sample.
        memory: bytes that a run needs.
        available: bytes that there are.
        epochs: of a run, at most.
        seconds: of an epoch; None until it is measured.
        unmeasured: why it is not measured; empty where it is, or will be.
    """

    parameters: int | None = None
    base: int | None = None
    flops: int = 0
    memory: int = 0
    available: int = 0
    epochs: int = 0
    seconds: float | None = None
    unmeasured: str = ""


def build_facts(facts: Facts, width: int) -> list[StyledLine]:
    """One row a figure; why there is no time takes as many as it needs."""
    if facts.parameters is None:
        return [[("cannot be trained as it is", "warn")]]
    was = facts.base or 0
    changed = f"  was {whole(was)}" * (was not in (0, facts.parameters))
    fits = facts.memory <= facts.available
    rows: list[tuple[str, str, str]] = [
        ("parameters", whole(facts.parameters) + changed, "plain"),
        ("FLOPs", f"{count(facts.flops)} a sample", "plain"),
        (
            "memory",
            f"{gigabytes(facts.memory)} of {gigabytes(facts.available)}",
            "plain" if fits else "bad",
        ),
        ("time", epoch_time(facts), "plain"),
    ]
    if facts.seconds is not None:
        whole_run = facts.seconds * facts.epochs
        rows.append(("", f"{counted(facts.epochs, 'epoch')} at most: {_seconds(whole_run)}", "dim"))
    reasons = wrapped(facts.unmeasured, max(width - NAMES, 1)) if facts.unmeasured else []
    rows += [("", reason, "dim") for reason in reasons]
    return [[(f"{name:<{NAMES}}", "dim"), (value, style)] for name, value, style in rows]


def one_line(facts: Facts) -> StyledLine:
    """The same on one line, where there is no room for more."""
    if facts.parameters is None:
        return [("cannot be trained as it is", "warn")]
    words = [
        counted(facts.parameters, "parameter"),
        f"{count(facts.flops)} FLOPs",
        gigabytes(facts.memory),
        epoch_time(facts),
    ]
    return [(" · ".join(words), "dim")]


def epoch_time(facts: Facts) -> str:
    """Seconds an epoch in words."""
    if facts.seconds is not None:
        return f"{_seconds(facts.seconds)} an epoch"
    return f"{NOTHING} an epoch" if facts.unmeasured else MEASURING


def _seconds(seconds: float) -> str:
    """Two digits of a short time; minutes and seconds of a long one."""
    if seconds >= 100:
        return duration(seconds)
    if seconds >= 0.0995:
        return f"{seconds:.{1 if seconds >= 9.95 else 2}f} s"
    return f"{1000 * seconds:.2g} ms"
