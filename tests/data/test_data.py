"""The digits, splits and resizing."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_dl import data
from tui_dl.data import digits
from tui_dl.data.resize import resize
from tui_dl.data.split import stratified
from tui_dl.spec.data.digits import Digits
from tui_dl.spec.splits import split_sizes, stratified_sizes


def test_digits_are_the_real_ones() -> None:
    dataset = data.load(Digits(), 0)
    counts = [len(part) for part in (dataset.train, dataset.validation, dataset.test)]
    assert sum(counts) == 1797
    assert dataset.train.inputs.min() == 0
    assert dataset.train.inputs.max() == 1


def test_digits_equal_their_origin() -> None:
    datasets: Any = pytest.importorskip("sklearn.datasets", reason="needs scikit-learn")
    images, labels = datasets.load_digits(return_X_y=True)
    with np.load(digits.FILE) as file:
        np.testing.assert_array_equal(file["images"].reshape(len(images), -1), images)
        np.testing.assert_array_equal(file["labels"], labels)


def test_only_digits_to_evaluate_on_are_moved() -> None:
    plain, moved = (data.load(Digits(evaluation_shift=pixels), 3) for pixels in (0, 2))
    np.testing.assert_array_equal(plain.train.inputs, moved.train.inputs)
    for old, new in ((plain.validation, moved.validation), (plain.test, moved.test)):
        np.testing.assert_array_equal(old.targets, new.targets)
        moves = set()
        for before, after in zip(old.inputs, new.inputs, strict=True):
            image = np.pad(before.reshape(8, 8), 2)
            windows = {
                (down, right): image[2 - down : 10 - down, 2 - right : 10 - right].ravel()
                for down in range(-2, 3)
                for right in range(-2, 3)
            }
            fits = [move for move, window in windows.items() if (window == after).all()]
            assert fits
            moves |= set(fits)
        assert len(moves) == 25


@given(
    counts=st.lists(st.integers(10, 60), min_size=2, max_size=6),
    validation=st.floats(0.1, 0.4),
    test=st.floats(0.1, 0.4),
    seed=st.integers(0, 5),
)
def test_splits_hold_every_sample_once_and_every_class_alike(
    counts: list[int], validation: float, test: float, seed: int
) -> None:
    labels = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    parts = stratified(labels, validation, test, seed)
    assert sorted(np.concatenate(parts)) == list(range(len(labels)))
    for part, share in zip(parts[1:], (validation, test), strict=True):
        for label, count in enumerate(counts):
            assert abs((labels[part] == label).sum() - count * share) <= 0.5


@given(
    counts=st.lists(st.integers(1, 12), min_size=1, max_size=40),
    validation=st.floats(0.001, 0.6),
    test=st.floats(0.001, 0.39),
)
def test_no_split_is_empty_that_could_have_a_sample(
    counts: list[int], validation: float, test: float
) -> None:
    labels = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    parts = stratified(labels, validation, test, 0)
    assert sorted(np.concatenate(parts)) == list(range(len(labels)))
    for part, size in zip(parts, split_sizes(len(labels), validation, test), strict=True):
        assert len(part) or not size
    assert tuple(map(len, parts)) == stratified_sizes(counts, validation, test)


def test_the_digits_are_described_as_they_are_split() -> None:
    for shares in ((0.15, 0.15), (0.4, 0.4), (0.01, 0.3)):
        source = Digits(validation=shares[0], test=shares[1])
        dataset = data.load(source, 0)
        found = (len(dataset.train), len(dataset.validation), len(dataset.test))
        assert found == source.splits


def test_resizing_equals_pytorch() -> None:
    torch: Any = pytest.importorskip("torch", reason="parity needs PyTorch")
    images = np.random.default_rng(0).random((3, 8, 8), np.float32)
    for size in [(32, 32), (5, 7), (8, 8), (1, 20)]:
        wanted = torch.nn.functional.interpolate(
            torch.from_numpy(images)[:, None], size=size, mode="bilinear", align_corners=False
        )
        np.testing.assert_allclose(resize(images, *size), wanted[:, 0].numpy(), atol=1e-6)
