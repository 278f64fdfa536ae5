"""The gradient reaches every layer: none gets nothing, or a millionth of what another gets."""

from __future__ import annotations

from math import inf, isfinite, nan

from tui_dl.engine.train.checks.subject import Measured, Subject
from tui_dl.support.formatting import short

STEPS = 1

LEAST = 1e-6  # of the largest norm


def check(subject: Subject) -> Measured | None:
    """The smallest gradient norm of a layer over the largest, in the first step."""
    subject.step(subject.take(subject.trainer.batch_sizes.of(0)))
    norms = subject.layer_gradient_norms()
    largest = max(norms.values(), default=nan)
    worst = min(norms, key=lambda it: norms[it] if isfinite(norms[it]) else -inf)
    ratio = norms[worst] / largest if largest else 0.0
    if not isfinite(norms[worst]):
        says = f"the gradient of {worst} is not finite"
    elif not norms[worst]:
        says = f"no gradient reaches {worst}"
    else:
        says = f"{worst} gets {short(ratio)} of the largest gradient of a layer"
    return Measured(
        ratio,
        LEAST,
        None,
        f"{says}; expected is at least {LEAST:g}",
        "relu in place of sigmoid and tanh, initializer = he before it and glorot elsewhere, fewer "
        "layers, or residual ones; weights that are all 0 never learn",
    )
