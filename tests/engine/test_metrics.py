"""Metrics compared with values by hand, with plain counts and with scikit-learn."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import cases
from tests.engine.test_losses import DIGITS
from tests.figures import number
from tui_dl.drawing.arrays import array
from tui_dl.engine.metrics import MEASURES, measure
from tui_dl.engine.metrics.accuracy import accuracy, exact_match, top_k
from tui_dl.engine.metrics.confusion import confusion, f1, macro, precision, recall
from tui_dl.engine.metrics.entity_f1 import entities, entity_f1
from tui_dl.engine.metrics.perplexity import perplexity
from tui_dl.engine.metrics.predictions import NOTHING, softmax
from tui_dl.engine.metrics.r2 import r2
from tui_dl.engine.metrics.roc_auc import log_odds, roc_auc, roc_auc_of_all
from tui_dl.engine.train.session import train
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import EpochEnded, Evaluated
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train.metrics import METRICS

# Rewards are summed by the environment, not here.
NAMES = [name for name, metric in METRICS.items() if metric.subject != "rewards"]
BY_NAME = cases("metrics")


@pytest.mark.parametrize("name", NAMES)
def test_every_metric_has_a_function_and_cases(name: str) -> None:
    assert name in MEASURES, f"{name} has no function in tui_dl/engine/metrics"
    assert name in BY_NAME, f"{name} has no cases: tests/cases/metrics/{name}.py"


@pytest.mark.parametrize("name", NAMES)
def test_values_by_hand(name: str) -> None:
    for case in BY_NAME[name]:
        targets = np.array(case.targets)
        kept = targets.astype(np.int32 if targets.dtype.kind == "i" else np.float32)
        found = measure((name,), np.array(case.outputs, np.float32), kept, case.class_names)
        np.testing.assert_allclose(np.array(found[name]), case.value, rtol=1e-6, atol=1e-7)


LABELS = np.array([0, 0, 0, 1, 1, 2])
PREDICTED = np.array([0, 1, 0, 1, 2, 0])


def test_a_confusion_matrix_by_hand() -> None:
    matrix = confusion(LABELS, PREDICTED, 4)
    assert matrix.tolist() == [[2, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    assert precision(matrix).tolist() == [2 / 3, 1 / 2, 0, 0]
    assert recall(matrix).tolist() == [2 / 3, 1 / 2, 0, 0]
    assert f1(matrix).tolist() == [2 / 3, 1 / 2, 0, 0]
    assert macro(f1(matrix), matrix) == pytest.approx((2 / 3 + 1 / 2) / 3)
    assert accuracy(LABELS, PREDICTED) == 0.5


def test_the_largest_scores_by_hand() -> None:
    scores = np.array([[3.0, 2, 1], [3, 2, 1], [1, 1, 1]])
    labels = np.array([1, 2, 0])
    assert [top_k(labels, scores, k) for k in (1, 2, 3)] == [1 / 3, 2 / 3, 1]


SCORES = st.integers(-2, 2).map(float) | st.sampled_from([0.0, -0.0, np.nan, np.inf, -np.inf, 1e30])


@given(st.lists(st.tuples(st.integers(0, 3), st.tuples(*[SCORES] * 4)), min_size=1, max_size=20))
def test_of_equal_scores_the_first_is_the_answer_to_all_metrics(
    samples: list[tuple[int, tuple[float, ...]]],
) -> None:
    labels = np.array([label for label, _ in samples])
    scores = np.array([row for _, row in samples], np.float32)
    sound = ~np.isnan(scores).any(axis=1)
    ranks = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)
    of_label = ranks[np.arange(len(labels)), labels]
    names: Any = "accuracy", "top_3", "confusion", "recall_by_class", "exact_match"
    found: Any = measure(names, scores[:, None], labels[:, None].astype(np.int32))
    for k, metric in ((1, "accuracy"), (3, "top_3")):
        assert top_k(labels, scores, k) == found[metric] == (sound & (of_label < k)).mean()
    right = sound & (of_label == 0)
    assert found["exact_match"] == found["accuracy"] <= found["top_3"]
    assert np.diag(found["confusion"]).sum() == right.sum()
    assert np.sum(found["confusion"]) == sound.sum()
    for label, share in enumerate(found["recall_by_class"]):
        assert share == (right[labels == label].mean() if (labels == label).any() else 0)


def test_what_is_not_a_number_names_nothing() -> None:
    outputs, labels = np.array([[np.nan], [0], [1]]), np.array([0, 0, 0], np.int32)
    found: Any = measure(("accuracy", "recall", "f1", "roc_auc"), outputs, labels)
    assert found["accuracy"] == found["recall"] * 2 == 1 / 3  # of two classes, one of them named
    assert np.isnan(found["roc_auc"])
    tags = "O", "B-a"
    assert entity_f1(np.array([[1]]), np.array([[NOTHING]]), tags) == 0


def test_roc_auc_by_hand() -> None:
    right = np.array([True, False, True, False])
    assert roc_auc(right, np.array([4.0, 3, 2, 1])) == 0.75
    assert roc_auc(right, np.array([2.0, 1, 2, 1])) == 1
    assert roc_auc(right, np.ones(4)) == 0.5
    assert np.isnan(roc_auc(np.ones(3, bool), np.arange(3.0)))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=30))
def test_roc_auc_by_counting_pairs(samples: list[tuple[bool, int]]) -> None:
    yes = [result for right, result in samples if right]
    no = [result for right, result in samples if not right]
    area = roc_auc(
        np.array([right for right, _ in samples]),
        np.array([float(result) for _, result in samples]),
    )
    if yes and no:
        wins = sum((a > b) + (a == b) / 2 for a in yes for b in no)
        assert area == pytest.approx(wins / len(yes) / len(no))
    else:
        assert np.isnan(area)


def test_r2_by_hand() -> None:
    targets = np.array([[1.0], [2], [3]])
    assert r2(targets, targets) == 1
    assert r2(targets, np.full((3, 1), 2.0)) == 0
    assert r2(targets, np.array([[1.0], [2], [4]])) == 0.5
    assert np.isnan(r2(np.ones((3, 1)), targets))
    assert np.isnan(r2(np.full((3, 1), 0.1), targets))  # their sum over 3 is not 0.1


def test_perplexity_by_hand() -> None:
    assert perplexity(np.array([0, 3]), np.zeros((2, 4))) == pytest.approx(4)
    certain = np.array([[1e4, 0.0]], np.float32)
    assert perplexity(np.array([0]), certain) == 1
    assert perplexity(np.array([1]), certain) == np.inf
    close = np.array([[1e4, 1e4 + 1e-3]])
    assert perplexity(np.array([0]), close) == pytest.approx(1 + np.exp(1e-3), rel=1e-11)


def test_exact_matches_by_hand() -> None:
    labels = np.array([[1, 2, -1], [1, 2, 0], [-1, -1, -1]])
    predicted = np.array([[1, 2, 5], [1, 2, 5], [0, 0, 0]])
    assert exact_match(labels, predicted) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("tags", "wanted"),
    [
        ("O O", set()),
        ("B-a I-a O B-b", {(0, 2, "a"), (3, 4, "b")}),
        ("B-a B-a", {(0, 1, "a"), (1, 2, "a")}),
        ("B-a I-b", {(0, 1, "a"), (1, 2, "b")}),
        ("I-a I-a", {(0, 2, "a")}),
        ("O I-a", {(1, 2, "a")}),
    ],
)
def test_entities_by_hand(tags: str, wanted: set[tuple[int, int, str]]) -> None:
    assert entities(tags.split()) == wanted


def test_f1_of_entities_by_hand() -> None:
    names = ["O", "B-a", "I-a"]
    labels = np.array([[1, 2, 0, 1], [0, 0, -1, -1]])
    predicted = np.array([[1, 2, 0, 0], [1, 0, 1, 1]])  # one right, one missed, one too many
    assert entity_f1(labels, predicted, names) == 0.5
    assert entity_f1(np.zeros((1, 2), int), np.zeros((1, 2), int), names) == 0


def plain_log_odds(scores: Any, label: int) -> Any:
    """How much likelier the label is than all others, without the shortcuts."""
    z = scores.astype(np.longdouble)
    return (z[:, label] - np.logaddexp.reduce(np.delete(z, label, axis=1), axis=1)).astype(float)


def test_roc_auc_of_saturated_outputs() -> None:
    labels = np.array([0, 1, 0, 1])
    logits = np.array([[100, 0], [80, 0], [60, 0], [40, 0]], np.float32)  # softmax in float32: 1, 0
    assert roc_auc_of_all(labels, logits) == 0.75
    assert roc_auc_of_all(labels, logits * 100) == 0.75
    one = logits[:, 1:] - logits[:, :1]
    assert measure(("roc_auc",), one, labels)["roc_auc"] == 0.75
    same = np.array([[3, 1, 2, 0], [3, 0, 1, 2], [0, 3, 1, 2], [3, 3, 1, 1]], np.float32)
    for label in range(4):  # orders of the other classes do not matter
        odds = log_odds(same[:, np.roll(range(4), -label)])[:, (4 - label) % 4]
        assert odds[0] == odds[1]
    assert log_odds(same)[3, 0] == log_odds(same)[3, 1]


@pytest.mark.parametrize("seed", range(5))
def test_they_equal_scikit_learns(seed: int) -> None:
    peer = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(seed)
    labels = random.integers(5, size=60)
    scores = random.normal(0, 1, (60, 5)) + 1.5 * np.eye(5)[labels]
    found: Any = measure(
        ("accuracy", "top_3", "precision", "recall", "f1", "confusion", "roc_auc", "f1_by_class"),
        scores, labels,
    )  # fmt: skip
    predicted = scores.argmax(axis=1)
    averages = {"average": "macro", "zero_division": 0}
    assert found["accuracy"] == pytest.approx(peer.accuracy_score(labels, predicted))
    assert found["top_3"] == pytest.approx(peer.top_k_accuracy_score(labels, scores, k=3))
    assert found["precision"] == pytest.approx(peer.precision_score(labels, predicted, **averages))
    assert found["recall"] == pytest.approx(peer.recall_score(labels, predicted, **averages))
    assert found["f1"] == pytest.approx(peer.f1_score(labels, predicted, **averages))
    assert found["f1_by_class"] == pytest.approx(peer.f1_score(labels, predicted, average=None))
    assert found["confusion"] == peer.confusion_matrix(labels, predicted).tolist()
    area = peer.roc_auc_score(labels, softmax(scores), multi_class="ovr")
    assert found["roc_auc"] == pytest.approx(area)
    for size in (1, 10, 30, 1e2, 1e4):  # from 30 on a softmax in float32 is 0 or 1
        sure = (size * scores).astype(np.float32)
        areas = [peer.roc_auc_score(labels == c, plain_log_odds(sure, c)) for c in range(5)]
        assert roc_auc_of_all(labels, sure) == pytest.approx(np.mean(areas), abs=1e-12)
    targets, outputs = random.normal(0, 1, (2, 60, 3))
    wanted = peer.r2_score(targets, outputs, multioutput="variance_weighted")
    assert measure(("r2",), outputs, targets)["r2"] == pytest.approx(wanted)


def test_one_output_may_tell_of_two_classes() -> None:
    outputs, labels = np.array([[-1.0], [2], [3], [1]]), np.array([0, 1, 0, -1], np.int32)
    found: Any = measure(("accuracy", "confusion", "roc_auc"), outputs, labels)
    assert found == {
        "accuracy": pytest.approx(2 / 3), "confusion": [[1, 1], [0, 1]], "roc_auc": 0.5,
    }  # fmt: skip


def happened(*overrides: str) -> list[Any]:
    events = train(parse(DIGITS, "it", ["train.epochs=2", *overrides]), 2)
    return [h.copy() if isinstance(h, np.ndarray) else h for h in events]


def test_a_run_says_what_it_is_asked_for_of_every_split() -> None:
    events = happened("train.metrics=['f1', 'confusion', 'perplexity', 'accuracy']")
    ends = [h for h in events if isinstance(h, EpochEnded)]
    evaluated = {h.split: h for h in events if isinstance(h, Evaluated)}
    assert set(evaluated) == {"train", "validation", "test"}
    for found in (it.metrics for it in evaluated.values()):
        assert list(found) == ["f1", "confusion", "perplexity", "accuracy"]
    of_test: Any = evaluated["test"].metrics
    assert of_test["accuracy"] == pytest.approx(evaluated["test"].accuracy)
    assert of_test["perplexity"] == pytest.approx(np.exp(number(evaluated["test"].loss)), rel=1e-5)
    assert np.sum(of_test["confusion"]) == 269
    of_validation = evaluated["validation"].metrics
    looks = (h for h in events if isinstance(h, Artifact) and not h.is_final)
    (*_, seen) = (h for h in looks if h.kind == "confusion")
    matrix = array(seen, "matrix")
    assert ends[-1].metrics | {"confusion": matrix.tolist()} == of_validation
    assert list(ends[-1].metrics) == ["f1", "perplexity", "accuracy"]


@pytest.mark.parametrize("loss", ["cross_entropy", "mean_squared_error", "binary_cross_entropy"])
def test_a_network_whose_outputs_are_all_equal_names_the_first_class(loss: str) -> None:
    zeros = [
        f"network[{row}].{key}" for row in (1, 3) for key in ("initializer=zeros", "bias=false")
    ]
    asked = "train.metrics=['top_3', 'accuracy', 'confusion', 'recall']"
    events = happened(*zeros, f"train.loss={loss}", asked)
    ends = [h for h in events if isinstance(h, EpochEnded)]
    steps = np.concatenate([h for h in events if isinstance(h, np.ndarray)])
    for epoch, end in enumerate(ends, 1):
        own = steps[steps["epoch"] == epoch]
        hits = (own["metric"] * own["samples"]).sum() / own["samples"].sum()
        assert hits == pytest.approx(end.train_accuracy) == pytest.approx(0.1, abs=0.002)
    for it in (h for h in events if isinstance(h, Evaluated)):
        found: Any = it.metrics
        of_class = np.sum(found["confusion"], axis=1) / np.sum(found["confusion"])
        assert it.accuracy == found["accuracy"] == of_class[0] == pytest.approx(0.1, abs=0.01)
        assert found["top_3"] == pytest.approx(of_class[:3].sum())
        assert found["recall"] == 0.1


def test_an_autoencoders_r2_is_of_its_inputs() -> None:
    options = "train.loss=mean_squared_error", "train.target=input", "network[3].units=64"
    evaluated = [h for h in happened(*options) if isinstance(h, Evaluated)]
    assert all(0.3 < number(h.metrics["r2"]) < 1 for h in evaluated)
    of_classes = [h for h in happened() if isinstance(h, Evaluated)]
    assert all(h.metrics.keys() == {"accuracy"} for h in of_classes)
