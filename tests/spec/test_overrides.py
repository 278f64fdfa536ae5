"""``--set KEY=VALUE`` changes one key, and what is wrong with it is said in a line."""

from typing import Any

import pytest

from tests.spec.lenet import LENET
from tui_dl.spec.toml.reading import parse, read
from tui_dl.spec.train.losses.classification import CrossEntropy
from tui_dl.spec.train.losses.regression import Huber
from tui_dl.spec.train.optimizers.sgd import Sgd
from tui_dl.spec.train.schedules.cosine import Cosine
from tui_dl.support.errors import UserError


@pytest.mark.parametrize(
    ("override", "key", "value"),
    [
        ("train.epochs=3", "epochs", 3),
        ("train.seed = 7", "seed", 7),
        ("train.loss=cross_entropy", "loss", CrossEntropy()),
        ("train.loss={kind='cross_entropy', label_smoothing=0.1}", "loss", CrossEntropy(0.1)),
        ("train.loss.label_smoothing=0.1", "loss", CrossEntropy(0.1)),
        ("train.loss=huber", "loss", Huber()),
        ("train.optimizer=sgd", "optimizer", Sgd()),
        ("train.schedule=cosine", "schedule", Cosine()),
    ],
)
def test_overrides(override: str, key: str, value: Any) -> None:
    assert getattr(parse(LENET, "it", [override]).train, key) == value


def test_overrides_reach_into_rows_and_whole_tables() -> None:
    few = parse(LENET, "it", ["network[0].filters=3", 'train.optimizer={kind="sgd"}'])
    assert few.nodes[0].output.shape[0] == 3
    assert type(few.train.optimizer).__name__ == "Sgd"


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("train.epochs", "write KEY=VALUE"),
        ("=3", "write KEY=VALUE"),
        ("train..epochs=3", "write KEY=VALUE"),
        ("network[99].filters=3", "the network has layers 0 to 11"),
        ("network[-1].units=3", "the network has layers 0 to 11"),
        ("network[first].filters=3", "the network has layers 0 to 11"),
        ("title.more=3", "no place title.more"),
        ("train.epoch=3", "did you mean 'epochs'"),
        (
            "train.epochs=many",
            "--set train.epochs=many: expected a whole number, found text 'many'",
        ),
        ("train.epochs=0", "--set train.epochs=0: expected a whole number >= 1, found 0"),
        ("train.epochs=5000000", "expected a whole number <= 1,000,000, found 5000000"),
        ("train.epochs=true", "expected a whole number, found true"),
        ("train.epochs=[1, 2]", "expected a whole number, found a list of 2"),
        ("train.epochs=2026-01-01", "expected a whole number, found a date"),
        ("train.optimizer.learning_rate=0", "expected a number >= 1e-12, found 0"),
        ("train.optimizer={kind='adan'}", "train.optimizer.kind: unknown kind 'adan'"),
        ("train.early_stopping=5", "expected a table, found 5"),
        (
            "train.loss=dice",
            "--set train.loss=dice: train.loss.kind: unknown kind 'dice'; known: b",
        ),
        ("train.loss=Cross_Entropy", "did you mean 'cross_entropy'?"),
        ("train.loss.label_smoothing=1", "expected a number < 1, found 1"),
        ("train.loss.class_weights=[1, 2]", "2 weights for 10 classes: give one for each"),
        (
            "train.optimizer={kind='sgd', nesterov=true}",
            "nesterov looks ahead along the momentum: add momen",
        ),
        ("train.clip={norm=1, value=1}", "clips by one of both: give norm or value"),
        ("train.clip={}", "--set train.clip={}: clips by one of both: give norm or value"),
        ("train.clip=1", "--set train.clip=1: expected a table, found 1"),
        ("train.weight_average=1.0", "train.weight_average=1.0: expected a number < 1"),
        ("train.l2=-1", "expected a number >= 0"),
        ("data.batch_size=most", "unknown batch_size 'most'; known: a whole number, all"),
        ("data.batch_size=1.5", "expected a whole number or all, found 1.5"),
        ("data.batch_size=[1]", "expected a whole number or all, found a list of 1"),
        ("data.batch_size=0", "--set data.batch_size=0: expected a whole number >= 1, found 0"),
        ("train.batch_schedule={max=64}", "grow up to 64, but data.batch_size is 64 already"),
        ("train.batch_schedule={factor=1}", "expected a whole number >= 2"),
        (
            "train.schedule={kind='cosine', min_learning_rate=1}",
            "min_learning_rate: 1 is not below the learning rate",
        ),
        ("train.schedule=cosin", "did you mean 'cosine'?"),
        ("train.schedule={kind='one_cycle', warmup=1}", "train.schedule.warmup: unknown key; kno"),
        ("train.schedule={kind='step', factor=1}", "train.schedule.factor: expected a number < 1"),
        ("train.metrics=['F1']", "train.metrics[0]: unknown metrics 'F1'; did you mean 'f1'?"),
        ("train.metrics=f1", "--set train.metrics=f1: expected a list, found text 'f1'"),
        ("train.metrics=['f1', 'r2']", "train.metrics[1]: r2 is of real numbers, and here there a"),
        ("train.metrics=['exact_match']", "exact_match is of sequences of classes"),
        ("train.metrics=['entity_f1']", "entity_f1 is of sequences of tags"),
        ("train.loss={kind='huber', delta=0}", "train.loss.delta: expected a number >= 1e-12"),
        ("train.target=input", "the input can be the target only as real numbers, and cross_ent"),
        ("train.target=inputs", "unknown target 'inputs'; did you mean 'input'?"),
        ("title=", "--set title=: is empty: say"),
        ("title=' '", "is empty: say"),
        ("data.resize=[8, 8]", "it.toml with --set data.resize=[8, 8]: network[3] (conv2d): ker"),
        ("train.optimizer.kind=adan", "did you mean 'adam'"),
        ("network[0].kind=conv2", "did you mean 'conv2d'"),
        ("data.source=digit", "did you mean 'digits'"),
        ("data.test=0.9", "data: validation and test take every sample"),
        ("network[0].kernel=40", r"network[0] (conv2d): kernel 40 is larger than its input"),
        ("network[11].units=9", "network[11]: the network ends in 9"),
        ("network=[]", "--set network=[]: expected a list of length >= 1"),
        (
            "network[1]={kind='repeat', times=2, layers=[]}",
            "network[1].layers: expected a list of len",
        ),
        ("network[1]={kind='residual', layers=[]}", "network[1].layers: expected a list of length"),
    ],
)
def test_a_wrong_override_is_refused(override: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(LENET, "it.toml", [override])
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "text", ['train.l2="0,01"', "train.l2=0,01", "train.l2=-0,01", "train.optimizer.momentum=,5"]
)
def test_a_decimal_comma_is_told_the_point(text: str) -> None:
    with pytest.raises(UserError) as raised:
        read("lenet5", ['train.optimizer={kind="sgd"}', text])
    assert (": use a point: " in str(raised.value)) == ("0,01" in text)
