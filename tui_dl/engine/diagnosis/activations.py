"""Dead ReLUs and saturation: activations that let no gradient through.

Both have to be seen in two looks on end, and while the loss is still high: a unit may be idle for
a while, and a network that has learned what there is may end with all its units at an extreme.
"""

from __future__ import annotations

from tui_dl.engine.diagnosis import remedies
from tui_dl.engine.diagnosis.finding import Finding, Subject
from tui_dl.engine.diagnosis.memory import Memory
from tui_dl.protocol.events import Activation

DEAD = 0.9  # of a layer's units; with PyTorch's first values up to 0.6 are idle in a sound network
SATURATED = 0.8  # of a layer's outputs; sound deep tanh networks have up to 0.6
LEARNED = 0.1  # of what can be learned is left: nothing is in the way


def dead_relu(memory: Memory, subject: Subject) -> Finding | None:
    """Nearly all units of a relu are 0 for every sample, so that nothing behind them learns."""
    shares = _shares(memory, subject, "idle", DEAD)
    if not shares:
        return None
    layer, share = max(shares.items(), key=lambda it: it[1])
    step = memory.stretches[-1].step
    slower, weights = remedies.slower(subject, step), remedies.rectified(subject)
    fast = subject.rate(step) > subject.usual_rate
    return Finding(
        "",
        list(shares),
        f"{share:.0%} of the units of {layer} are 0 for all samples",
        {"share": share},
        slower if fast else [*weights, *slower],
    )


def saturation(memory: Memory, subject: Subject) -> Finding | None:
    """Most outputs of a sigmoid or tanh are where its slope is under a tenth of the steepest."""
    shares = _shares(memory, subject, "saturated", SATURATED)
    shares.pop(subject.rows[-1].name, None)  # an output may well be sure of itself
    if not shares:
        return None
    layer, share = max(shares.items(), key=lambda it: it[1])
    return Finding(
        "",
        list(shares),
        f"{share:.0%} of the outputs of {layer} are where it is flat",
        {"share": share},
        remedies.slower(subject, memory.stretches[-1].step),
    )


def _shares(memory: Memory, subject: Subject, name: str, least: float) -> dict[str, float]:
    """The newest share of each layer that had at least so much in both looks."""
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
