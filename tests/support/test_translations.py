"""Every text that is said through `tr` is in every catalogue, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.english import english
from tests.support.translatable import PACKAGE, all_texts, shown_by_calls, shown_by_classes
from tui_dl.spec.course.lesson import LANGUAGES
from tui_dl.support.translations import PLACEHOLDER, catalogue, said, tr, use

OTHERS = [it for it in LANGUAGES if it != "en"]
# Where sentences are made that are translated once they are finished.
SAID = (
    "engine/diagnosis", "engine/train/checks", "data/readers", "data/report", "data/transforms",
    "spec/claims", "spec/layers", "spec/train", "spec/validation.py", "spec/row_text.py",
    "protocol", "runs", "process/building.py", "process/load_model.py", "process/startable.py",
    "process/untrained.py", "process/predict/read_lines.py", "process/predict/remarks.py",
    "process/predict/write.py", "data/row_remarks.py",
    "ui/preferences.py", "ui/remember.py", "ui/text_editor.py", "ui/screens/run_care.py", "cli",
)  # fmt: skip
# What the operating system, argparse, tomllib and msgspec say, and what the program puts together
# of parts.
ELSEWHERE = (
    "No such file or directory", "Permission denied", "Is a directory", "No space left on device",
    "Not a directory", "File exists", "File name too long", "Read-only file system",
    "Disk quota exceeded", "Too many levels of symbolic links", "Bad file descriptor",
    "Input/output error", "positional arguments", "show this help message and exit",
    "show program's version number and exit", "the following arguments are required",
    "expected a table, found {value}", "expected {kind}, found a table",
    "argument {name}", "expected one argument", "expected at least one argument",
    "invalid choice", "{value} (choose from {names})", "not allowed with argument {name}",
    "ignored explicit argument {value}", "{value} in record {number}",
    "{kind} of length {limit}", "overfit batch", "input scale",
    "gradient flow", "the validation loss is not finite",
    "end with a flatten row and a dense row of units = {units}",
    "one number has no deviation, and data.batch_size is 1",
    "one number has no deviation, and validation and test leave {count} training sample",
    "{count} missing value filled in between its neighbours, the first in {first}",
    "the real numbers of its input", "the real numbers of its data",
    "use a stride of 1, or padding = {padding}", "{what}; write it as a row of its own",
    "the loss is not finite at step {step}",
    "the loss is not finite at step {step}, at a learning rate of {rate}",
    "the gradient is not finite at step {step}, at a learning rate of {rate}",
    "nothing before the tab", "nothing after the tab",
    "train loss: not finite with the final weights",
    "written in format {format}; this version, {version}, reads formats 0 to {known}",
    "written by tui-dl {writer} in format {format}; this version, {version}, reads formats 0 to "
    "{known}",
    "{count} missing values filled in between its neighbours, the first in {first}",
    "{count} word that training did not have", "{count} words that training did not have",
    "{count} control or invisible character left out",
    "{count} control or invisible characters left out",
    "{what} (at line {line}, column {place})", "{what} (at end of document)",
    "Cannot declare {key} twice", "Cannot overwrite a value", "Illegal character {letter}",
    "Expected '=' after a key in a key/value pair",
    "Expected ']' at the end of a table declaration",
    "Expected ']]' at the end of an array declaration",
    "Expected newline or end of document after a statement",
    "Invalid initial character for a key part", "Invalid statement", "Invalid value",
    "Unclosed array", "Unclosed inline table", "Unescaped '\\' in a string",
    "Unterminated string",
    "{lines} that repeat another one", "{lines} that repeats another one",
)  # fmt: skip
PARTS = {
    "has no values",
    "has one value",
    "duplicate columns",
    "brought back",
    "one number has no deviation, and",
    "training sample",
    "Python and the kernels",  # a key of --json
    "missing value",
    "of step 7",
    "resume it with",
    "start it again with",
    "the validation loss is 7",
    "7: it is 7 7: delete it",
    "goes on from epoch 7 of 7",
    "7; a new run would have other numbers, as until then 7",
    "7, with the numbers of a run that was this long from its start",
    "train loss: 7 with the final weights",
    "column 7: 7 of 7 cells are no s and count as missing: 7 in 7",
    "7, line 7: nothing 7 the tab: 7",
    "7 filled in between its neighbours, the first in 7",
    "7 that training did not have: 7",
    "a Python pickle, which is never opened",  # Python pickle is one
}  # and a name


@pytest.fixture(params=OTHERS)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use(request.param)
    yield request.param
    use("en")


def test_nothing_is_left_in_english(language: str) -> None:
    assert sorted((shown_by_calls() | shown_by_classes()) - set(catalogue(language))) == []


def test_nothing_is_translated_that_is_never_said(language: str) -> None:
    texts = all_texts()
    everything = "\n".join(texts)
    for text in set(catalogue(language)) - texts - {*ELSEWHERE}:
        pieces = [it.strip() for it in PLACEHOLDER.split(text)[::2]]
        assert [it for it in pieces if it not in everything] == [], text


def test_placeholders_are_the_same(language: str) -> None:
    for text, translation in catalogue(language).items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(translation)), text
        assert len(set(PLACEHOLDER.findall(text))) == len(PLACEHOLDER.findall(text)), text
        assert translation.strip()
        assert translation.isprintable()


def _sentences(file: Path) -> Iterator[str]:
    """The sentences in a file of two words or more, with a number at every placeholder.

    What begins or ends as only a part of one does is left out.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = [it for it in ast.walk(tree) if isinstance(it, ast.JoinedStr | ast.Constant)]
    whole = {it for it in nodes if isinstance(it, ast.JoinedStr)}
    inner = {part for it in whole for part in ast.walk(it)} - whole
    docs = {it.value for it in ast.walk(tree) if isinstance(it, ast.Expr)}
    for node in nodes:
        if node in docs or node in inner:
            continue
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        text = "".join(str(it.value) if isinstance(it, ast.Constant) else "\0" for it in parts)
        text = re.sub(r"(?<=[a-z\d])\0|\0(?=[a-z])", "", text).replace("\0", "7")
        if english(text) and text[:1] not in " ,;:" and text[-1:] != " ":
            yield text


@pytest.mark.parametrize("place", SAID)
def test_finished_sentences_are_translated(place: str, language: str) -> None:
    path = PACKAGE / place
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    left = {text: said(text) for file in files for text in _sentences(file)}
    assert {text: it for text, it in left.items() if english(it) and text not in PARTS} == {}


def test_a_text_is_said_in_the_language_in_use() -> None:
    try:
        use("ko")
        assert tr("The test loss is {loss}{accuracy}.", loss="0.1", accuracy="") == (
            "테스트 손실은 0.1입니다."
        )
        assert tr("a text of a file {x}") == "a text of a file {x}"
        assert said("a/b.toml: network[0].kind: unknown kind 'dens'; did you mean 'dense'?") == (
            "a/b.toml: network[0].kind: 모르는 종류 'dens', 혹시 'dense'?"
        )
        assert said("3 epochs") == "3 에폭"
        assert said("linear (of 1,220 samples)") == "선형 모델 (샘플 1,220개)"
        better = said("the network is 1.0 points better than a linear model of 29 samples")
        assert "샘플 29개로 배운 선형 모델보다" in better
        assert said("some 3 epochs") == "some 3 epochs"
    finally:
        use("en")
    assert tr("finished") == "finished"
    assert said("3 epochs") == "3 epochs"
