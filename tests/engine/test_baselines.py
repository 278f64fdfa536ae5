"""Baselines: figures known by hand or from numpy and scikit-learn, and what they cost."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.random import default_rng

from tui_dl import data
from tui_dl.data import Dataset, Samples
from tui_dl.engine import baselines
from tui_dl.engine.baselines import evaluate_baselines, have_baselines, learned_from
from tui_dl.engine.baselines.context import NextTokenCounts
from tui_dl.engine.baselines.features import features_of
from tui_dl.engine.baselines.lbfgs import minimise
from tui_dl.engine.baselines.linear import fit
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import Baseline, BaselinesEvaluated, Evaluated
from tui_dl.runs.comparison import Comparison
from tui_dl.spec.experiment import Experiment

NETWORK = Evaluated(split="test", loss=1.0, accuracy=0.5, metrics={"r2": 0.5})


def linear_model() -> Any:
    """scikit-learn's, loaded where it is used: that takes longer than most tests."""
    return import_module("sklearn.linear_model")


def of(experiment: Experiment, dataset: Dataset) -> BaselinesEvaluated:
    (event,) = evaluate_baselines(experiment, dataset, NETWORK)
    return event


def number(baseline: Baseline | None, metric: str) -> float:
    assert baseline
    value = baseline.metrics[metric]
    assert isinstance(value, float)
    return value


def loaded(name: str, *overrides: str) -> tuple[Experiment, Dataset]:
    experiment = read(name, list(overrides))
    return experiment, data.load(experiment.data, experiment.train.seed, experiment.data_spec)


def classes(count: int = 200, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Numbers, and three classes that overlap."""
    random = default_rng(seed)
    labels = random.integers(0, 3, count).astype(np.int32)
    return random.normal(size=(count, 5)) + labels[:, None] * 0.7, labels


def test_the_least_squares_are_those_of_numpy() -> None:
    random = default_rng(0)
    x = random.normal(size=(300, 6)) @ random.normal(size=(6, 6)) + 2
    y = x @ random.normal(size=(6, 1)) + 5 + random.normal(size=(300, 1))
    model = fit(x, y, 0)
    # The penalty as six more rows, which the bias does not touch.
    rows = np.block([[x, np.ones((300, 1))], [np.eye(6), np.zeros((6, 1))]])
    w, *_ = np.linalg.lstsq(rows, np.concatenate([y, np.zeros((6, 1))]), rcond=None)
    np.testing.assert_allclose(model(x), x @ w[:6] + w[6], atol=1e-2)
    np.testing.assert_allclose(
        model(x)[:, 0], linear_model().Ridge().fit(x, y[:, 0]).predict(x), atol=1e-2
    )


def test_softmax_regression_is_that_of_scikit_learn() -> None:
    x, labels = classes()
    z = fit(x, labels, 3)(x)
    shares = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    theirs = (
        linear_model().LogisticRegression(tol=1e-8, max_iter=1_000).fit(x, labels).predict_proba(x)
    )
    np.testing.assert_allclose(shares, theirs, atol=1e-3)


def test_its_gradient_vanishes_where_the_minimum_is_flat() -> None:
    """Rosenbrock's valley is not convex, but its minimum is known: (1, 1)."""

    def valley(p: np.ndarray) -> tuple[float, np.ndarray]:
        x, y = p
        gradient = [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)]
        return 100 * (y - x * x) ** 2 + (1 - x) ** 2, np.array(gradient)

    np.testing.assert_allclose(minimise(valley, np.zeros(2), 1e-8, 500), 1, atol=1e-6)


def test_samples_without_a_class_are_not_learned_from() -> None:
    x, labels = classes()
    hidden = np.where(np.arange(len(labels)) % 4, labels, -1)
    known = hidden >= 0
    np.testing.assert_allclose(fit(x, hidden, 3)(x), fit(x[known], labels[known], 3)(x), rtol=1e-6)


def test_the_majority_of_iris_is_a_third() -> None:
    experiment, dataset = loaded("iris")
    event = of(experiment, dataset)
    share = np.mean(dataset.test.targets == np.bincount(dataset.train.targets).argmax())
    assert event.constant.metrics == {"accuracy": pytest.approx(share)}
    assert event.linear
    assert event.constant.samples == event.linear.samples == len(dataset.train)
    assert number(event.linear, "accuracy") > 0.9
    assert (event.split, event.metric, event.network) == ("test", "accuracy", 0.5)


def test_the_mean_of_training_explains_nothing() -> None:
    experiment, dataset = loaded("diabetes")
    event = of(experiment, dataset)
    t = dataset.test.targets.astype(np.float64)
    expected = 1 - ((t - dataset.train.targets.mean()) ** 2).sum() / ((t - t.mean()) ** 2).sum()
    assert event.constant.metrics["r2"] == pytest.approx(expected)
    assert expected < 0
    x, y = dataset.train.inputs.astype(np.float64), dataset.train.targets[:, 0]
    mean, deviation = x.mean(axis=0), x.std(axis=0)
    theirs = linear_model().Ridge().fit((x - mean) / deviation, y)
    score = theirs.score((dataset.test.inputs - mean) / deviation, t[:, 0])
    assert event.linear
    assert event.linear.metrics["r2"] == pytest.approx(score, abs=1e-3)
    assert event.network == 0.5


def test_all_metrics_of_the_experiment_are_measured() -> None:
    experiment, dataset = loaded("iris", 'train.metrics=["f1", "confusion", "perplexity"]')
    event = of(experiment, dataset)
    assert event.linear
    assert list(event.linear.metrics) == ["accuracy", "f1", "confusion", "perplexity"]
    assert event.constant.metrics["perplexity"] == pytest.approx(3, rel=0.05)


def test_words_are_counted_wherever_they_stand() -> None:
    inputs = np.array([[3, 1, 3, 0], [2, 2, 2, 2]], np.int32)
    targets = np.array([0, 1], np.int32)
    padded = Samples(inputs, targets, np.array([3, 4], np.int32))
    # Columns are in the order of the tokens' frequency: 2, then 3, then 1; 0 is padding here.
    expected = [[0, 2, 1, 0], [4, 0, 0, 0]]
    np.testing.assert_array_equal(features_of(padded, 4)(padded), expected)


def test_a_column_that_never_changes_counts_nothing() -> None:
    inputs = np.array([[0.1, 1], [0.1, 3]], np.float32)
    samples = Samples(inputs, np.array([0, 1], np.int32))
    np.testing.assert_allclose(features_of(samples, 0)(samples), [[0, -1], [0, 1]])


def test_of_many_samples_a_seeded_part_is_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment, dataset = loaded("first-network")
    monkeypatch.setattr(baselines, "MOST_PRODUCTS", 64 * 10 * 400)
    part = learned_from(experiment, dataset.train)
    assert len(part) == 400
    np.testing.assert_array_equal(part.inputs, learned_from(experiment, dataset.train).inputs)
    event = of(experiment, dataset)
    assert event.linear
    assert (event.linear.samples, event.constant.samples) == (400, 1259)
    assert number(event.linear, "accuracy") > 0.9


def test_errors_are_in_the_units_of_the_file(tmp_path: Path) -> None:
    prices = [1_000.0 * (row % 17) + row for row in range(400)]
    rows = (f"{row % 17},{row % 5},{price}" for row, price in enumerate(prices))
    (tmp_path / "sold.csv").write_text("\n".join(["a,b,price", *rows]))
    event = of(*loaded(str(tmp_path / "sold.csv"), "data.target=price"))
    spread = float(np.std(prices))
    assert number(event.constant, "rmse") == pytest.approx(spread, rel=0.2)
    assert 50 < number(event.linear, "rmse") < number(event.constant, "rmse") / 10


def test_rules_are_measured_beside_models_that_learn() -> None:
    experiment, dataset = loaded("spam", "data.samples=400")
    event = of(experiment, dataset)
    assert event.rules is not None
    share = np.mean(data.by_rules(experiment.data, dataset.test) == dataset.test.targets)
    assert number(event.rules, "accuracy") == pytest.approx(share)
    assert event.rules.samples == 0
    assert [name for name, _ in Comparison(event).figures[1:]] == ["rules", "linear", "majority"]
    assert of(*loaded("iris")).rules is None


@pytest.mark.parametrize(
    ("name", "overrides", "expected"),
    [
        ("memory", [], True),
        ("diabetes", [], True),
        ("iris", ["train.loss=mean_squared_error"], True),
        ("char-model", [], False),
        ("forecast", [], True),
        ("translate-dates", [], False),
        ("cartpole", [], False),
    ],
)
def test_networks_with_one_target_have_baselines(
    name: str, overrides: list[str], expected: bool
) -> None:
    assert have_baselines(read(name, overrides)) is expected


def test_counts_of_what_follows_are_those_by_hand() -> None:
    """Of the text 0 1 0 2, 0 1 0 1; each probability is (c + t p') / (n + t)."""
    inputs, targets = np.array([[0, 1, 0], [0, 1, 0]]), np.array([[1, 0, 2], [1, 0, 1]])
    train = Samples(inputs.astype(np.int32), targets.astype(np.int32))
    none = {token: (count + 3 / 3) / (6 + 3) for token, count in ((0, 2), (1, 3), (2, 1))}
    after_0 = {1: (3 + 2 * none[1]) / (4 + 2), 2: (1 + 2 * none[2]) / (4 + 2)}
    after_1 = {0: (2 + none[0]) / (2 + 1)}
    new = Samples(np.array([[0, 2]], np.int32), np.array([[2, 1]], np.int32))

    def loss(samples: Samples, order: int) -> float:
        return NextTokenCounts(train, 3, order).loss(samples)

    assert loss(new, 0) == pytest.approx(-np.log([none[2], none[1]]).mean())
    # Nothing was seen after 2, so that the frequencies are left.
    assert loss(new, 1) == pytest.approx(-np.log([after_0[2], none[1]]).mean())
    p = [after_0[1], after_1[0], after_0[2]]
    first = Samples(train.inputs[:1], train.targets[:1])
    assert loss(first, 1) == pytest.approx(-np.log(p).mean())
    start = (2 + after_0[1]) / (2 + 1)  # a window that begins with 0 goes on with 1, both times
    second = (2 + after_1[0]) / (2 + 1)
    third = (1 + 2 * after_0[2]) / (2 + 2)
    assert loss(first, 2) == pytest.approx(-np.log([start, second, third]).mean())


def test_a_network_of_text_is_compared_by_its_loss() -> None:
    experiment, dataset = loaded("char-model", "data.samples=200")
    event = of(experiment, dataset)
    assert (event.metric, event.network, event.linear) == ("loss", 1.0, None)
    counts = number(event.others["order_2_counts"], "loss")
    assert 1 < counts < number(event.constant, "loss")
    names = [name for name, _ in Comparison(event).figures]
    assert names == ["test loss", "order 2 counts", "frequencies"]
    assert Comparison(event).is_better
    assert Comparison(event).verdict == f"{counts - 1:.3f} better than order 2 counts"
    smoothed = loaded("char-model", "data.samples=200", "train.loss.label_smoothing=0.1")
    assert list(evaluate_baselines(*smoothed, NETWORK)) == []


def test_the_last_season_is_one_more_baseline_of_a_series() -> None:
    experiment, dataset = loaded("forecast", "data.horizon=9", "network[1].units=9")
    event = of(experiment, dataset)
    inputs, targets = dataset.test.inputs, dataset.test.targets
    naive = np.concatenate([inputs[:, -7:], inputs[:, -7:-5]], axis=1)  # of seven days, then two
    score = 1 - ((naive - targets) ** 2).sum() / ((targets - targets.mean(axis=0)) ** 2).sum()
    assert number(event.others["seasonal_naive"], "r2") == pytest.approx(score)
    assert number(event.linear, "r2") > score > number(event.constant, "r2")
    names = [name for name, _ in Comparison(event).figures]
    assert names == ["test r2", "seasonal naive", "linear", "mean"]


def test_a_run_says_them_after_its_evaluation() -> None:
    events = [
        type(it).__name__
        for it in train(read("iris", ["train.epochs=1"]), threads=1)
        if isinstance(it, Evaluated | BaselinesEvaluated)
    ]
    assert events == ["Evaluated"] * 3 + ["BaselinesEvaluated"]
