"""Applies all rules, causes before effects: the effects of a reported cause are not reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui_dl.engine.diagnosis.activations import dead_relu, saturation
from tui_dl.engine.diagnosis.finding import Finding, Subject
from tui_dl.engine.diagnosis.fit import overfitting, plateau, underfitting
from tui_dl.engine.diagnosis.gradients import exploded, exploding_gradient, vanishing_gradient
from tui_dl.engine.diagnosis.observations import Memory
from tui_dl.engine.diagnosis.rates import diverged, learning_rate_too_high, learning_rate_too_low
from tui_dl.engine.diagnosis.remedies import first_new
from tui_dl.protocol.events import Diagnosed


class Rule(NamedTuple):
    """A function that looks for one fault, and the faults that would explain it."""

    find: Callable[[Memory, Subject], Finding | None]
    effect_of: tuple[str, ...] = ()  # kinds of diagnoses that explain it
    of_streams: bool = True  # whether it holds where every epoch has other samples

    @property
    def kind(self) -> str:
        """The kind of its diagnosis."""
        return self.find.__name__


FLAT = "exploding_gradient", "learning_rate_too_high", "dead_relu", "saturation"
CAUSES = *FLAT, "vanishing_gradient", "learning_rate_too_low"
RULES = [
    Rule(exploding_gradient, ("learning_rate_too_high",)),
    Rule(learning_rate_too_high, ("exploding_gradient",)),
    Rule(dead_relu, FLAT[:2]),
    Rule(saturation, FLAT[:2]),
    Rule(vanishing_gradient, FLAT),
    Rule(learning_rate_too_low, CAUSES),
    Rule(overfitting, FLAT, of_streams=False),
    Rule(underfitting, CAUSES, of_streams=False),
    Rule(plateau, (*CAUSES, "underfitting"), of_streams=False),
]


def examine(memory: Memory, subject: Subject, step: int) -> Iterator[Diagnosed]:
    """Yield what is wrong at the end of a stretch and was not reported before."""
    subject.step = step
    is_stream = subject.experiment.data.sections > 1
    for rule in RULES:
        if is_stream and not rule.of_streams:
            continue
        if not {rule.kind, *rule.effect_of}.intersection(memory.said):
            finding = rule.find(memory, subject)
            if finding:
                yield _report(rule.kind, memory, subject, memory.stretches[-1].epoch, step, finding)


def diagnose_divergence(
    memory: Memory, subject: Subject, epoch: int, step: int
) -> Iterator[Diagnosed]:
    """Yield why the loss or gradient of `step` is not finite, unless it was reported before."""
    subject.step = step
    if set(FLAT[:2]).intersection(memory.said):
        return
    if finding := exploded(memory, subject, step):
        yield _report("exploding_gradient", memory, subject, epoch, step, finding)
    else:
        finding = diverged(memory, subject, step)
        yield _report("learning_rate_too_high", memory, subject, epoch, step, finding)


def _report(
    kind: str, memory: Memory, subject: Subject, epoch: int, step: int, finding: Finding
) -> Diagnosed:
    facts = finding._asdict()
    remedy = first_new(subject, facts.pop("remedies"))
    said = Diagnosed(kind=kind, epoch=epoch, step=step, **facts, **remedy._asdict())
    memory.said.append(kind)
    if kind in FLAT[:2]:
        memory.advised = said.remedy
    return said
