"""L-BFGS: minimises a smooth convex function of many numbers (Nocedal 1980).

The direction of a step is the gradient times an estimate of the inverse Hessian, made from the last
few steps (Nocedal & Wright 2006, algorithm 7.4). Newton's method would need the Hessian itself,
whose size is the square of classes times features.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
# The value of a function at a point (size,), and its gradient (size,).
Function = Callable[[Doubles], tuple[float, Doubles]]

MEMORY = 10  # steps that are remembered
HALVINGS = 30  # of a step that does not descend, at most
DESCENT = 1e-4  # of what the gradient promises, at least (Armijo's condition)


def minimise(function: Function, start: Doubles, tolerance: float, most: int) -> Doubles:
    """A point where no component of the gradient is over `tolerance`, or the best one found.

    Args:
        function: returns value and gradient.
        start: (size,) where to begin.
        tolerance: of the gradient's largest component.
        most: how often the function is evaluated at most, within one step.
    """
    point, (value, gradient) = start, function(start)
    steps: deque[tuple[Doubles, Doubles]] = deque(maxlen=MEMORY)
    evaluated = 1
    while evaluated < most and np.abs(gradient).max() > tolerance:
        direction = _direction(gradient, steps)
        slope = inner(direction, gradient)
        length = 1.0 if steps else 1 / max(np.sqrt(inner(gradient, gradient)), 1.0)
        for _ in range(HALVINGS):
            new = point + length * direction
            new_value, new_gradient = function(new)
            evaluated += 1
            if new_value <= value + DESCENT * length * slope:
                break
            length /= 2
        else:
            return point  # the value changes by less than it is exact to
        step, change = new - point, new_gradient - gradient
        if inner(step, change) > 1e-12 * inner(change, change):  # else the estimate breaks
            steps.append((step, change))
        point, value, gradient = new, new_value, new_gradient
    return point


def inner(a: Doubles, b: Doubles) -> float:
    """The inner product of two vectors, in an order that depends on no number of threads."""
    return float((a * b).sum())


def _direction(gradient: Doubles, steps: deque[tuple[Doubles, Doubles]]) -> Doubles:
    """Minus the gradient times the estimate of the inverse Hessian."""
    direction = -gradient
    shares = []
    for step, change in reversed(steps):
        share = inner(step, direction) / inner(step, change)
        direction = direction - share * change
        shares.append(share)
    if steps:
        step, change = steps[-1]
        direction = direction * (inner(step, change) / inner(change, change))
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        direction = direction + (share - inner(change, direction) / inner(step, change)) * step
    return direction
