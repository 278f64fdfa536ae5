"""Plain forms of the optimizers: each updates the weights `w` in place, at update number t >= 1.

`g` is the gradient; the optimizer's state is passed in by name and updated in place. `fields`
are the optimizer's in the experiment file.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats


def sgd(fields: Any, w: Floats, g: Floats, t: int, velocity: Floats | None = None) -> None:
    """W -= learning_rate g, or learning_rate v with v = mu v + g; Nesterov's form: g + mu v."""
    if velocity is None:
        w -= fields.learning_rate * g
        return
    velocity[...] = fields.momentum * velocity + g
    w -= fields.learning_rate * (g + fields.momentum * velocity if fields.nesterov else velocity)


def rmsprop(fields: Any, w: Floats, g: Floats, t: int, v: Floats) -> None:
    """V = a v + (1 - a) g^2; w -= learning_rate g / (sqrt(v) + epsilon)."""
    v[...] = fields.alpha * v + (1 - fields.alpha) * g**2
    w -= fields.learning_rate * g / (np.sqrt(v) + fields.epsilon)


def adam(fields: Any, w: Floats, g: Floats, t: int, m: Floats, v: Floats) -> None:
    """W -= learning_rate m^ / (sqrt(v^) + epsilon), with the bias-corrected moments m^ and v^."""
    m[...] = fields.beta1 * m + (1 - fields.beta1) * g
    v[...] = fields.beta2 * v + (1 - fields.beta2) * g**2
    m_hat, v_hat = m / (1 - fields.beta1**t), v / (1 - fields.beta2**t)
    w -= fields.learning_rate * m_hat / (np.sqrt(v_hat) + fields.epsilon)


def adamw(fields: Any, w: Floats, g: Floats, t: int, m: Floats, v: Floats) -> None:
    """The update of adam, and w -= learning_rate weight_decay w, with w before both."""
    decay = fields.learning_rate * fields.weight_decay * w
    adam(fields, w, g, t, m, v)
    w -= decay
