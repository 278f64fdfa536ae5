"""Metrics by hand, by counting, and by scikit-learn's."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.test_losses import DIGITS
from tui_dl.engine import metrics
from tui_dl.engine.session import train
from tui_dl.events import EpochEnded, Evaluated
from tui_dl.experiment import parse

LABELS = np.array([0, 0, 0, 1, 1, 2])
PREDICTED = np.array([0, 1, 0, 1, 2, 0])


def test_a_confusion_matrix_by_hand() -> None:
    matrix = metrics.confusion(LABELS, PREDICTED, 4)
    assert matrix.tolist() == [[2, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    assert metrics.precision(matrix).tolist() == [2 / 3, 1 / 2, 0, 0]
    assert metrics.recall(matrix).tolist() == [2 / 3, 1 / 2, 0, 0]
    assert metrics.f1(matrix).tolist() == [2 / 3, 1 / 2, 0, 0]
    assert metrics.macro(metrics.f1(matrix), matrix) == pytest.approx((2 / 3 + 1 / 2) / 3)
    assert metrics.accuracy(LABELS, PREDICTED) == 0.5


def test_the_largest_scores_by_hand() -> None:
    scores = np.array([[3.0, 2, 1], [3, 2, 1], [1, 1, 1]])
    labels = np.array([1, 2, 0])
    assert [metrics.top_k(labels, scores, k) for k in (1, 2, 3)] == [0, 1 / 3, 1]


def test_roc_auc_by_hand() -> None:
    right = np.array([True, False, True, False])
    assert metrics.roc_auc(right, np.array([4.0, 3, 2, 1])) == 0.75
    assert metrics.roc_auc(right, np.array([2.0, 1, 2, 1])) == 1
    assert metrics.roc_auc(right, np.ones(4)) == 0.5
    assert np.isnan(metrics.roc_auc(np.ones(3, bool), np.arange(3.0)))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=30))
def test_roc_auc_by_counting_pairs(samples: list[tuple[bool, int]]) -> None:
    yes = [score for right, score in samples if right]
    no = [score for right, score in samples if not right]
    area = metrics.roc_auc(
        np.array([right for right, _ in samples]), np.array([float(score) for _, score in samples])
    )
    if yes and no:
        wins = sum((a > b) + (a == b) / 2 for a in yes for b in no)
        assert area == pytest.approx(wins / len(yes) / len(no))
    else:
        assert np.isnan(area)


def test_r2_by_hand() -> None:
    targets = np.array([[1.0], [2], [3]])
    assert metrics.r2(targets, targets) == 1
    assert metrics.r2(targets, np.full((3, 1), 2.0)) == 0
    assert metrics.r2(targets, np.array([[1.0], [2], [4]])) == 0.5
    assert np.isnan(metrics.r2(np.ones((3, 1)), targets))


def test_perplexity_by_hand() -> None:
    assert metrics.perplexity(np.array([0, 3]), np.zeros((2, 4))) == pytest.approx(4)
    certain = np.array([[1e4, 0.0]], np.float32)
    assert metrics.perplexity(np.array([0]), certain) == 1


def test_exact_matches_by_hand() -> None:
    labels = np.array([[1, 2, -1], [1, 2, 0], [-1, -1, -1]])
    predicted = np.array([[1, 2, 5], [1, 2, 5], [0, 0, 0]])
    assert metrics.exact_match(labels, predicted) == pytest.approx(2 / 3)


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
    assert metrics.entities(tags.split()) == wanted


def test_f1_of_entities_by_hand() -> None:
    names = ["O", "B-a", "I-a"]
    labels = np.array([[1, 2, 0, 1], [0, 0, -1, -1]])
    predicted = np.array([[1, 2, 0, 0], [1, 0, 1, 1]])  # one right, one missed, one too many
    assert metrics.entity_f1(labels, predicted, names) == 0.5
    assert metrics.entity_f1(np.zeros((1, 2), int), np.zeros((1, 2), int), names) == 0


@pytest.mark.parametrize("seed", range(5))
def test_they_equal_scikit_learns(seed: int) -> None:
    peer = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(seed)
    labels = random.integers(5, size=60)
    scores = random.normal(0, 1, (60, 5)) + 1.5 * np.eye(5)[labels]
    found: Any = metrics.measure(
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
    area = peer.roc_auc_score(labels, metrics.softmax(scores), multi_class="ovr")
    assert found["roc_auc"] == pytest.approx(area)
    targets, outputs = random.normal(0, 1, (2, 60, 3))
    wanted = peer.r2_score(targets, outputs, multioutput="variance_weighted")
    assert metrics.measure(("r2",), outputs, targets)["r2"] == pytest.approx(wanted)


def test_one_output_may_tell_of_two_classes() -> None:
    outputs, labels = np.array([[-1.0], [2], [3], [1]]), np.array([0, 1, 0, -1], np.int32)
    found: Any = metrics.measure(("accuracy", "confusion", "roc_auc"), outputs, labels)
    assert found == {
        "accuracy": pytest.approx(2 / 3), "confusion": [[1, 1], [0, 1]], "roc_auc": 0.5,
    }  # fmt: skip


def happened(*overrides: str) -> list[Any]:
    return list(train(parse(DIGITS, "it", ["train.epochs=2", *overrides]), 2))


def test_a_run_says_what_it_is_asked_for_of_every_split() -> None:
    happenings = happened("train.metrics=['f1', 'confusion', 'perplexity', 'accuracy']")
    ends = [h for h in happenings if isinstance(h, EpochEnded)]
    judged = {h.split: h for h in happenings if isinstance(h, Evaluated)}
    assert set(judged) == {"train", "validation", "test"}
    for it in (*judged.values(), ends[-1]):
        assert list(it.metrics) == ["f1", "confusion", "perplexity", "accuracy"]
    of_test: Any = judged["test"].metrics
    assert of_test["accuracy"] == pytest.approx(judged["test"].accuracy)
    assert of_test["perplexity"] == pytest.approx(np.exp(judged["test"].loss), rel=1e-5)
    assert np.sum(of_test["confusion"]) == 269
    assert ends[-1].metrics == judged["validation"].metrics


def test_an_autoencoders_r2_is_of_its_inputs() -> None:
    options = "train.loss=mean_squared_error", "train.target=input", "network[3].units=64"
    judged = [h for h in happened(*options) if isinstance(h, Evaluated)]
    assert all(0.3 < h.metrics["r2"] < 1 for h in judged)
    assert happened()[-2].metrics.keys() == {"accuracy"}
