"""The numbers that the two sides of a comparison are, and how they compare."""

from __future__ import annotations

import operator
from collections.abc import Callable

from tui_dl.spec.claims.reader import Expression, Figure, Negative, Operation

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPUTE: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


class MissingError(ValueError):
    """A run has no such figure; the message says why."""


def evaluate(expression: Expression, number: Callable[[Figure], float]) -> float:
    """The number that an expression is.

    Args:
        expression: what is computed.
        number: the number of a figure; it raises MissingError where there is none.

    Raises:
        MissingError: a figure is missing.
        ZeroDivisionError: it divides by zero.
    """
    match expression:
        case Figure():
            return number(expression)
        case Negative(of):
            return -evaluate(of, number)
        case Operation(left, sign, right):
            return COMPUTE[sign](evaluate(left, number), evaluate(right, number))
        case value:
            return value
