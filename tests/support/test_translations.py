"""Every text that is said through `tr` is in every catalogue, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui_dl
from tests.support.translatable import shown_by_classes
from tui_dl.spec.course.lesson import LANGUAGES
from tui_dl.support.translations import catalogue, tr, use

PACKAGE = Path(tui_dl.__file__).parent
FILES = [it for it in PACKAGE.rglob("*.py") if it.relative_to(PACKAGE).parts[0] != "kernels"]
PLACEHOLDER = re.compile(r"\{\w*\}")
OTHERS = [it for it in LANGUAGES if it != "en"]


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _said() -> set[str]:
    """The texts that stand in calls of `tr`."""
    found: set[str] = set()
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr":
                found.update(_literals(node.args[0]))
    return found


def _all_strings() -> set[str]:
    """All texts of the program, also as they are shown: with blanks for underscores."""
    found: set[str] = set()
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value, node.value.replace("_", " "), node.value.capitalize()}
    return found | shown_by_classes()


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    assert sorted((_said() | shown_by_classes()) - set(catalogue(language))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_translated_that_is_never_said(language: str) -> None:
    assert sorted(set(catalogue(language)) - _all_strings()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_the_same(language: str) -> None:
    for text, said in catalogue(language).items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(said)), text
        assert said.strip()
        assert said.isprintable()


def test_a_text_is_said_in_the_language_in_use() -> None:
    try:
        use("ko")
        assert tr("The test loss is {loss}{accuracy}.", loss="0.1", accuracy="") == (
            "시험 손실은 0.1입니다."
        )
        assert tr("a text of a file {x}") == "a text of a file {x}"
    finally:
        use("en")
    assert tr("finished") == "finished"
