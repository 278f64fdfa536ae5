"""Dates in Babel's languages: all their characters are known, and English is as it was."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.characters import decode
from tui_dl.data.dates import encode, inspect
from tui_dl.process.read_experiment import read
from tui_dl.spec.data.dates import Dates
from tui_dl.support.errors import UserError

pytest.importorskip("babel")


def test_days_are_written_in_the_languages() -> None:
    spec, source = inspect(Dates(samples=2000, languages=("de", "fr", "ko")), 0)
    train = data.load(source, 0, spec).train
    assert train.lengths is not None
    texts = [
        text[:length]
        for text, length in zip(decode(train.inputs, source.reads), train.lengths, strict=True)
    ]
    days = [date.fromisoformat(it) for it in decode(train.targets, source.writes)]
    assert len(set(days)) == len(days)
    for word in ("Mittwoch", "mercredi", "수요일", "märz"):
        assert any(word in text for text in texts), word
    for text, day in zip(texts, days, strict=True):
        assert str(day.year) in text
        assert str(day.day) in text
    np.testing.assert_array_equal(encode(source, spec, 0, texts).inputs, train.inputs)


@pytest.mark.parametrize("language", ["ru", "tr", "ar", "ja", "hi", "vi"])
def test_every_text_fits(language: str) -> None:
    spec, source = inspect(Dates(samples=3000, languages=(language,)), 0)
    data.load(source, 1, spec)  # raises where a character or a length was not found out


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(UserError, match="'xx' is no language of Babel"):
        read("translate-dates", ['data.languages=["xx"]'])
    with pytest.raises(UserError, match=r"found out of data\.languages"):
        read("translate-dates", ["data.length=5"])
    tags = ['data.languages=["de"]', "data.task=tag"]
    with pytest.raises(UserError, match="are translated only"):
        read("translate-dates", ['train.metrics=["accuracy"]', *tags, 'network=[{kind="embedding",'
            'size=8},{kind="dense",units=7}]'])  # fmt: skip
