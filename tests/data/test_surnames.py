"""Surnames: the library's, and lines with labels of the user's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.characters import decode
from tui_dl.data.surnames import LOCALES
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.surnames import Surnames
from tui_dl.support.errors import UserError

needs_faker = pytest.mark.skipif(Surnames().is_missing, reason="its names are not installed")


def own(folder: Path, content: bytes) -> Surnames:
    file = folder / "names.txt"
    file.write_bytes(content)
    return Surnames(path=str(file))


LINES = "".join(
    f"{first}{second}\t{'left' if first < 'E' else 'right'}\n"
    for first in "ABCDEFGH"
    for second in ("na", "né", "n o", "nn", "nuk", "ny", "n'a", "nö", "ni", "nü", "nx", "nz", "n-b")
)


@needs_faker
def test_no_name_is_twice_and_none_is_of_two_languages() -> None:
    source = Surnames(samples=9000)
    dataset = data.load(source, 0)
    parts = dataset.train, dataset.validation, dataset.test
    names = [
        name[: int(length)]
        for part in parts
        if part.lengths is not None
        for name, length in zip(decode(part.inputs, source.characters), part.lengths, strict=True)
    ]
    assert len(set(names)) == len(names) == 9000
    assert all(2 <= len(name) <= source.length and name == name.lower() for name in names)
    labels = np.concatenate([it.targets for it in parts])
    shares = np.bincount(labels, minlength=len(LOCALES)) / 9000
    assert 0.02 < shares.min() < shares.max() < 0.17
    assert list(LOCALES) == list(source.languages)


@needs_faker
def test_what_there_are_too_few_of_is_said() -> None:
    with pytest.raises(UserError, match=r"data.samples: there are [\d,]+ names of these languages"):
        data.load(Surnames(samples=100_000), 0)
    with pytest.raises(UserError, match=r"data\.languages: Klingon: the languages are Croatian"):
        data.load(Surnames(languages=("Klingon", "Polish")), 0)
    with pytest.raises(ConfigError, match="has one twice"):
        Surnames(languages=("Polish", "Polish")).check(Surnames().inspect())


def test_an_own_file_needs_no_library(tmp_path: Path) -> None:
    given = own(tmp_path, b"\xef\xbb\xbf" + (LINES + "\r\n" + LINES[:8]).encode())
    spec, source = data.inspect(given, 0)
    assert isinstance(source, Surnames)
    assert not source.is_missing
    source.require_extra()
    assert (spec.count, spec.classes, spec.class_names) == (104, 2, ("left", "right"))
    assert source.characters == " '-abcdefghiknouxyzéöü"
    assert source.length == 4
    assert "1 line that repeats" in " ".join(spec.notes)
    dataset = data.load(source, 0, spec)
    assert sum(map(len, (dataset.train, dataset.validation, dataset.test))) == 104
    text = data.encode(source, spec, 0, [" ANÉ\t"])
    assert text.lengths is not None
    assert (decode(text.inputs, source.reads)[0][:3], text.lengths.tolist()) == ("ané", [3])
    for wrong, says in (("", "0 characters"), ("한", "is not one of"), ("abcba", "5 characters")):
        with pytest.raises(ValueError, match=says):
            data.encode(source, spec, 0, [wrong])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "names.txt is empty: give a text"),
        (b"a\tx\nb y\n", "names.txt, line 2: no tab: write a text, a tab and its label"),
        (b"a\tx\n\tx\n", "names.txt, line 2: no text: write"),
        (b"a\tx\na\t \n", "names.txt, line 2: no label: write"),
        (b"a\tx\n" + b"a" * 101 + b"\tx\n", "line 2: 101 characters: at most 100 are allowed"),
        (b"a\tx\nb\ty\n", "has 2 different lines: give 100 or more"),
        (LINES.replace("right", "left").encode(), "has 1 label: give 2 to 200"),
        ((LINES + "zz\trare\n").encode(), "the label 'rare' has fewer than 3 lines"),
        (LINES.encode("utf-16"), ""),
    ],
)
def test_lines_that_are_none_are_refused_with_their_number(
    tmp_path: Path, content: bytes, says: str
) -> None:
    if not says:
        assert data.inspect(own(tmp_path, content), 0)[0].notes == ("the encoding is UTF-16",)
        return
    with pytest.raises(UserError) as refused:
        data.inspect(own(tmp_path, content), 0)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
