"""A lesson's question has an answer, and a claim that tests it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.toml.seal import sealed
from tui_dl.support.errors import UserError

TEXT = """
title = "asks"
[data]
source = "digits"
[[network]]
kind = "flatten"
[[network]]
kind = "dense"
units = 10
[lesson.en]
look = "l"
why = "w"
try = "t"
question = "q"
answer = "a"
"""
CLAIM = """
[[claim]]
says = "it learns"
test = "test_accuracy > 0.5"
"""
KOREAN = """
[lesson.ko]
look = "l"
why = "w"
try = "t"
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXT, "it.toml: lesson.en.question: no run can answer it, for there is no claim"),
        (TEXT.replace('answer = "a"', "") + CLAIM, "it.toml: lesson.en.answer: is missing"),
        (TEXT.replace('question = "q"', "") + CLAIM, "it.toml: lesson.en.question: is missing"),
        (TEXT + KOREAN + 'question = "q"\n' + CLAIM, "it.toml: lesson.ko.answer: is missing"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(text: str, says: str) -> None:
    with pytest.raises(UserError, match=f"^{says}"):
        parse(text, "it.toml")


def test_what_tui_dl_itself_leaves_without_claims_is_read(tmp_path: Path) -> None:
    assert parse(TEXT + CLAIM, "it.toml").claim
    assert parse(TEXT, "it.toml", of_run=True).lesson
    kept = tmp_path / "experiment.toml"
    kept.write_bytes(sealed(parse(TEXT, "it.toml", of_run=True).to_toml()))
    assert read(kept).lesson  # the file of a variant's run
    with pytest.raises(UserError):
        parse(TEXT, "it.toml", ["train.epochs=3"])
    left_out = CLAIM.replace("test_accuracy", "validation_loss.at[9]")
    assert not parse(TEXT + left_out, "it.toml", ["train.epochs=3"]).claim


@pytest.mark.parametrize("name", presets.COURSE)
def test_both_languages_ask(name: str) -> None:
    lesson = read(name).lesson
    assert lesson
    assert lesson.ko
    assert bool(lesson.en.question) == bool(lesson.ko.question)
