"""The code of docs/architecture.md is that of the toys, and its rows document them."""

import re
from pathlib import Path

import pytest

from tests.adding.tree import TOYS, Tree, files_of
from tests.shell import ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^### ", TEXT.partition("\n## How to add something")[2], flags=re.M)[1:]
BLOCK = re.compile(r"^```(?:python|toml)\n# (.*)\n((?:.|\n)*?)^```$", re.M)
HEADER = re.compile(r'^""".*?"""\n+(from __future__ import annotations\n+)?', re.S)
BLOCKS = [
    (section.split("\n")[0].split()[-1], path, code)
    for section in SECTIONS
    for path, code in BLOCK.findall(section)
]
ROWS = re.findall(r"^```markdown\n((?:.|\n)*?)^```$", TEXT, re.M)


@pytest.mark.parametrize(("toy", "path", "code"), BLOCKS, ids=lambda it: it[:60])
def test_a_block_is_the_file_of_the_toy(toy: str, path: str, code: str) -> None:
    text = (TOYS / toy / path).read_text(encoding="utf-8")
    assert code == HEADER.sub("", text, count=1)


def test_every_file_of_a_toy_is_shown() -> None:
    toys = sorted(path.name for path in TOYS.iterdir() if path.is_dir())
    shown = sorted((toy, path) for toy, path, _ in BLOCKS)
    assert shown == sorted((toy, file) for toy in toys for file in files_of(toy))


@pytest.mark.slow
def test_its_rows_are_what_the_document_of_keys_needs(tmp_path: Path) -> None:
    toys = ["layer", "loss", "optimizer", "schedule", "metric", "source", "environment"]
    tree = Tree(tmp_path / "copy", toys)
    chosen = "tests/test_architecture.py", "-k", "every_key"
    assert "docs/experiments.md does not name ['adagrad'] of Adagrad" in tree.pytest(*chosen)
    with (tree.root / "docs" / "experiments.md").open("a", encoding="utf-8") as document:
        document.writelines(ROWS)
    assert "1 passed" in tree.pytest(*chosen, "-o", "addopts=")


@pytest.mark.slow
def test_a_preset_fits_together(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "copy", ["preset"])
    course = tree.root / "presets" / "__init__.py"
    text = course.read_text(encoding="utf-8")
    course.write_text(
        text.replace('"first-network",\n', '"first-network",\n            "one-layer",\n')
    )
    done = tree.tui_dl("check", "one-layer")
    assert done.returncode == 0, done.stderr
    assert "one-layer" in tree.tui_dl("presets").stdout
