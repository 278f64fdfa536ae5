"""The picture of tagged sentences shows the names that are there and those that are found."""

from __future__ import annotations

import pytest

from tui_dl import data
from tui_dl.drawing import picture
from tui_dl.drawing.arrays import array
from tui_dl.drawing.colours import Look
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import Evaluated

pytest.importorskip("faker")


def test_names_that_are_found_are_in_brackets_and_mistakes_are_marked() -> None:
    experiment = read("name-tagger", ["train.epochs=5"])
    found = list(train(experiment, 2))
    artifact = [it for it in found if isinstance(it, Artifact) and it.kind == "tagged"][-1]
    kinds, words = artifact.labels["kinds"], artifact.labels["words"]
    assert kinds == ["organisation", "person", "place"]
    test = data.load(experiment.data, 0).test
    assert test.source is not None
    known = {text for (text,) in test.source.texts(len(test))}
    target, answer = array(artifact, "target"), array(artifact, "answer")
    rows = picture.draw(artifact, 1000, 40, Look("none"))[1:]
    assert len(rows) == len(target)
    for number, row in enumerate(rows):
        text = "".join(piece for piece, _ in row)
        own = [it for it in words[number * 24 : (number + 1) * 24] if it]
        assert " ".join(own) in known
        assert (text[0] == "✔") == (target[number] == answer[number]).all()
        assert text.count("✘[") >= (text[0] == "✘")
        if text[0] == "✔":
            assert text.count("[") == (target[number] < 0).sum()
    (final,) = (it for it in found if isinstance(it, Evaluated) and it.split == "test")
    f1 = final.metrics["entity_f1"]
    assert isinstance(f1, float)
    assert f1 > 0.9
