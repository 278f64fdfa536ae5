"""Korean texts have one word for each idea: that of the list at the head of the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tui_dl.support.translations
from tests.shell import ROOT
from tui_dl import presets

CATALOGUE = Path(tui_dl.support.translations.__file__).with_name("ko.toml")
PARTICLE = "(?:은|는|이|가|을|를|과|와|의|에|에서|에는|로|으로|도|만|보다|마다)?"
WORDS = re.compile("^#   .*  not (.+)$", re.MULTILINE)


def _texts() -> dict[str, str]:
    """Everything that is written in Korean, by the names of its files."""
    home = presets.introduction("ko").parent
    files = [
        *[ROOT / "docs" / "course.ko.md", ROOT / "docs" / "course" / "ideas.ko.toml"],
        *home.rglob("*.ko.md"), *home.rglob("*.toml"),
    ]  # fmt: skip
    found = {str(it): it.read_text(encoding="utf-8") for it in files}
    said = re.sub("^#.*$", "", CATALOGUE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {**found, str(CATALOGUE): said}


def _rejected() -> list[str]:
    listed = WORDS.findall(CATALOGUE.read_text(encoding="utf-8"))
    return [word for line in listed for word in line.split(", ")]


@pytest.mark.parametrize("word", _rejected())
def test_a_rejected_word_stands_nowhere(word: str) -> None:
    whole = re.compile(f"(?<![가-힣]){word}{PARTICLE}(?![가-힣])")
    assert {name: it for name, text in _texts().items() if (it := whole.findall(text))} == {}


def test_the_list_is_read() -> None:
    assert {"시험", "글", "시간 스텝"} <= set(_rejected())
