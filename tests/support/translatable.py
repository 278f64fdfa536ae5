"""Texts that are translated where they are shown: those of calls, of classes, and of messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from textual.dom import DOMNode
from textual.screen import Screen

import tui_dl
from tui_dl.drawing import picture
from tui_dl.drawing.layer_scale import MEANINGS
from tui_dl.drawing.run_list import COLUMNS
from tui_dl.drawing.run_sign import SIGNS
from tui_dl.drawing.x_axis import UNITS
from tui_dl.runs.view import READING
from tui_dl.spec.layers import KINDS
from tui_dl.spec.row_text import sentence
from tui_dl.ui import keymap
from tui_dl.ui.app import TuiDl
from tui_dl.ui.own_bindings import own_bindings
from tui_dl.ui.panels.tabs import TABS
from tui_dl.ui.screens.help import READING as EXPLAINED
from tui_dl.ui.screens.training_control import DOING

PACKAGE = Path(tui_dl.__file__).parent
FILES = [it for it in PACKAGE.rglob("*.py") if it.relative_to(PACKAGE).parts[0] != "kernels"]
SAYS = {"tr", "notify"}  # functions whose first argument is a text, or its name
RAISES = {"UserError"}


def _literals(node: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The texts that an expression may be; those of a name, wherever the file assigns it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, names)
        yield from _literals(node.orelse, names)
    elif isinstance(node, ast.Name):
        for value in names.get(node.id, []):
            if not isinstance(value, ast.Name):
                yield from _literals(value, names)


def _assigned(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What a file assigns to each name."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    for name, value in zip(target.elts, node.value.elts, strict=False):
                        if isinstance(name, ast.Name):
                            found.setdefault(name.id, []).append(value)
    return found


@cache
def shown_by_calls() -> frozenset[str]:
    """The texts that stand in calls of `tr`, and titles of toasts."""
    found: set[str] = set()
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = _assigned(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name == "tr":
                    found.update(_literals(node.args[0], names))
                if name == "notify":
                    titles = (it.value for it in node.keywords if it.arg == "title")
                    found.update(text for it in titles for text in _literals(it, names))
    return frozenset(found)


@cache
def shown_by_classes() -> frozenset[str]:
    """Keys of all screens, tabs, titles of panels, columns, pictures, and what help explains."""
    found = {READING, *(said for _, said in EXPLAINED), *(it for it in DOING.values() if it)}
    for meaning in MEANINGS.values():
        found |= {meaning.title, meaning.unit, meaning.fault}
    for tab in TABS:
        found |= {tab.title, tab.empty}
    found |= {it.name for it in COLUMNS} | {*UNITS} | {*SIGNS}
    for kind in picture.kinds():
        found |= {picture.title(kind), kind.replace("_", " ")}
    found |= {sentence(kind) for kind in KINDS}
    for node in _nodes():
        found.add(str(getattr(node, "BORDER_TITLE", "") or ""))
        if issubclass(node, Screen):
            found.add(node.TITLE or "")
        for binding in own_bindings(node):
            found |= {binding.description, binding.tooltip or ""}
    return frozenset(found - {""})


def _nodes() -> Iterator[type[DOMNode]]:
    """Everything of the dashboard that has keys or a title."""
    for _ in keymap._scopes(TuiDl):  # imports all files
        pass
    yield TuiDl
    yield from keymap._subclasses(DOMNode)


@cache
def all_texts() -> frozenset[str]:
    """All texts of the program, also as they are shown: with blanks for underscores."""
    found: set[str] = set()
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                found |= {text, text.replace("_", " "), text.capitalize(), text.lower()}
    return frozenset(found) | shown_by_classes()


def normal(text: str) -> str:
    """A text without the names of its placeholders."""
    return re.sub(r"\{\w*\}", "{}", text)
