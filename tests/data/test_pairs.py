"""Pairs of texts: characters are found out, no input is in two parts, bad files are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cases.sources.pairs import NUMBERS
from tui_dl import data
from tui_dl.data.characters import decode
from tui_dl.data.pairs import encode, inspect, load
from tui_dl.spec.data.pairs import Pairs
from tui_dl.support.errors import UserError


def test_a_file_is_read_with_its_characters_and_lengths() -> None:
    spec, source = inspect(Pairs(path=NUMBERS), 0)
    assert source.writes == "0123456789"
    assert set(source.reads) == set("-efghilnorstuvwxyz")
    assert (source.length, source.target_length) == (13, 2)
    assert spec.class_names[-1] == "end"
    dataset = data.load(source, 0, spec)
    read = {}
    for samples in (dataset.train, dataset.validation, dataset.test):
        assert samples.lengths is not None
        texts = decode(samples.inputs, source.reads)
        targets = decode(samples.targets, source.writes)
        for text, length, target, row in zip(
            texts, samples.lengths, targets, samples.targets, strict=True
        ):
            assert row[len(target)] == 10
            assert (row[len(target) + 1 :] == -1).all()
            assert text[:length] not in read
            read[text[:length]] = target
    assert len(read) == 100
    assert read["forty-two"] == "42"


def test_typed_texts_get_the_ids_of_the_file() -> None:
    spec, source = inspect(Pairs(path=NUMBERS), 0)
    train = load(source, 0).train
    assert train.lengths is not None
    rows = zip(decode(train.inputs, source.reads), train.lengths, strict=True)
    typed = encode(source, spec, 0, [text[:length] for text, length in rows])
    np.testing.assert_array_equal(typed.inputs, train.inputs)
    for text, says in (("öne", "'ö' is not one of"), ("", "1 to 13"), ("one" * 9, "1 to 13")):
        with pytest.raises(ValueError, match=says):
            encode(source, spec, 0, [text])


GOOD = "".join(f"{n}\t{n}{n}\n" for n in range(20))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        (GOOD + "no tab\n", "line 21: no tab: a line needs a text, a tab"),
        (GOOD + "\tb\n", "line 21: nothing before the tab"),
        (GOOD + "\n\na\t \n", "line 23: nothing after the tab"),
        ("a\tb\n", "1 pair of at most 1 and 1 characters: at least 10"),
        ("".join(f"{n}\t{chr(0x4E00 + n)}\n" for n in range(1100)), "1,100 different characters"),
        (GOOD.encode() + b"\xff\xfa\xfe\t1\n", "line 21"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(text: str | bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.tsv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UserError, match=says) as caught:
        inspect(Pairs(path=str(file)), 0)
    assert "bad.tsv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    file = tmp_path / "some.tsv"
    text = GOOD + "1\tagain\n" + "x" * 200 + "\tlong\n" + "a\x1b[31m\u202eb  c\td\textra\r\n"
    file.write_text(text, encoding="utf-8")
    spec, source = inspect(Pairs(path=str(file)), 0)
    assert spec.notes == (
        "columns after the second are ignored, in 1 line",
        "1 line left out, with the input of one before",
        "1 pair left out: longer than 100 or 4 characters (data.length, data.target_length)",
    )
    assert spec.count == 21
    assert not {"\x1b", "\u202e"} & set(source.reads)
    assert inspect(Pairs(path=str(file), length=1), 0)[0].count == 10
