"""Every seed, purpose and index has its own random numbers."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui_dl
from tests.kernels.built import WHOLE, Built
from tests.kernels.test_layers import CASES
from tui_dl.engine.train.augment import augmentations
from tui_dl.engine.train.batches import batches
from tui_dl.spec.data import SOURCES
from tui_dl.spec.data.base import Flip, Shift
from tui_dl.spec.layers.base import TensorSpec, kind
from tui_dl.spec.layers.normalisation import Dropout
from tui_dl.spec.shape_inference import MOST_LAYERS
from tui_dl.support.api_validation import MOST_SEED
from tui_dl.support.rng import stream

EDGES = [2**power + near for power in (31, 32, 33, 53, 62) for near in (-1, 0, 1)]
SEEDS = [*range(4), *EDGES, MOST_SEED - 1, MOST_SEED]
INDICES = [*range(4), 499, 500, 1023, 1024, 1025, 2047, 2048, *EDGES, MOST_SEED]
PURPOSES = [
    "split", "shuffle", "actions", "decode", "recall", "dates", "cartpole train", "cartpole test",
    "cartpole validation", "shift 0", "shift 1", "shift 2", "dense_1.weight", "dense_2.weight",
]  # fmt: skip

Triple = tuple[int, str, int]


def first_words(triple: Triple) -> bytes:
    return stream(*triple).bit_generator.random_raw(2).tobytes()


def test_no_two_of_all_edges_are_alike() -> None:
    every = [(seed, purpose, i) for seed in SEEDS for purpose in PURPOSES for i in INDICES]
    assert len(every) > 7000
    assert len(set(map(first_words, every))) == len(every)


NUMBERS = st.sampled_from(SEEDS + INDICES) | st.integers(0, MOST_SEED)
TRIPLES = st.tuples(NUMBERS, st.sampled_from(PURPOSES) | st.text(max_size=20), NUMBERS)


@given(st.sets(TRIPLES, min_size=2, max_size=60))
def test_no_two_of_any_are_alike(triples: set[Triple]) -> None:
    assert len(set(map(first_words, triples))) == len(triples)


@given(NUMBERS, st.sampled_from(PURPOSES), NUMBERS, st.integers(0, 62))
def test_neighbours_are_not_alike(seed: int, purpose: str, index: int, bit: int) -> None:
    here = first_words((seed, purpose, index))
    assert first_words((seed ^ 1 << bit, purpose, index)) != here
    assert first_words((seed, purpose, index ^ 1 << bit)) != here


def test_numbers_stay_what_they_were() -> None:
    drawn: list[Any] = [
        stream(0, "shuffle", 7).integers(1000, size=3).tolist(),
        stream(2**53, "split").integers(1000, size=3).tolist(),
        stream(3, "dense_1.weight").integers(1000, size=3).tolist(),
    ]
    assert drawn == [[670, 383, 970], [580, 984, 389], [37, 538, 634]]


def test_the_purposes_in_use_do_not_meet() -> None:
    """Names of all tensors and layers there can be, and what the code asks for."""
    names: dict[str, Iterator[str]] = {
        "shift {index}": (f"shift {number}" for number in range(MOST_LAYERS)),
        "flip {index}": (f"flip {number}" for number in range(MOST_LAYERS)),
    }
    names["{node.name}.{name}"] = tensors()
    splits = "train", "validation", "test"
    names["cartpole {split}"] = (f"cartpole {split}" for split in splits)
    seeded = {name for name, source in SOURCES.items() if source.gives_rewards} - {"cartpole"}
    names["{kind(source)} {split}"] = (f"{name} {split}" for name in seeded for split in splits)
    purposes = [f"dropout_{number}" for number in range(1, MOST_LAYERS + 1)]
    for purpose in set(asked_for()):
        purposes += names.pop(purpose) if "{" in purpose else [purpose]
    assert not names
    assert len(purposes) > 40_000
    assert len({crc32(purpose.encode()) for purpose in purposes}) == len(purposes)


def asked_for() -> Iterator[str]:
    """The purpose of every call of `stream` in the package."""
    for source in Path(tui_dl.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "stream":
                yield ast.unparse(node.args[1]).removeprefix("f").strip("'\"")


def tensors() -> Iterator[str]:
    kinds = {(kind(layer), name) for layer, given in CASES for name in layer.parameters(given)}
    for layer, name in kinds:
        for number in range(1, MOST_LAYERS + 1):
            yield f"{layer}_{number}.{name}"


@pytest.mark.parametrize("seed", [0, 1, MOST_SEED])
def test_images_are_shifted_anew_in_every_epoch(seed: int) -> None:
    twice = [Shift(pixels=2), Shift(pixels=1)]
    epochs = [augmentations(twice, 40, seed, epoch) for epoch in range(1, 2001)]
    assert len({moved.tobytes() for moved in epochs}) == len(epochs)
    for moved in (epochs[0], np.stack([epoch[0] for epoch in epochs])):  # by sample and by epoch
        assert len(np.unique(moved, axis=0)) > 15
        assert abs(moved.mean()) < 0.5


@pytest.mark.parametrize("seed", [0, 1, MOST_SEED])
def test_half_of_the_images_are_mirrored_in_every_epoch(seed: int) -> None:
    epochs = [augmentations([Flip()], 400, seed, epoch) for epoch in range(1, 21)]
    mirrored = np.stack(epochs)[..., 2]
    assert len(np.unique(mirrored, axis=0)) == 20
    assert (abs(mirrored.mean(axis=0) - 0.5) < 0.5).all()  # no image always or never
    assert (abs(mirrored.mean(axis=1) - 0.5) < 0.15).all()
    assert not np.stack(epochs)[..., :2].any()


def test_samples_are_shuffled_anew_in_every_epoch() -> None:
    orders = [next(batches(40, 40, seed, e)).tobytes() for seed in SEEDS for e in range(1, 60)]
    assert len(set(orders)) == len(orders)


def test_every_seed_drops_other_units() -> None:
    built = Built(Dropout(), TensorSpec((20,)))
    dropped = set()
    for seed in SEEDS:
        other = Built(Dropout(), TensorSpec((20,)), seed=seed)
        other.built.x[...] = built.built.x
        other.run(WHOLE)
        dropped.add((other.built.y == 0).tobytes())
    assert len(dropped) == len(SEEDS)
