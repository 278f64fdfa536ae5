"""What is done to typed texts and files before a network gets them is said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.readers.image_signs import is_image
from tui_dl.data.readers.plain_text import without_controls
from tui_dl.data.tagged_sentences import KINDS
from tui_dl.spec.data.digits import Digits
from tui_dl.spec.data.messages import Messages
from tui_dl.spec.data.recall import Recall
from tui_dl.spec.data.reviews import Reviews
from tui_dl.spec.data.sentences import Sentences
from tui_dl.spec.data.series import Series
from tui_dl.spec.data.text import Text
from tui_dl.spec.data_spec import DataSpec


def remarks(source: Any, sample: str | Path, spec: DataSpec | None = None) -> tuple[str, ...]:
    return data.remarks(source, spec or source.inspect(), 0, sample)


def test_control_characters_are_left_out() -> None:
    assert without_controls("Müller\tand\n안녕") == ("Müller\tand\n안녕", ())
    text, (says,) = without_controls("\x1b[31mred\u202e")
    assert (text, says) == ("[31mred", "2 control or invisible characters left out")
    assert without_controls("a\x07")[1] == ("1 control or invisible character left out",)


def test_of_a_long_text_the_end_is_read() -> None:
    source = Text(length=8)
    assert remarks(source, "12345678") == ()
    assert remarks(source, "1234567890") == ("the last 8 of 10 characters are read",)


def test_words_that_training_did_not_have() -> None:
    assert remarks(Reviews(), "the film is good!") == ()
    assert remarks(Reviews(), "a xyzzy film, xyzzy") == (
        "1 word that training did not have: 'xyzzy'",
    )
    assert remarks(Messages(samples=200), "aa bb cc dd free") == (
        "4 words that training did not have: 'aa', 'bb', 'cc', ...",
    )


def test_a_sentence_of_which_no_word_is_known() -> None:
    source = Sentences(path="a.conll", tags=("O",), vocab_size=10, length=9)
    spec = DataSpec(source.input, source.target, 9, (3, 3, 3), token_names=(*KINDS, "lives"))
    assert remarks(source, "Anna lives here", spec) == ()
    assert remarks(source, "안나 삽니다", spec) == ("none of its words was in training",)


def test_what_of_a_series_is_read_and_filled_in(tmp_path: Path) -> None:
    file, source = tmp_path / "a.csv", Series(past=7)
    rows = [f"2024-01-{day:02},{day if day != 3 else ''}" for day in range(1, 31)]
    file.write_text("day,value\n" + "\n".join(rows) + "\n")
    assert remarks(source, file) == (
        "the series is column 'value'",
        "1 missing value filled in between its neighbours, the first in line 4",
        "the last 7 of 30 values are read",
    )
    assert remarks(source, "1 2 3 4 5 6 7") == ()
    assert remarks(source, "1, 2, 3, 4, 5, 6, 7, 8") == ("the last 7 of 8 values are read",)


def test_an_image_of_another_size_or_with_colours(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    plain, other = tmp_path / "plain.png", tmp_path / "other.png"
    image.fromarray(np.zeros((8, 8), np.uint8)).save(plain)
    image.fromarray(np.zeros((9, 7, 4), np.uint8)).save(other)
    assert remarks(Digits(), plain) == ()
    assert remarks(Digits(), other) == (
        "resized from 9 × 7 to 8 × 8 pixels",
        "colours are read as greys",
        "transparency is left out",
    )
    assert remarks(Digits(), "1 2 3") == ()


def test_other_sources_change_nothing() -> None:
    assert remarks(Recall(), "0 1 2") == ()


def test_a_pipe_is_no_image_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert not is_image(tmp_path / "pipe.png")
