"""Every source and environment, by its cases: shapes, splits, and the same seed gives the same."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cases import cases
from tui_dl import data
from tui_dl.data import Dataset, Samples, VectorEnvironment
from tui_dl.spec.data import SOURCES
from tui_dl.spec.data.base import Data, DescribedData, Environment
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import kind

BY_KIND = cases("sources")


def given(environments: bool) -> list[Any]:
    """The cases of environments, or of the other sources; skipped where a library is missing."""
    return [
        pytest.param(
            case,
            id=f"{name}-{number}",
            marks=pytest.mark.skipif(case.is_missing, reason=f"{name} needs {case.extra}"),
        )
        for name, of_kind in BY_KIND.items()
        for number, case in enumerate(of_kind)
        if case.gives_rewards == environments
    ]


def described(source: Data, seed: int = 0) -> tuple[DataSpec, Data]:
    """The description, and the source with what was found out in its file."""
    if isinstance(source, DescribedData) and not source.reads_file:
        return source.inspect(), source
    return data.inspect(source, seed)


def loaded(source: Data, seed: int = 0) -> tuple[Dataset, DataSpec]:
    spec, found = described(source, seed)
    return data.load(found, seed), spec


def splits(dataset: Dataset) -> tuple[Samples, Samples, Samples]:
    return dataset.train, dataset.validation, dataset.test


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_source_has_a_loader_and_cases(name: str) -> None:
    module = import_module(f"tui_dl.data.{name}")
    assert callable(module.load)
    assert hasattr(module, "environment") == SOURCES[name].gives_rewards
    assert name in BY_KIND, f"{name} has no cases: tests/cases/sources/{name}.py"
    assert {kind(case) for case in BY_KIND[name]} == {name}


def test_every_case_is_of_a_source() -> None:
    assert set(BY_KIND) <= set(SOURCES)


@pytest.mark.parametrize("name", sorted(it for it in SOURCES if SOURCES[it].gives_rewards))
def test_only_its_own_files_name_an_environment(name: str) -> None:
    package = Path(data.__file__).parents[1]
    for path in package.rglob("*.py"):
        places = (package / "data", package / "drawing" / "scenes")
        own = path in {it / f"{name}.py" for it in places} or "spec/data" in path.as_posix()
        assert own or name not in path.read_text(encoding="utf-8").lower(), path


@pytest.mark.parametrize("source", given(False) + given(True))
def test_samples_are_what_the_source_says(source: Data) -> None:
    dataset, spec = loaded(source)
    for samples in splits(dataset):
        assert len(samples)
        assert samples.inputs.shape == (len(samples), spec.input.size)
        assert samples.inputs.flags.c_contiguous
        assert samples.inputs.dtype == (np.int32 if spec.input.vocab_size else np.float32)
        if spec.input.vocab_size:
            assert samples.inputs.min() >= 0
            assert samples.inputs.max() < spec.input.vocab_size
        if samples.lengths is not None:
            assert samples.lengths.min() >= 1
            assert samples.lengths.max() <= spec.input.steps


@pytest.mark.parametrize("source", given(False))
def test_splits_hold_every_sample_once_with_its_target(source: Data) -> None:
    dataset, spec = loaded(source)
    assert sum(map(len, splits(dataset))) == spec.count
    assert tuple(map(len, splits(dataset))) == pytest.approx(spec.splits, abs=spec.classes)
    for samples in splits(dataset):
        assert samples.targets.shape == (len(samples), *spec.target.shape)
        if spec.classes:
            assert set(np.unique(samples.targets)) - {-1} == set(range(spec.classes))
    assert len(spec.class_names) in (0, spec.classes)


@pytest.mark.parametrize("source", given(False) + given(True))
def test_the_same_seed_gives_the_same_samples(source: Data) -> None:
    first, again, other = (loaded(source, seed)[0] for seed in (3, 3, 4))
    for one, same in zip(splits(first), splits(again), strict=True):
        np.testing.assert_array_equal(one.inputs, same.inputs)
        np.testing.assert_array_equal(one.targets, same.targets)
    assert not np.array_equal(first.train.inputs, other.train.inputs)


def played(environment: VectorEnvironment, samples: Samples, actions: Any) -> list[Any]:
    """States, rewards and ends of all steps, NaN and 1 after the end of an episode."""
    rows, under_way = [], np.ones(len(samples), bool)
    states = environment.reset(samples)
    np.testing.assert_array_equal(states, samples.inputs)
    for now in actions:
        states, rewards, terminated, truncated = environment.step(now)
        assert states.shape == samples.inputs.shape
        assert rewards.shape == terminated.shape == truncated.shape == (len(samples),)
        there = np.where(under_way[:, None], states, np.nan)
        rows.append(np.column_stack([there, np.where(under_way, rewards, np.nan)]))
        under_way = under_way & ~(terminated | truncated)
    assert not under_way.any()
    return rows


@pytest.mark.parametrize("source", given(True))
def test_an_episode_depends_on_its_sample_and_its_actions_alone(source: Environment) -> None:
    dataset, random = data.load(source, 0), np.random.default_rng(0)
    assert len(dataset.train) == source.count
    assert len({sample.tobytes() for sample in dataset.train.inputs}) == source.count
    few = dataset.train.take(np.arange(3))
    actions = random.integers(source.classes, size=(source.longest, 3))
    environment = data.make_environment(source, 3)
    first, again = (played(environment, few, actions) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    turned = few.take(np.array([2, 0, 1]))
    others = played(data.make_environment(source, 3), turned, actions[:, [2, 0, 1]])
    np.testing.assert_array_equal(np.array(others)[:, [1, 2, 0]], first)
    alone = played(data.make_environment(source, 1), few.take(np.array([1])), actions[:, 1:2])
    np.testing.assert_array_equal(np.array(alone)[:, 0], np.array(first)[:, 1])
    returns = np.nansum(np.array(first)[:, :, -1], axis=0)
    assert (returns <= source.best).all()
