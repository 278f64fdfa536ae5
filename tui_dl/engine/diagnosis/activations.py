"""Rules for dead ReLUs and saturation: activations that let no gradient through.

Both must be found by two probes in a row, and while the loss is still high: a unit may be idle for
a while, and a network that has learned everything may end with all its units at an extreme.
"""

from __future__ import annotations

from tui_dl.engine.diagnosis import remedies
from tui_dl.engine.diagnosis.finding import Finding, Subject
from tui_dl.engine.diagnosis.observations import Memory
from tui_dl.protocol.events import Activation
from tui_dl.protocol.thresholds import DEAD, SATURATED

LEARNED = 0.1  # with less left to learn, the units do no harm


def dead_relu(memory: Memory, subject: Subject) -> Finding | None:
    """Nearly all units of a relu are 0 for every sample, so that no layer before it learns."""
    shares = _shares(memory, subject, "idle", DEAD)
    if not shares:
        return None
    layer, share = max(shares.items(), key=lambda it: it[1])
    step = memory.stretches[-1].step
    slower, weights = remedies.lower_rate(subject, step), remedies.relu_or_he(subject)
    fast = subject.rate(step) > subject.default_rate
    return Finding(
        list(shares),
        f"{share:.0%} of the units of {layer} are 0 for all samples",
        {"share": share},
        slower if fast else [*weights, *slower],
    )


def saturation(memory: Memory, subject: Subject) -> Finding | None:
    """Most outputs of a sigmoid or tanh are where its slope is under a tenth of its maximum."""
    shares = _shares(memory, subject, "saturated", SATURATED)
    shares.pop(subject.nodes[-1].name, None)  # a saturated output layer is certain of its answers
    if not shares:
        return None
    layer, share = max(shares.items(), key=lambda it: it[1])
    return Finding(
        list(shares),
        f"{share:.0%} of the outputs of {layer} are where its slope is near 0",
        {"share": share},
        remedies.lower_rate(subject, memory.stretches[-1].step),
    )


def _shares(memory: Memory, subject: Subject, name: str, least: float) -> dict[str, float]:
    """The newest share `name` of each layer where the last two probes found at least `least`."""
    if len(memory.probes) < 2:
        return {}
    if subject.left(memory, memory.stretches[-1].train_loss) < LEARNED:
        return {}
    before, now = memory.probes
    return {
        layer: share
        for layer, activation in now.items()
        if (share := _share(activation, name)) >= least and _share(before[layer], name) >= least
    }


def _share(activation: Activation, name: str) -> float:
    share: float | None = getattr(activation, name)
    return share or 0.0
