"""A file of text is trained on with nothing else: its form is found out, a network proposed."""

from pathlib import Path

import numpy as np
import pytest

from tests.data.readers.test_file_form import DAYS, NAMES, PAIRS, PROSE, TAGGED
from tests.data.tunes import TUNES
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import Ended
from tui_dl.spec.layers.base import kind
from tui_dl.spec.layers.products import Dense

FILES = {
    "text": ("a.txt", PROSE * 12),
    "surnames": ("a.tsv", NAMES + NAMES.replace("name", "other")),
    "pairs": ("a.tsv", PAIRS),
    "sentences": ("a.conll", TAGGED * 3),
    "melodies": ("a.abc", TUNES),
    "series": ("a.csv", DAYS),
}


@pytest.mark.parametrize("source", FILES)
def test_it_trains_with_nothing_else(tmp_path: Path, source: str) -> None:
    name, text = FILES[source]
    (tmp_path / name).write_text(text)
    experiment = read(tmp_path / name, ["train.epochs=1"])
    assert kind(experiment.data) == source
    assert f'(data.source = "{source}")' in experiment.data_spec.notes[0]
    last, spec = experiment.network[-1], experiment.data_spec
    assert isinstance(last, Dense)
    assert last.units == (spec.classes or spec.target.size)
    (ended,) = [it for it in train(experiment, 1) if isinstance(it, Ended)]
    assert ended.test_loss is not None
    assert np.isfinite(ended.test_loss)


def test_what_the_user_says_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(PAIRS)
    experiment = read(tmp_path / "a.tsv", ["data.source=text", "data.length=8"])
    assert (kind(experiment.data), experiment.data_spec.input.shape) == ("text", (8,))
    assert not any("data.source" in note for note in experiment.data_spec.notes)
