"""Variants: what they override, and what is refused at their keys."""

from __future__ import annotations

import pytest

from tui_dl.process.read_experiment import describe
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.toml.variants import variants
from tui_dl.support.errors import UserError

TEXT = """
title = "it"
data = { source = "digits" }
network = [{ kind = "flatten" }, { kind = "dense", units = 10 }]
train = { optimizer = { kind = "sgd", learning_rate = 0.2 }, seed = 7 }
"""


def varied(*rows: str) -> str:
    return TEXT + "".join(f"[[variant]]\n{row}\n" for row in rows)


def test_a_variant_is_the_experiment_with_its_overrides() -> None:
    experiment = parse(
        varied(
            'name = "adam"\nset = { "train.optimizer.kind" = "adam" }',
            'name = "wide"\nset = { network = [{ kind = "flatten" }, { kind = "dense", units = 10 '
            '}, { kind = "softplus" }], "train.clip.norm" = 1.5, "data.batch_size" = "all" }',
        ),
        "it.toml",
    )
    found = variants(experiment)
    assert list(found) == ["adam", "wide"]
    assert found["adam"].train.optimizer.learning_rate == 0.2
    assert type(found["adam"].train.optimizer).__name__ == "Adam"
    assert [node.name for node in found["wide"].nodes] == ["flatten_1", "dense_1", "softplus_1"]
    assert found["wide"].data.batch_size == "all"
    assert {it.train.seed for it in found.values()} == {7}
    for it in found.values():
        assert not it.variant
        assert not it.claim
        assert parse(it.to_toml(), "again") == it
    again = parse(experiment.to_toml(), "again")
    assert again == experiment
    assert variants(again) == found


def test_a_variant_of_a_table_keeps_what_was_read_from_the_file() -> None:
    text = varied('name = "adam"\nset = { "train.optimizer.kind" = "adam" }')
    text = text.replace("digits", "iris").replace("units = 10", "units = 3")
    text = text.replace('{ kind = "flatten" }, ', "")
    for overrides in ([], ["train.seed=3"]):
        found = variants(parse(text, "it.toml", overrides, describe=describe))
        assert found["adam"].data_spec.class_names == ("setosa", "versicolor", "virginica")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (['name = "a"\nset = {}'], "variant[0].set: overrides nothing: name a key"),
        (['name = "a"'], "variant[0]: missing key set"),
        (
            ['name = "a"\nset = { "train.optimizer.learning_rate" = 0.2 }'],
            "variant[0].set: overrides nothing: all is as in the experiment",
        ),
        (
            ['name = "a"\nset = { "network[1].units" = 10, "network.1.units" = 10 }'],
            "variant[0].set.'network.1.units': overrides what 'network[1].units' overrides",
        ),
        (
            ['name = "a"\nset = { "train.l2" = 0.1, train = { l2 = 0.1 } }'],
            "variant[0].set.'train': overrides what 'train.l2' overrides",
        ),
        (
            ['name = "a"\nset = { "train.l2" = 0.1 }', 'name = "a"\nset = { "train.l2" = 0.2 }'],
            "variant[1].name: there are two variants a: rename one",
        ),
        (
            ['name = "a"\nset = { "train.l2" = 0.1 }', 'name = "b"\nset = { "train.l2" = 0.1 }'],
            "variant[1].set: is the same as that of a: leave one out",
        ),
        (
            ['name = "a"\nset = { "train.seed" = 8 }'],
            "variant[0].set: changes train.seed: variants start from the same one",
        ),
        (
            ['name = "a"\nset = { train = { l2 = 0.1 } }'],
            "variant[0].set: changes train.seed: variants start from the same one",
        ),
        (
            ['name = "a"\nset = { title = "x" }'],
            "variant[0].set.'title': a variant changes only data, network, train",
        ),
        (
            ['name = "a"\nset = { "network[9].units" = 3 }'],
            "variant[0].set.'network[9].units': the network has layers 0 to 1",
        ),
        (
            ['name = "a"\nset = { "train.epochs" = 0 }'],
            "variant[0].set.'train.epochs': expected a whole number >= 1, found 0",
        ),
        (
            ['name = "a"\nset = { "train.epoch" = 3 }'],
            "variant[0].set.'train.epoch': unknown key; did you mean 'epochs'?",
        ),
        (
            ['name = "a"\nset = { "network[1].units" = 3 }'],
            "the network ends in 3, but cross_entropy over the 10 classes of its data needs 10",
        ),
        (['name = "A b"\nset = { "train.l2" = 0.1 }'], "variant[0].name: "),
        (['name = "test_loss"\nset = { "train.l2" = 0.1 }'], "is the name of a figure: choose"),
        (
            ['name = "a"\nset = { network = 0 }'],
            "variant[0].set.'network': expected a list, found 0",
        ),
        (['name = "a"\nset = 3'], "variant[0].set: expected a table, found 3"),
        (['name = "a"\nset = { "" = 3 }'], "a variant changes only data, network, train"),
    ],
)
def test_what_is_no_variant_is_refused_at_its_key(rows: list[str], says: str) -> None:
    text = varied(*rows)
    if "test_loss" in says or "test_loss" in text:
        text += '[[claim]]\nsays = "x"\ntest = "test_loss > 0"\n'
    with pytest.raises(UserError) as caught:
        parse(text, "it.toml")
    assert says in str(caught.value)
    assert str(caught.value).startswith("it.toml: variant[")


def test_overrides_leave_out_the_variants_and_claims_that_they_undo() -> None:
    text = varied(
        'name = "a"\nset = { "train.epochs" = 3 }', 'name = "b"\nset = { "train.l2" = 1 }'
    )
    text += '[[claim]]\nsays = "x"\ntest = "a.test_loss < test_loss"\n'
    text += '[[claim]]\nsays = "y"\ntest = "grad_norm[\'dense_1\'] < 1"\n'
    changed = parse(text, "it.toml", ["train.clip.norm=0.5"])
    assert {it.train.clip.norm for it in variants(changed).values() if it.train.clip} == {0.5}
    assert len(changed.claim) == 2
    undone = parse(text, "it.toml", ["train.epochs=3"])
    assert [it.name for it in undone.variant] == ["b"]
    assert [it.says for it in undone.claim] == ["y"]
    assert parse(undone.to_toml(), "again") == undone
    other = "network=[{kind='conv2d',filters=2,kernel=8},{kind='flatten'},{kind='conv1d'}]"
    with pytest.raises(UserError):
        parse(text, "it.toml", [other])
    with pytest.raises(UserError, match=r"--set variant\[1\].set=.*overrides nothing"):
        parse(text, "it.toml", ["variant[1].set={}"])
