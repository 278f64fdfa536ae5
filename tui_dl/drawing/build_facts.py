"""What a network that is being built costs: numbers of it, memory, time."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from tui_dl.drawing.styled_text import StyledLine, column, whole_pieces
from tui_dl.drawing.wrapped import wrapped
from tui_dl.support.formatting import (
    NOTHING,
    count,
    counted,
    duration,
    gigabytes,
    in_seconds,
    percent,
    whole,
)
from tui_dl.support.translations import said, tr

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
        return [[(tr("cannot be trained as it is"), "warn")]]
    parameters, was, below = whole(facts.parameters), facts.base or 0, []
    if was not in (0, facts.parameters):
        changed = f"{percent(facts.parameters / was)}, {tr('was {count}', count=whole(was))}"
        if NAMES + cell_len(f"{parameters}  {changed}") <= width:
            parameters += f"  {changed}"
        else:
            below.append(("", changed, "plain"))
    fits = facts.memory <= facts.available
    rows: list[tuple[str, str, str]] = [
        ("parameters", parameters, "plain"),
        *below,
        ("FLOPs", tr("{count} a sample", count=count(facts.flops)), "plain"),
        (
            "memory",
            tr(
                "{part} of {whole}",
                part=gigabytes(facts.memory),
                whole=gigabytes(facts.available),
            ),
            "plain" if fits else "bad",
        ),
        ("time", epoch_time(facts), "plain"),
    ]
    if facts.seconds is not None:
        whole_run = facts.seconds * facts.epochs
        epochs = said(counted(facts.epochs, "epoch"))
        most = tr("{epochs} at most: {time}", epochs=epochs, time=_seconds(whole_run))
        rows.append(("", most, "dim"))
    unmeasured = said(facts.unmeasured)
    reasons = wrapped(unmeasured, max(width - NAMES, 1)) if unmeasured else []
    rows += [("", reason, "dim") for reason in reasons]
    return [[(column(tr(name), NAMES), "dim"), (value, style)] for name, value, style in rows]


def one_line(facts: Facts, width: int) -> StyledLine:
    """The same on one line, where there is no room for more: as many figures as fit."""
    if facts.parameters is None:
        return [(tr("cannot be trained as it is"), "warn")]
    words = [
        said(counted(facts.parameters, "parameter")),
        epoch_time(facts),
        gigabytes(facts.memory),
        f"{count(facts.flops)} FLOPs",
    ]
    first, *others = words
    return whole_pieces([(first, "dim"), *((f" · {it}", "dim") for it in others)], width)


def epoch_time(facts: Facts) -> str:
    """Seconds an epoch in words."""
    if facts.seconds is not None:
        return tr("{time} an epoch", time=_seconds(facts.seconds))
    return tr("{time} an epoch", time=NOTHING) if facts.unmeasured else tr(MEASURING)


def _seconds(seconds: float) -> str:
    """Two digits of a short time; minutes and seconds of a long one."""
    if seconds >= 100:
        return duration(seconds)
    if seconds >= 0.0995:
        return in_seconds(f"{seconds:.{1 if seconds >= 9.95 else 2}f}")
    return f"{1000 * seconds:.2g} ms"
