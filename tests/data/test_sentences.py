"""Sentences: names of evaluation are new, files are read as they stand, bad ones are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cases.sources.sentences import TAGGED
from tui_dl import data
from tui_dl.data import Dataset, Samples
from tui_dl.data.readers.conll import Sentence
from tui_dl.data.sentences import encode, inspect, load, pieces_of
from tui_dl.data.tagged_sentences import KINDS, kind_of, token_ids, vocabulary
from tui_dl.engine.metrics.entity_f1 import entities
from tui_dl.spec.data.sentences import Sentences
from tui_dl.support.errors import UserError


def found(samples: Samples, tags: list[str]) -> list[tuple[str, str]]:
    """The entities of all sentences: their words and kind."""
    assert samples.source is not None
    rows = zip(samples.source.texts(len(samples)), samples.targets, strict=True)
    return [
        (" ".join(text.split()[start:end]), kind)
        for (text,), row in rows
        for start, end, kind in sorted(entities([tags[it] for it in row if it >= 0]))
    ]


def parts(dataset: Dataset) -> list[Samples]:
    return [dataset.train, dataset.validation, dataset.test]


def test_no_name_of_evaluation_is_in_training() -> None:
    pytest.importorskip("faker")
    source = Sentences(samples=600)
    train, *others = (found(it, source.class_names) for it in parts(load(source, 1)))
    fixed = {"Group", "Inc", "PLC", "Ltd", "Holdings", "Industries", "and", "of", "University"}
    fixed |= {"Bank", "Airlines", "Insurance"}
    seen = {word for text, _ in train for word in text.split()} - fixed
    assert len(seen) > 300
    for each in others:
        assert {kind for _, kind in each} == {"person", "place", "organisation"}
        assert not seen & {word for text, _ in each for word in text.split()}


def test_a_bare_name_can_be_of_two_kinds() -> None:
    """Otherwise what comes after a name would not be needed."""
    pytest.importorskip("faker")
    source = Sentences(samples=3000)
    train = found(load(source, 0).train, source.class_names)
    persons, firms = ({t for t, kind in train if kind == it} for it in ("person", "organisation"))
    assert len(persons & firms) > 50


def test_the_words_of_training_have_ids_and_others_that_of_their_kind() -> None:
    train = [Sentence(("The", "dog", "slept", "."), ("O",) * 4)] * 2
    names = vocabulary([*train, Sentence(("A", "cat"), ("O", "O"))], 100)
    assert set(names) == {*KINDS, "The", "dog", "slept", "."}
    row = token_ids([["dog", "cat", "Paris", "EU", "1990", "?"]], names, 8)[0].tolist()
    kinds = ["<word>", "<Name>", "<CAPITALS>", "<number>", "<sign>", "<padding>", "<padding>"]
    assert [names[it] for it in row] == ["dog", *kinds]
    assert len(vocabulary(train, 8)) == 8
    assert KINDS[kind_of("도시")] == "<word>"


def test_a_file_is_read_and_its_tags_are_found_out() -> None:
    spec, source = inspect(Sentences(path=TAGGED), 0)
    assert spec.class_names == ("O", "B-LOC", "I-LOC", "B-PER", "I-PER")
    assert spec.input.shape == (7,)
    assert spec.count == 40
    dataset = data.load(source, 0, spec)
    everything = [it for part in parts(dataset) for it in found(part, list(spec.class_names))]
    assert {text for text, kind in everything if kind == "LOC"} == {
        "Paris",
        "New York",
        "London",
        "Bonn",
    }
    assert dataset.fingerprint == spec.fingerprint


def test_typed_sentences_get_the_ids_of_training() -> None:
    spec, source = inspect(Sentences(path=TAGGED), 0)
    dataset = load(source, 0)
    assert dataset.train.source is not None
    texts = [text for (text,) in dataset.train.source.texts(len(dataset.train))]
    typed = encode(source, spec, 0, texts)
    np.testing.assert_array_equal(typed.inputs, dataset.train.inputs)
    np.testing.assert_array_equal(typed.lengths, dataset.train.lengths)
    assert pieces_of("Dr. O'Neil, 43, left St-Malo!") == [
        *("Dr", ".", "O'Neil", ",", "43", ",", "left", "St-Malo", "!")
    ]


def test_typed_sentences_of_the_preset_are_those_of_its_vocabulary() -> None:
    pytest.importorskip("faker")
    source = Sentences(samples=200)
    train = load(source, 5).train
    assert train.source is not None
    texts = [text for (text,) in train.source.texts(len(train)) if " 's" not in text]
    kept = [at for at, (text,) in enumerate(train.source.texts(len(train))) if " 's" not in text]
    typed = encode(source, source.inspect(), 5, texts)
    np.testing.assert_array_equal(typed.inputs, train.inputs[kept])


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "'': 0 words: a sentence of 1 to 7 is needed"), ("a " * 8, "8 words: a sentence of 1")],
)
def test_a_typed_sentence_that_does_not_fit_is_refused(text: str, says: str) -> None:
    spec, source = inspect(Sentences(path=TAGGED), 0)
    with pytest.raises(ValueError, match=says):
        encode(source, spec, 0, [text])


GOOD = "Ada B-PER\nslept O\n\n" * 12


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        (GOOD + "alone\n", "line 37: 1 of 2 columns: a line needs a word and its tag"),
        (GOOD + "one two three\n", "line 37: 3 columns, and the lines before it have 2"),
        (GOOD + "\tO\n", "line 37: a column is empty"),
        ("-DOCSTART- O\n\n", "has no sentence"),
        ("Ada B-PER\n\n", "1 sentence: at least 10 are needed"),
        ("".join(f"w T{n}\n\n" for n in range(300)), "300 different tags"),
        (b"Ada B-PER\n\xff\xfe\xfa\n", "line 2"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(text: str | bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.conll"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UserError, match=says) as caught:
        inspect(Sentences(path=str(file)), 0)
    assert "bad.conll" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_columns_schemes_and_long_sentences(tmp_path: Path) -> None:
    file = tmp_path / "some.conllu"
    long = "".join(f"{n}\tw{n}\tX\tO\n" for n in range(200))
    one = "# text = New York sleeps\n1\tNew\tX\tB-LOC\n2\tYork\tX\tE-LOC\n3\tsleeps\tX\tO\n\n"
    file.write_text(one * 20 + long + "\n# a comment\n1\tAda\tX\tS-PER\n", encoding="utf-8")
    spec, source = inspect(Sentences(path=str(file), token_column=2), 0)
    assert spec.class_names == ("O", "B-LOC", "I-LOC", "B-PER")
    assert spec.count == 22
    assert spec.input.shape == (128,)
    assert spec.notes == (
        "tags that mark ends of spans are read as BIO",
        "the first 128 words are read of 1 longer sentence",
    )
    assert load(source, 0).fingerprint
    spec, _ = inspect(Sentences(path=str(file), token_column=2, tag_column=3), 0)
    assert spec.class_names == ("X",)
