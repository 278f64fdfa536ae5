"""Dates: each written form is read back as its day, and no two splits share a day."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from tests.figures import number
from tui_dl import data
from tui_dl.data.characters import decode, encode
from tui_dl.data.dates import FIRST, MONTHS, WAYS, ending, written
from tui_dl.engine.metrics.entity_f1 import entities
from tui_dl.engine.train.session import train
from tui_dl.protocol.events import Evaluated
from tui_dl.spec.data.dates import Dates
from tui_dl.spec.toml.reading import read

# What strptime has no words for is left out of the text or written otherwise.
FORMATS = {
    "{day} {month} {year}": "%d %B %Y",
    "{month} {day}, {year}": "%B %d, %Y",
    "{weekday}, {day} {month} {year}": "%A, %d %B %Y",
    "{weekday}, {month} {day}, {year}": "%A, %B %d, %Y",
    "{day} {mon} {year}": "%d %b %Y",
    "{mon} {day}, {year}": "%b %d, %Y",
    "{week}, {day} {mon} {year}": "%a, %d %b %Y",
    "{day:02}-{mon}-{year}": "%d-%b-%Y",
    "{day:02}/{number:02}/{year}": "%d/%m/%Y",
    "{day:02}/{number:02}/{short:02}": "%d/%m/%y",
    "{day}.{number}.{year}": "%d.%m.%Y",
}
SHORT = {month[:3] for month in MONTHS}
CENTURY = [FIRST + timedelta(days) for days in range(Dates.DAYS)]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_says_the_day(way: str) -> None:
    form = FORMATS.get(way.replace("{nth}", "{day}").replace(" of ", " "))
    for day in CENTURY[::7]:
        text = written(day, way)
        if form:
            plain = text.replace(f"{day.day}{ending(day.day)}", str(day.day)).replace(" of ", " ")
            assert datetime.strptime(plain, form).date() == day, text
        else:
            assert way == "{week} {mon} {nth} {year}"
            assert text == f"{day:%a %b} {day.day}{ending(day.day)} {day.year}"


def test_endings() -> None:
    days = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 20: "20th",
            21: "21st", 22: "22nd", 23: "23rd", 30: "30th", 31: "31st"}  # fmt: skip
    assert {day: f"{day}{ending(day)}" for day in days} == days


def test_a_century_fits_into_the_source() -> None:
    source = Dates()
    texts = {written(day, way) for day in CENTURY for way in WAYS}
    texts |= {text.lower() for text in texts}
    assert set("".join(texts)) == set(source.reads)
    assert max(map(len, texts)) == source.input.shape[0]
    assert CENTURY[-1] == date(2068, 12, 31)


def test_samples_and_targets_are_the_same_days_and_no_split_shares_one() -> None:
    source = Dates(samples=2000)
    dataset = data.load(source, 3)
    seen: set[str] = set()
    for samples in (dataset.train, dataset.validation, dataset.test):
        assert samples.lengths is not None
        texts = decode(samples.inputs, source.reads)
        days = decode(samples.targets, source.writes)
        assert (samples.targets[:, -1] == len(source.writes)).all()
        for text, length, day in zip(texts, samples.lengths, days, strict=True):
            known = date.fromisoformat(day)
            forms = {written(known, way) for way in WAYS}
            assert text[:length] in forms | {form.lower() for form in forms}
            assert not text[length:].strip()
        assert not seen & set(days)
        seen |= set(days)
    assert len(seen) == 2000


def test_tags_tell_what_each_character_is_of() -> None:
    source = Dates(samples=300, task="tag")
    dataset = data.load(source, 3)
    np.testing.assert_array_equal(
        dataset.train.inputs, data.load(Dates(samples=300), 3).train.inputs
    )
    assert dataset.train.lengths is not None
    texts = decode(dataset.train.inputs, source.reads)
    for text, length, row in zip(texts, dataset.train.lengths, dataset.train.targets, strict=True):
        assert (row[:length] >= 0).all()
        assert (row[length:] == -1).all()
        tags = [source.class_names[tag] for tag in row[:length]]
        found = {kind: text[first:end] for first, end, kind in entities(tags)}
        assert set(found) == {"day", "month", "year"}
        assert 1 <= int(found["day"].strip("stndrh")) <= 31
        assert found["year"].isdigit()
        month = found["month"]
        assert month.title() in MONTHS or month.title() in SHORT or 1 <= int(month) <= 12


def test_entities_are_learned() -> None:
    rows = "[{kind='embedding',size=16},{kind='lstm',units=24,bidirectional=true,output='sequence'}"
    settings = [
        "data.task=tag",
        "data.samples=2000",
        f"network={rows},{{kind='dense',units=7}}]",
    ]
    settings += ["train.metrics=['accuracy','entity_f1']", "train.epochs=4"]
    settings += ["train.optimizer.learning_rate=0.01"]
    results = [
        it for it in train(read("translate-dates", settings), 2) if isinstance(it, Evaluated)
    ]
    assert number(results[-1].metrics["entity_f1"]) > 0.95


def test_the_same_seed_gives_the_same_dates() -> None:
    first, again, other = (data.load(Dates(samples=200), seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.test.inputs, again.test.inputs)
    assert (first.test.inputs != other.test.inputs).any()


def test_text_becomes_symbols_and_text_again() -> None:
    vocab_size, lengths = encode(["ba", "cab"], "abc", 4)
    assert vocab_size.tolist() == [[1, 0, -1, -1], [2, 0, 1, -1]]
    assert lengths.tolist() == [2, 3]
    assert decode(vocab_size, "abc") == ["ba", "cab"]
