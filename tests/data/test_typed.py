"""What a user types as samples: what is read, and what is refused with what is wanted."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.transforms.tokens import UNKNOWN
from tui_dl.spec.data.base import Source
from tui_dl.spec.data.dates import Dates
from tui_dl.spec.data.digits import Digits
from tui_dl.spec.data.messages import Messages
from tui_dl.spec.data.moons import Moons
from tui_dl.spec.data.recall import Recall


def encode(source: Source, *texts: str) -> data.Samples:
    return data.encode(source, source.inspect(), 0, texts)


def test_numbers_stand_between_blanks_or_commas() -> None:
    samples = encode(Moons(), "0.5 -1.25", "0.5,-1.25", "  5e-1;\t-1.25 ")
    assert samples.inputs.dtype == np.float32
    assert samples.inputs.tolist() == [[0.5, -1.25]] * 3
    assert samples.targets.tolist() == [0, 0, 0]


def test_tokens_are_padded_after_their_end() -> None:
    samples = encode(Recall(vocab_size=4, length=5), "3 1", "0,1,2,3,0")
    assert samples.lengths is not None
    assert samples.lengths.tolist() == [2, 5]
    assert samples.inputs.tolist() == [[3, 1, 0, 0, 0], [0, 1, 2, 3, 0]]


def test_messages_have_the_vocabulary_of_training() -> None:
    source = Messages(samples=300)
    known = data.load(source, 0).train
    assert known.source is not None
    assert known.lengths is not None
    texts = [text for (text,) in known.source.texts(20)]
    samples = encode(source, *texts)
    np.testing.assert_array_equal(samples.inputs, known.inputs[:20])
    np.testing.assert_array_equal(samples.lengths, known.lengths[:20])
    assert UNKNOWN in encode(source, f"{texts[0]} xyzzy").inputs


def test_ink_is_scaled_where_it_is_as_in_the_file() -> None:
    samples = data.load(Digits(), 0).test
    raw = [" ".join(f"{it:g}" for it in row * 16) for row in samples.inputs[:3]]
    np.testing.assert_array_equal(encode(Digits(), *raw).inputs, samples.inputs[:3])
    scaled = [" ".join(f"{it:.9g}" for it in row) for row in samples.inputs[:3]]
    np.testing.assert_array_equal(encode(Digits(), *scaled).inputs, samples.inputs[:3])


@pytest.mark.parametrize(
    ("source", "text", "says"),
    [
        (Moons(), "1", "'1': 1 number: wanted: 2 numbers, with blanks or commas"),
        (Moons(), "1 2 3", "3 numbers: wanted: 2 numbers"),
        (Moons(), "1 nan", "'nan' is no finite number"),
        (Moons(), "1 1e39", "'1e39' is no finite number"),
        (Moons(), "1 일", "'일' is no finite number"),
        (Recall(), "8", "'8' is no token: wanted: 1 to 30 whole numbers from 0 to 7"),
        (Recall(), "1.5", "'1.5' is no token"),
        (Recall(), "²", "'²' is no token"),
        (Recall(), " ", "0 numbers: wanted: 1 to 30"),
        (Recall(length=2), "1 2 3", "3 numbers: wanted: 1 to 2"),
        (Dates(), "안녕", "'안녕': '안' is not one of the characters"),
        (Dates(), "", "'': 0 characters: 1 to 33 are allowed"),
        (Dates(), "1" * 34, "34 characters: 1 to 33 are allowed"),
        (Messages(samples=300), "안녕", "'안녕': the network knows none of its words"),
        (Messages(samples=300), "?!", "the network knows none of its words"),
        (Messages(samples=300), " ", "' ': has no words: wanted: a message in English"),
        (Messages(samples=300), "you " * 33, "33 words and signs are too many"),
        (Digits(), "1 2", "2 numbers: wanted: the path of an image, light on dark, or 64"),
        (Digits(), "17 " * 64, "a number is out of range: wanted: the path of an image"),
        (Digits(), "-1 " * 64, "a number is out of range"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_is_wanted(
    source: Source, text: str, says: str
) -> None:
    with pytest.raises(ValueError, match=r"^'") as error:
        encode(source, text)
    assert says in str(error.value)
