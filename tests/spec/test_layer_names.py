"""Layers have one name everywhere, by which a key can be typed."""

from __future__ import annotations

import pytest

from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.layer_names import named, names_by_place
from tui_dl.spec.toml.draft import Draft
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError

REPEATED = """\
title = "x"
data.source = "digits"
network = [
    { kind = "flatten" },
    { kind = "repeat", times = 3, layers = [
        { kind = "dense", units = 8 },
        { kind = "residual", layers = [{ kind = "dense", units = 8 }] },
    ] },
    { kind = "dense", units = 10 },
]
"""


@pytest.mark.parametrize("name", presets.COURSE)
def test_names_are_those_of_shape_inference(name: str) -> None:
    experiment = read(name)
    names = names_by_place(experiment)
    first = {node.key: node.name for node in reversed(experiment.nodes)}
    assert {place: names[place] for place in first} == first


def test_layers_that_are_repeated_are_counted_each_time() -> None:
    names = names_by_place(parse(REPEATED, "it"))
    assert named("network[1].layers[0].units", names) == "dense_1.units"
    assert named("network[1].layers[1].layers[0].units", names) == "dense_2.units"
    assert named("network[1].layers[1]", names) == "residual_1"
    assert named("network[1].times", names) == "repeat_1.times"
    assert named("network[2].units", names) == "dense_7.units"
    assert named("train.epochs", names) == "train.epochs"


def test_a_key_can_begin_with_a_name() -> None:
    changed = parse(REPEATED, "it", ["dense_2.initializer=he", "repeat_1.times=2"])
    assert changed == parse(
        REPEATED, "it", ["network[1].layers[1].layers[0].initializer=he", "network[1].times=2"]
    )
    draft = Draft(REPEATED)
    draft.set("dense_7.bias=false")
    assert '{ kind = "dense", units = 10, bias = false }' in draft.text


def test_a_name_that_no_layer_has_is_said() -> None:
    with pytest.raises(UserError, match="there is no layer dense_8; did you mean 'dense_7'"):
        parse(REPEATED, "it", ["dense_8.units=3"])
