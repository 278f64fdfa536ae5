"""docs/course.md and course.ko.md are made of the presets, with figures of three seeds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tui_dl import presets
from tui_dl.process.read_experiment import read

DOCS = Path(__file__).parents[2] / "docs"
TEXTS = DOCS / "course"
SEEDS = 3


def test_the_pages_are_what_the_presets_make(tmp_path: Path) -> None:
    subprocess.run([sys.executable, DOCS / "make_course.py", tmp_path], check=True)
    made = {it.name: it.read_text("utf-8") for it in tmp_path.iterdir()}
    kept = {name: (DOCS / name).read_text("utf-8") for name in ("course.md", "course.ko.md")}
    assert made == kept, "run `make course`"


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("folder", ["", *(it.folder for it in presets.CHAPTERS)])
def test_an_introduction_is_true_also_beside_a_preset(folder: str, language: str) -> None:
    text = presets.introduction(language, folder).read_text("utf-8")
    for of_the_page in ("page", "the tables", "argin", "쪽의", "표는 시드", "여유"):
        assert of_the_page not in text


@pytest.mark.parametrize("name", presets.COURSE)
def test_every_claim_has_figures_that_hold(name: str) -> None:
    lines = (TEXTS / "figures.jsonl").read_text("utf-8").splitlines()
    figures = [it for it in map(json.loads, lines) if it["preset"] == name]
    for claim in read(name).claim:
        mine = [it for it in figures if it["test"] == claim.test]
        assert len({it["seed"] for it in mine}) == SEEDS, "run `make course`"
        assert all(it["holds"] for it in mine)


@pytest.mark.parametrize(
    "words",
    [
        "Artificial intelligence", "Machine learning", "Neural networks", "Deep learning",
        "Object detection", "Neural style transfer", "recommendation", "Speech recognition",
        "action recognition", "multiple of 16",
    ],
)  # fmt: skip
def test_the_page_places_what_has_no_lesson(words: str) -> None:
    assert words in (DOCS / "course.md").read_text("utf-8")
