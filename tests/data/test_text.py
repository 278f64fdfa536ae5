"""Windows of running text: what they are cut from, how they are split, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data import Dataset
from tui_dl.data.characters import decode
from tui_dl.data.text import documentation, is_prose
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.text import MOST_CHARACTERS, Text
from tui_dl.support.errors import UserError

OWN = "the cat sat on the mat, and the dog sat on the log; "


def own(folder: Path, content: bytes, length: int = 64, samples: int = 2000) -> Text:
    file = folder / "own.txt"
    file.write_bytes(content)
    return Text(path=str(file), length=length, samples=samples)


def windows(dataset: Dataset, source: Text) -> list[str]:
    """Each window with the character after it, all parts together."""
    parts = dataset.train, dataset.validation, dataset.test
    both = [np.column_stack([it.inputs, it.targets[:, -1]]) for it in parts]
    return decode(np.concatenate(both), source.characters)


def test_the_target_is_the_next_character_at_every_place() -> None:
    source = Text(samples=300)
    train = data.load(source, 0).train
    np.testing.assert_array_equal(train.inputs[:, 1:], train.targets[:, :-1])


def test_no_two_windows_share_a_character() -> None:
    source = Text(samples=300, length=20)
    text = "".join(it for it in documentation() if it in source.characters)
    cut = [text[at : at + 21] for at in range(0, 300 * 21, 21)]
    assert sorted(windows(data.load(source, 5), source)) == sorted(cut)


def test_parts_are_whole_stretches_from_all_over_the_text(tmp_path: Path) -> None:
    lines = "".join(f"{number:05} " for number in range(2000))
    source = data.inspect(own(tmp_path, lines.encode(), length=5), 0)[1]
    assert isinstance(source, Text)
    for seed in (0, 1):
        test = data.load(source, seed).test
        numbers = np.array([int(it) for it in decode(test.inputs, source.characters)])
        assert len(numbers) == 300
        assert (np.diff(numbers) == 1).mean() > 0.9  # neighbours stay together
        assert numbers.max() - numbers.min() > 1000


def test_the_documentation_is_prose_of_known_characters() -> None:
    text = documentation()
    known = sum(it in Text().characters for it in text) / len(text)
    assert len(text) > 150_000
    assert known > 0.98
    assert is_prose(
        "The expression list is evaluated, and the result is bound to the names in it." * 2
    )
    assert not is_prose(
        "stmt ::= expr ('=' expr)* | '(' [star_expr (',' star_expr)*] ')' ':' suite" * 2
    )
    assert not is_prose("A heading")


def test_a_file_of_the_user_is_read_as_it_is(tmp_path: Path) -> None:
    content = "\ufeffÉté\t\x1b[1m  2026\r\nVoil\u0061\u0300!\u202e 한국어\r".encode() * 40
    spec, source = data.inspect(own(tmp_path, content, length=4), 0)
    assert isinstance(source, Text)
    assert source.characters == "".join(sorted(set("Été [1m2026\nVoilà! 한국어")))
    assert spec.token_names == spec.class_names == tuple(source.characters)
    assert (spec.count, len(spec.fingerprint), spec.file_size) == (source.samples, 64, len(content))
    text = "".join(windows(data.load(source, 0), source))
    assert set(text) == set(source.characters)
    assert data.load(source, 0, spec).fingerprint == spec.fingerprint
    (tmp_path / "own.txt").write_bytes(content + b"more of it")
    with pytest.raises(UserError, match="not the one that the run began with"):
        data.load(source, 0, spec)


def test_what_is_not_read_of_a_long_text_is_said(tmp_path: Path) -> None:
    given = own(tmp_path, OWN.encode() * 400, samples=100, length=9)
    spec, source = data.inspect(given, 0)
    assert (spec.count, spec.splits) == (100, (70, 15, 15))
    assert spec.notes == (
        "the first 1,000 of 20,800 characters are read; data.samples = 2080 reads all",
    )
    all_of_it = data.inspect(own(tmp_path, OWN.encode() * 400, samples=5000, length=9), 0)[1]
    assert isinstance(all_of_it, Text)
    assert all_of_it.samples == 2080
    many = "".join(chr(0x4E00 + number) for number in range(MOST_CHARACTERS + 50))
    spec, source = data.inspect(own(tmp_path, (many + many[:1000]).encode(), length=4), 0)
    assert spec.classes == MOST_CHARACTERS
    assert "50 of 2,050 characters, which are rarer, are left out" in spec.notes[0]
    assert sum(map(len, windows(data.load(source, 0), source))) == 400 * 5  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "own.txt is empty: give a text"),
        (b"\n \t\n", "own.txt is empty: give a text"),
        (b"too short", "9 characters, 6 of them different: a text needs 100 windows"),
        (b"a" * 9000, "9,000 characters, 1 of them different"),
        (b"%PDF-1.7", "own.txt is a PDF document, not a text: save it as plain text"),
        ("각".encode() * 99 + b"\n\xb0\xa2\xb0\xa2", "line 2: byte 298 (0xb0) is not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(UserError) as refused:
        data.inspect(own(tmp_path, content), 0)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_keys_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"data.samples: the text has .* take fewer"):
        data.load(Text(samples=100_000), 0)
    with pytest.raises(ConfigError, match="one character twice"):
        Text(characters="aba").check(Text().inspect())
    with pytest.raises(UserError, match="missing"):
        data.inspect(Text(path=str(tmp_path / "missing")), 0)


def test_a_beginning_is_encoded_as_the_text_was(tmp_path: Path) -> None:
    plain = Text(length=10)
    begun = data.encode(plain, plain.inspect(), 0, ["The “Object”\n", "is"])
    assert begun.lengths is not None
    assert begun.lengths.tolist() == [10, 2]
    assert decode(begun.inputs, plain.characters)[0] == 'e "object" '[-10:]
    source = data.inspect(own(tmp_path, (OWN + "A\n").encode() * 200), 0)[1]
    spec = data.inspect(source, 0)[0]
    assert decode(data.encode(source, spec, 0, ["A\tcat"]).inputs, source.reads)[0][:5] == "A cat"
    for text, says in (("", "0 characters"), ("한", "'한' is not one of the characters")):
        with pytest.raises(ValueError, match=says):
            data.encode(source, spec, 0, [text])
