"""Diagnosis rules over fabricated epochs: thresholds from both sides, noise, causes and effects."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.epochs import DEEP, SHALLOW, epoch, kinds, remember, subject
from tui_dl.engine.diagnosis.examine import CAUSES, RULES, diagnose_divergence, examine
from tui_dl.engine.diagnosis.finding import Subject
from tui_dl.engine.diagnosis.observations import SAMPLED, Memory, Stretch
from tui_dl.protocol.events import EpochEnded
from tui_dl.protocol.step_record import step_fields

TINY = subject("first-network", "network[1].units=2")


def falling(count: int, ratio: float = 0.9, **changes: Any) -> list[Stretch]:
    return [epoch(n, 2 * ratio**n, **changes) for n in range(1, count + 1)]


@pytest.mark.parametrize("of", [DEEP, SHALLOW, TINY])
@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_a_loss_that_falls_in_both_curves_is_fine(of: Subject, count: int) -> None:
    assert kinds(remember(falling(count)), of) == []


@pytest.mark.parametrize(
    ("first", "epochs", "said"),
    [
        (0.9e-4, 2, ["vanishing_gradient"]),
        (1.1e-4, 2, []),
        (0.9e-4, 1, []),
        (0.0, 2, []),  # cut off, not faded: dead units, or weights that are 0
    ],
)
def test_vanishing(first: float, epochs: int, said: list[str]) -> None:
    norms = [first, *[0.5] * 10, 1.0]
    assert kinds(remember(falling(epochs, gradient=norms)), DEEP) == said


def test_a_network_of_two_layers_has_nowhere_to_vanish_on() -> None:
    assert kinds(remember(falling(3, gradient=[1e-6, 1.0])), SHALLOW) == []


def test_a_single_spike_in_a_norm_is_exploding_only_where_it_did_harm() -> None:
    sound, spike = falling(3), {"largest_norm": 25.0}
    assert kinds(remember([*sound, epoch(4, 1.9, **spike)]), DEEP) == ["exploding_gradient"]
    assert kinds(remember([*sound, epoch(4, 1.2, **spike)]), DEEP) == []
    assert kinds(remember([*sound, epoch(4, 1.9, largest_norm=19.0)]), DEEP) == []
    assert kinds(remember([*sound, epoch(4, 1.9, **spike)]), SHALLOW) == []
    clipped = subject("vanishing-gradient", "train.clip.norm=1")
    assert kinds(remember([*sound, epoch(4, 1.9, **spike)]), clipped) == []


def test_a_rate_that_is_far_too_high_is_named_before_a_clip() -> None:
    """Clipped steps of 1000 lead nowhere either: found with a relu in `vanishing-gradient`."""
    steps = [[1.0], [2.0], [1.5], [40.0]]
    exploding = remember([epoch(1)], steps=steps, largest_norm=40.0)
    sgd = 'train.optimizer={kind="sgd",learning_rate=RATE}'
    for rate, kind, change in (
        (1.0, "exploding_gradient", ["train.clip.norm=1"]),
        (1000.0, "learning_rate_too_high", ["train.optimizer.learning_rate=0.1"]),
    ):
        deep = subject("vanishing-gradient", sgd.replace("RATE", str(rate)))
        memory = msgspec.structs.replace(exploding, said=[])
        (said,) = diagnose_divergence(memory, deep, 2, 50)
        assert (said.kind, said.change) == (kind, change)


def test_late_spikes_of_tiny_norms_are_no_explosion() -> None:
    late = [epoch(n, 0.01, gradient_norm=1e-3, largest_norm=5e-3) for n in range(2, 12)]
    spike = epoch(12, 0.02, gradient_norm=1e-3, largest_norm=0.5)
    assert kinds(remember([epoch(1), *late, spike]), DEEP) == []


def test_norms_that_grow_from_layer_to_layer_explode() -> None:
    uphill = [1e5, *[1.0] * 11]
    assert kinds(remember(falling(2, gradient=uphill)), DEEP) == ["exploding_gradient"]
    assert kinds(remember(falling(1, gradient=uphill)), DEEP) == []


@pytest.mark.parametrize(
    ("losses", "said"),
    [
        ([2.5, 2.5], ["learning_rate_too_high"]),
        ([2.5, 2.2], []),
        ([1.0, 5.0], ["learning_rate_too_high"]),
        ([2.35, 2.35], []),
        ([1.0, 1.4, 0.9, 1.3], []),  # noise
    ],
)
def test_learning_rate_too_high(losses: list[float], said: list[str]) -> None:
    epochs = [epoch(n, loss) for n, loss in enumerate(losses, start=1)]
    assert kinds(remember(epochs), SHALLOW) == said


def test_learning_rate_too_low() -> None:
    crawling = [epoch(n, 2.3 - 0.01 * n, update=[1e-4, 2e-4]) for n in range(1, 6)]
    slow = [msgspec.structs.replace(it, learning_rate=0.005) for it in crawling]  # as the recipe
    assert kinds(remember(slow), SHALLOW) == ["learning_rate_too_low"]
    assert kinds(remember(slow[:4]), SHALLOW) == []
    decayed = [msgspec.structs.replace(it, learning_rate=0.001) for it in slow]
    assert kinds(remember(decayed), SHALLOW) == []


def curves(train: list[float], validation: list[float]) -> Memory:
    pairs = enumerate(zip(train, validation, strict=True), start=1)
    return remember([epoch(n, loss, validation_loss=other) for n, (loss, other) in pairs])


def test_overfitting() -> None:
    train = [0.9**n for n in range(16)]
    transposed = [0.9 ** min(n, 8) + 0.05 * max(0, n - 8) for n in range(16)]
    assert kinds(curves(train, transposed), SHALLOW) == ["overfitting"]
    assert kinds(curves(train, [loss + 0.02 for loss in train]), SHALLOW) == []
    assert kinds(curves(train[:12], transposed[:12]), SHALLOW) == []  # too early to say
    noisy = [loss + 0.04 * (-1) ** n for n, loss in enumerate(train)]
    assert kinds(curves(train, noisy), SHALLOW) == []


def test_a_gap_that_does_not_widen_is_no_overfitting() -> None:
    flat = [0.3] * 16
    assert kinds(curves(flat, [0.5] * 16), SHALLOW) == []


def test_underfitting_needs_a_network_that_is_small() -> None:
    assert kinds(curves([1.0] * 10, [1.05] * 10), TINY) == ["underfitting"]
    assert kinds(curves([1.0] * 9, [1.05] * 9), TINY) == []
    assert kinds(curves([1.0] * 10, [1.05] * 10), SHALLOW) == []
    assert kinds(curves([0.3] * 10, [0.31] * 10), TINY) == []
    assert kinds(curves([1.0] * 10, [1.5] * 10), TINY) == []


def test_a_loss_near_the_least_there_can_be_is_no_underfitting() -> None:
    smooth = subject("first-network", "network[1].units=2", "train.loss.label_smoothing=0.5")
    assert kinds(curves([1.75] * 10, [1.76] * 10), smooth) == []
    assert kinds(curves([2.1] * 10, [2.11] * 10), smooth) == ["underfitting"]


def test_plateau() -> None:
    relu = subject("vanishing-gradient", "network[1].layers[1].kind=relu")
    assert kinds(remember([epoch(n, 2.3) for n in range(1, 11)]), relu) == ["plateau"]
    assert kinds(remember([epoch(n, 2.3) for n in range(1, 10)]), relu) == []
    nothing_helps = subject("first-network", "network[1].initializer=he")
    assert kinds(remember([epoch(n, 2.3) for n in range(1, 11)]), nothing_helps) == []
    level = [epoch(n, 0.5, update=[1e-2]) for n in range(1, 21)]
    assert kinds(remember(level), SHALLOW) == ["plateau"]
    assert kinds(remember(level[1:]), SHALLOW) == []
    decays = subject("first-network", "train.schedule.kind=cosine")
    assert kinds(remember(level), decays) == []  # that was the advice
    settled = [msgspec.structs.replace(it, update=[1e-4]) for it in level]
    assert kinds(remember(settled), SHALLOW) == []
    learned = [msgspec.structs.replace(it, train_loss=0.01) for it in level]
    assert kinds(remember(learned), SHALLOW) == []


@given(st.floats(0.2, 3), st.integers(1, 12), st.floats(1.5, 20))
def test_a_loss_that_falls_as_a_power_of_time_never_is_level(
    power: float, each: int, first: float
) -> None:
    """However long it lasts: batch gradient descent falls like that for thousands of epochs."""
    memory = remember([epoch(n, first * (n * each) ** -power) for n in range(1, 400)])
    assert not memory.curve.is_level(0.0)


@pytest.mark.parametrize("cause", CAUSES)
def test_what_a_cause_explains_is_not_said(cause: str) -> None:
    stuck = [epoch(n, 2.3) for n in range(1, 21)]
    assert kinds(remember(stuck, said=[cause]), SHALLOW) == []


def test_the_last_words_of_a_deep_network_may_be_of_its_gradient() -> None:
    (said,) = diagnose_divergence(remember([epoch(1)]), SHALLOW, 2, 30)
    assert (said.kind, said.epoch, said.step) == ("learning_rate_too_high", 2, 30)
    steps = [[1.0], [2.0], [1.5], [40.0]]
    exploding = remember([epoch(1)], steps=steps, largest_norm=40.0)
    assert [it.kind for it in diagnose_divergence(exploding, DEEP, 2, 30)] == ["exploding_gradient"]
    told = remember([epoch(1)], said=["learning_rate_too_high"])
    assert list(diagnose_divergence(told, SHALLOW, 2, 30)) == []


def test_a_change_that_the_experiment_would_not_take_is_left_out() -> None:
    most = subject("first-network", "train.optimizer.learning_rate=1000")
    crawling = [epoch(n, 2.3, update=[1e-4], learning_rate=1000.0) for n in range(1, 6)]
    (said,) = examine(remember(crawling), most, 100)
    assert (said.advice, said.change, said.remedy) == ("", [], "")


def test_the_rate_in_force_is_the_one_somebody_set_last() -> None:
    changes = "train.change=[{step=40,learning_rate=0.5},{step=90,learning_rate=9.0}]"
    of = subject("first-network", changes)
    assert [of.rate(step) for step in (1, 40, 41, 90, 91)] == [0.005, 0.005, 0.5, 0.5, 9.0]
    wrecked = remember([epoch(1, 1.0), epoch(2, 1.0), epoch(3, 2.5), epoch(4, 2.5)])
    (said,) = examine(wrecked, of, 160)
    assert said.message == "since the rate was set to 9 at step 90, the loss rose from 2.3 to 2.5"
    assert said.change == ["train.change=[]"]  # 0.5 is more than adam bears, too


numbers = st.floats(width=32) | st.just(0.0)


@given(
    st.lists(st.tuples(numbers, numbers, numbers, numbers), max_size=12),
    st.sampled_from([1, 4, 200]),
)
def test_whatever_is_seen_can_be_kept_and_evaluated(seen: list[Any], steps: int) -> None:
    layers = len(DEEP.layers)
    memory = Memory(first_loss=1.0)
    for number, (loss, norm, ratio, other) in enumerate(seen, start=1):
        records = np.zeros(steps, np.dtype(step_fields(layers)))
        records["gradient_norm"] = 1.0  # what is not finite ends a run
        records["layer_gradient_norm"], records["layer_update_ratio"] = norm, ratio
        memory.add_steps(records[: steps // 3 + 1], 1, steps)
        if len(rest := records[steps // 3 + 1 :]):
            memory.add_steps(rest, steps // 3 + 2, steps)
        assert len(memory.steps) <= 3 * SAMPLED
        assert msgspec.json.decode(msgspec.json.encode(memory), type=Memory).said == memory.said
        closed = memory.add_epoch(
            EpochEnded(
                epoch=number, step=number * steps, train_loss=loss, train_accuracy=None,
                validation_loss=other, validation_accuracy=None, best_epoch=1, waited=0,
            ),
            {},
        )  # fmt: skip
        if closed:
            list(examine(memory, DEEP, number))
            assert msgspec.json.decode(msgspec.json.encode(memory), type=Memory) == memory
    assert len(set(memory.said)) == len(memory.said) <= len(RULES)
