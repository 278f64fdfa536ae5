"""Reads the test of a claim: one comparison of two arithmetic expressions.

    grad_norm['dense_1'].mean / grad_norm['dense_12'].mean < 1e-4
    2 * momentum.validation_loss.reaches[0.5] <= sgd.validation_loss.reaches[0.5]

Python's `ast` parses the text, and only the nodes below are read; nothing is evaluated here. A
figure is written ``[variant.]name[['key']][.selector[[number]]]``.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal, cast

from tui_dl.spec.config_error import ConfigError
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.terminal_text import is_printable

LONGEST = 500  # characters of a test
DEEPEST = 40  # expressions in one another

Sign = Literal["<", "<=", ">", ">="]
Operator = Literal["+", "-", "*", "/"]
PLAIN = ("first", "last", "min", "max", "mean")  # selectors that are a name alone
NUMBERED = ("at", "reaches")  # those with a number in brackets
SELECTORS = (*PLAIN, *NUMBERED)

SIGNS: dict[type[ast.cmpop], Sign] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
OPERATORS: dict[type[ast.operator], Operator] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
RULE = f"write one comparison, with {', '.join(SIGNS.values())}"
UNREADABLE = "cannot be read"
ALLOWED = "write numbers, names of figures, + - * / and parentheses"


@dataclass(frozen=True)
class Figure:
    """A figure of a run.

    Attributes:
        name: what it is, such as train_loss.
        variant: of which variant; empty for the experiment itself.
        key: in brackets, such as a layer's name; empty where there is none.
        selector: which number of a series; empty where none is written.
        number: in the selector's brackets.
        column: where it begins in the text, from 1.
    """

    name: str
    variant: str
    key: str
    selector: str
    number: float
    column: int


@dataclass(frozen=True)
class Negative:
    """Minus an expression."""

    of: Expression


@dataclass(frozen=True)
class Operation:
    """Two expressions, and what is made of them."""

    left: Expression
    operator: Operator
    right: Expression


Expression = float | Figure | Negative | Operation


@dataclass(frozen=True)
class Comparison:
    """Two expressions, and how the left one must compare with the right one."""

    left: Expression
    sign: Sign
    right: Expression

    def figures(self) -> list[Figure]:
        """All figures in it, from left to right."""
        return [*_figures(self.left), *_figures(self.right)]


def read(text: str) -> Comparison:
    """The comparison that is written in `text`.

    Raises:
        ConfigError: it is none; the message begins with the column, and the path is empty.
    """
    if len(text) > LONGEST or not is_printable(text):
        raise ConfigError("", f"is more than one line of {LONGEST} characters: shorten it")
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        column = min(error.offset or len(text) + 1, len(text) + 1)  # 0: at the end
        raise refused(column, f"{UNREADABLE}: {RULE}") from None
    except (ValueError, RecursionError, MemoryError):
        raise refused(1, f"{UNREADABLE}: {RULE}") from None
    return _Reader(text.strip()).comparison(tree)


def refused(column: int, message: str) -> ConfigError:
    """The error of a text, at a column."""
    return ConfigError("", f"column {column}: {message}")


def _figures(expression: Expression) -> list[Figure]:
    match expression:
        case Figure():
            return [expression]
        case Negative(of):
            return _figures(of)
        case Operation(left, _, right):
            return [*_figures(left), *_figures(right)]
        case _:
            return []


class _Reader:
    """Turns nodes of Python's `ast` into expressions."""

    def __init__(self, text: str) -> None:
        self._text = text.encode()

    def comparison(self, node: ast.expr) -> Comparison:
        """The whole text."""
        if not isinstance(node, ast.Compare):
            raise self._wrong(node, f"there is no comparison: {RULE}")
        if len(node.ops) > 1:
            raise self._wrong(node.comparators[1], f"a second comparison: {RULE}")
        if (sign := SIGNS.get(type(node.ops[0]))) is None:
            raise self._wrong(node.comparators[0], f"another comparison is not possible: {RULE}")
        found = Comparison(self._read(node.left, 0), sign, self._read(node.comparators[0], 0))
        if not found.figures():
            raise self._wrong(node, "it names no figure of a run")
        return found

    def _read(self, node: ast.expr, depth: int) -> Expression:
        if depth > DEEPEST:
            raise self._wrong(node, f"nested more than {DEEPEST} deep")
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self._number(node, value)
            case ast.UnaryOp(op=ast.USub(), operand=of):
                return Negative(self._read(of, depth + 1))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                sign = OPERATORS[type(op)]
                return Operation(self._read(left, depth + 1), sign, self._read(right, depth + 1))
            case ast.Name() | ast.Attribute() | ast.Subscript():
                return self._figure(node)
            case ast.Call():
                raise self._wrong(node, f"a call is not possible: {ALLOWED}")
            case _:
                raise self._wrong(node, f"this is not possible: {ALLOWED}")

    def _number(self, node: ast.expr, value: float) -> float:
        try:
            number = float(value)
        except OverflowError:
            number = float("inf")
        if not isfinite(number):
            raise self._wrong(node, "the number is too large")
        return number

    def _figure(self, node: ast.expr) -> Figure:
        """A figure: its selector is outermost, then its key, its name, and its variant."""
        whole, selector, number = node, "", 0.0
        if isinstance(node, ast.Subscript) and self._selector(node.value) in NUMBERED:
            inner = cast(ast.Attribute, node.value)
            selector, number = inner.attr, self._in_brackets(node.slice)
            node = inner.value
        elif (found := self._selector(node)) in NUMBERED:
            raise self._wrong_name(node, f"{found} needs a number in brackets, such as {found}[3]")
        elif found:
            selector, node = found, cast(ast.Attribute, node).value
        key = ""
        if isinstance(node, ast.Subscript):
            match node.slice:
                case ast.Constant(value=str(key)):
                    pass
                case _:
                    says = "write a name in quotes, such as ['dense_1']"
                    raise self._wrong(node.slice, says)
            node = node.value
        column = self._column(whole)
        match node:
            case ast.Name(id=name):
                return Figure(name, "", key, selector, number, column)
            case ast.Attribute(value=ast.Name(id=variant), attr=name) if name not in SELECTORS:
                return Figure(name, variant, key, selector, number, column)
            case ast.Attribute(attr=attribute):
                hint = suggest(attribute, SELECTORS)
                raise self._wrong_name(node, f".{attribute} is not possible here{hint}")
            case _:
                raise self._wrong(node, f"this is not possible: {ALLOWED}")

    def _selector(self, node: ast.expr) -> str:
        """The selector that `node` ends in, or nothing."""
        return node.attr if isinstance(node, ast.Attribute) and node.attr in SELECTORS else ""

    def _in_brackets(self, node: ast.expr) -> float:
        """The number in the brackets of a selector."""
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self._number(node, value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return -self._number(node, value)
            case _:
                raise self._wrong(node, "write a number in the brackets")

    def _column(self, node: ast.expr, at_end: int = 0) -> int:
        """The column where a node begins, from 1, or so many characters before its end."""
        end = node.end_col_offset or 0
        bytes_before = end - at_end if at_end else node.col_offset
        return len(self._text[:bytes_before].decode(errors="replace")) + 1

    def _wrong(self, node: ast.expr, message: str) -> ConfigError:
        """The error at the beginning of a node."""
        return refused(self._column(node), message)

    def _wrong_name(self, node: ast.expr, message: str) -> ConfigError:
        """The error at the name that a node ends in."""
        name = cast(Any, node).attr
        return refused(self._column(node, len(name.encode())), message)
