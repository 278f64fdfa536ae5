"""Learning-rate schedules compared with PyTorch's, and in a run."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.cases import cases
from tests.cases.schedule import EPOCHS, STEPS, TOTAL
from tests.engine.test_losses import DIGITS
from tests.engine.test_resume import after, at, copied, facts, last
from tui_dl.engine.train.schedule import Plateau, Schedule
from tui_dl.engine.train.session import train
from tui_dl.protocol.commands import AnyCommand, Set, Stop
from tui_dl.protocol.events import EpochEnded, LearningRateChanged, Started
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train.batch_schedule import BatchSchedule, grown
from tui_dl.spec.train.schedules import SCHEDULES, AnySchedule
from tui_dl.spec.train.schedules.cosine import Cosine
from tui_dl.spec.train.schedules.one_cycle import OneCycle
from tui_dl.spec.train.schedules.reduce_on_plateau import ReduceOnPlateau
from tui_dl.spec.train.schedules.steps import Constant, Exponential, StepDecay

pytestmark = pytest.mark.usefixtures("one_by_one")

BASE = 0.3

# A schedule, PyTorch's, and how many of our steps are one of its.
PEERS: dict[str, tuple[AnySchedule, Callable[[Any, Any], Any], int]] = {
    "constant": (Constant(), lambda s, o: s.ConstantLR(o, 1.0), STEPS),
    "step": (StepDecay(every=3, factor=0.4), lambda s, o: s.StepLR(o, 3, 0.4), STEPS),
    "exponential": (Exponential(factor=0.8), lambda s, o: s.ExponentialLR(o, 0.8), STEPS),
    "cosine": (Cosine(min_learning_rate=0.01), lambda s, o: s.CosineAnnealingLR(o, TOTAL, 0.01), 1),
    "one_cycle": (OneCycle(), lambda s, o: s.OneCycleLR(o, BASE, TOTAL), 1),
    "another cycle": (
        OneCycle(warm_up_fraction=0.5, start_divisor=10, end_divisor=100),
        lambda s, o: s.OneCycleLR(
            o, BASE, TOTAL, pct_start=0.5, div_factor=10, final_div_factor=100
        ),
        1,
    ),
    "warm-up": (
        Constant(warmup=2),
        lambda s, o: s.LinearLR(o, 1 / (2 * STEPS), 1.0, 2 * STEPS - 1),
        1,
    ),
}


BY_KIND = cases("schedules")


@pytest.mark.parametrize("kind", SCHEDULES)
def test_every_schedule_has_cases(kind: str) -> None:
    assert kind in BY_KIND, f"{kind} has no cases: tests/cases/schedules/{kind}.py"
    assert {type(case.schedule) for case in BY_KIND[kind]} == {SCHEDULES[kind]}


@pytest.mark.parametrize("kind", SCHEDULES)
def test_rates_by_hand(kind: str) -> None:
    for case in BY_KIND[kind]:
        schedule = Schedule(case.schedule, BASE, [STEPS] * EPOCHS)
        for (step, plateaus), share in case.shares.items():
            rate = schedule.rate(step, plateaus)
            assert rate == pytest.approx(BASE * share, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", PEERS)
def test_rates_equal_pytorchs(name: str) -> None:
    torch = pytest.importorskip("torch", reason="parity needs PyTorch")
    recipe, make, every = PEERS[name]
    optimizer = torch.optim.SGD([torch.zeros(1)], BASE)
    peer = make(torch.optim.lr_scheduler, optimizer)
    schedule = Schedule(recipe, BASE, [STEPS] * EPOCHS)
    for step in range(TOTAL):
        rate = optimizer.param_groups[0]["lr"]
        assert schedule.rate(step) == pytest.approx(rate, rel=1e-9)
        optimizer.step()
        if (step + 1) % every == 0 and step + 1 < TOTAL:
            peer.step()


def test_plateaus_equal_pytorchs() -> None:
    torch = pytest.importorskip("torch", reason="parity needs PyTorch")
    recipe = ReduceOnPlateau(factor=0.5, patience=2, threshold=0.01, min_learning_rate=0.01)
    optimizer = torch.optim.SGD([torch.zeros(1)], BASE)
    peer = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, factor=0.5, patience=2, threshold=0.01, min_lr=0.01
    )
    schedule, plateau = Schedule(recipe, BASE, [STEPS] * 60), Plateau()
    random = np.random.default_rng(0)
    rates = set()
    for epoch in range(60):
        loss = float(1 / (epoch + 1) + 0.1 * random.random()) if epoch != 30 else float("nan")
        peer.step(loss)
        plateau.update(loss, recipe)
        rate = schedule.rate((epoch + 1) * STEPS, plateau.met)
        assert rate == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-9)
        rates.add(rate)
    assert len(rates) > 3


@pytest.mark.parametrize("epochs", [1, 2, 3])
@pytest.mark.parametrize("steps", [1, 2])
def test_short_runs_have_rates_too(epochs: int, steps: int) -> None:
    recipes = (
        Cosine(),
        Cosine(epochs=1),
        Cosine(epochs=9),
        OneCycle(),
        OneCycle(warm_up_fraction=0.5),
    )
    for recipe in (*recipes, StepDecay(warmup=9), Exponential(warmup=1)):
        schedule = Schedule(recipe, BASE, [steps] * epochs)
        rates = [schedule.rate(step) for step in range(epochs * steps)]
        assert all(0 <= rate <= BASE for rate in rates)


def test_mini_batches_grow() -> None:
    schedule = BatchSchedule(factor=3, every=2, max=100)
    sizes = [grown(8, schedule, 1_000, epoch) for epoch in range(1, 9)]
    assert sizes == [8, 8, 24, 24, 72, 72, 100, 100]
    assert grown(8, schedule, 50, 1_000_000) == 50
    assert grown(8, None, 50, 9) == 8


def told(*overrides: str, **options: Any) -> list[Any]:
    experiment = parse(DIGITS, "it", ["train.epochs=6", *overrides])
    return copied(train(experiment, 2, **options))


def test_a_change_is_told_once_an_epoch_and_every_steps_rate_is_recorded() -> None:
    outputs = told("train.schedule={kind='cosine', warmup=2}")
    ends = [h.step for h in outputs if isinstance(h, EpochEnded)]
    changes = [h for h in outputs if isinstance(h, LearningRateChanged)]
    assert [change.step for change in changes] == [0, *ends[:-1]]
    records = np.concatenate([h for h in outputs if isinstance(h, np.ndarray)])
    rates = records["learning_rate"]
    schedule = Schedule(Cosine(warmup=2), 0.01, [ends[0]] * 6)
    np.testing.assert_allclose(rates, [schedule.rate(s) for s in range(len(rates))], rtol=1e-6)
    for change in changes:
        assert rates[change.step] == pytest.approx(change.learning_rate, rel=1e-6)


def test_a_plateau_lowers_the_rate() -> None:
    outputs = told(
        "train.schedule={kind='reduce_on_plateau', patience=0, threshold=0.9, factor=0.5}"
    )
    changes = [h.learning_rate for h in outputs if isinstance(h, LearningRateChanged)]
    assert len(changes) >= 3
    assert changes[:3] == pytest.approx([0.005, 0.0025, 0.00125])


def test_a_rate_set_by_hand_is_what_the_schedule_goes_on_from() -> None:
    outputs = told("train.schedule={kind='exponential', factor=0.5}", commands=at({30: [Set(0.5)]}))
    records = np.concatenate([h for h in outputs if isinstance(h, np.ndarray)])
    by_epoch = {int(r["epoch"]): float(r["learning_rate"]) for r in records}  # the last of each
    assert list(by_epoch.values()) == pytest.approx([0.01, 0.5, 0.25, 0.125, 0.0625, 0.03125])


@pytest.mark.parametrize("size", ["all", "1", "64"])
def test_the_batch_size_means_what_it_says(size: str) -> None:
    outputs = told(f"data.batch_size={size}", "train.epochs=1")
    (started,) = (h for h in outputs if isinstance(h, Started))
    samples = np.concatenate([h for h in outputs if isinstance(h, np.ndarray)])["samples"]
    count = started.samples["train"]
    whole = count if size == "all" else int(size)
    assert set(samples[:-1]) <= {whole}
    assert samples.sum() == count
    assert len(samples) == started.steps_per_epoch == -(-count // whole)


GROWING = "data.batch_size=32", "train.batch_schedule={every=2, max=128}"
EVERYTHING = (
    *GROWING, "train.schedule={kind='reduce_on_plateau', patience=0, threshold=0.5}",
    "train.optimizer={kind='sgd', momentum=0.9}", "train.clip={norm=1}",
    "train.weight_average=0.9",
)  # fmt: skip


def test_growing_mini_batches_hold_every_sample_once_an_epoch() -> None:
    records = np.concatenate([h for h in told(*GROWING) if isinstance(h, np.ndarray)])
    sizes = [records["samples"][records["epoch"] == epoch] for epoch in range(1, 7)]
    assert [size[0] for size in sizes] == [32, 32, 64, 64, 128, 128]
    assert len({size.sum() for size in sizes}) == 1


@pytest.mark.parametrize("step", [1, 41, 100, 130])
def test_a_run_with_all_of_it_goes_on_as_if_nothing_had_been(step: int) -> None:
    experiment = parse(DIGITS, "it", ["train.epochs=6", *EVERYTHING])
    manual_rate: dict[int, list[AnyCommand]] = {20: [Set(0.05)]}
    whole = copied(train(experiment, 1, at(manual_rate)))
    first = copied(
        train(experiment, 2, at(manual_rate | {step: [*manual_rate.get(step, []), Stop()]}))
    )
    kept = last(first)
    changes = [h for h in first if type(h).__name__ == "Change" and not h.stop]
    going_on = parse(DIGITS, "it", ["train.epochs=6", *EVERYTHING])
    going_on.train.change.extend(changes)
    left = {s: commands for s, commands in manual_rate.items() if s > step}
    rest = copied(train(going_on, 3, at(left, step + 1), kept))
    before = facts(first[: len(first) - len(after(first, kept))])
    assert before + facts(rest) == facts(whole)
