"""Diagnosis rules over fabricated epochs: thresholds from both sides, noise, causes and effects."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_dl import data
from tui_dl.data import Samples
from tui_dl.engine.diagnosis.bounds import Bounds
from tui_dl.engine.diagnosis.examine import CAUSES, RULES, diagnose_divergence, examine
from tui_dl.engine.diagnosis.finding import Subject
from tui_dl.engine.diagnosis.observations import SAMPLED, Memory, Stretch
from tui_dl.engine.diagnosis.probe import activation, full_blocks
from tui_dl.protocol.events import Activation, EpochEnded
from tui_dl.protocol.step_record import step_fields
from tui_dl.spec.toml.reading import read

FIRST = 2.3  # loss of an untrained network
DIGITS = data.load(read("first-network").data, 0).train


def subject(name: str, *overrides: str) -> Subject:
    experiment = read(name, list(overrides))
    return Subject(experiment, DIGITS, experiment.train.change)


DEEP = subject("vanishing-gradient")
SHALLOW = subject("first-network")
TINY = subject("first-network", "network[1].units=2")


def epoch(number: int, loss: float = 1.0, **changes: Any) -> Stretch:
    facts: dict[str, Any] = {
        "epoch": number,
        "step": 40 * number,
        "train_loss": loss,
        "validation_loss": loss,
        "learning_rate": 0.1,
        "gradient_norm": 1.0,
        "largest_norm": 3.0,
        "gradient": [0.5] * 12,
        "update": [2e-3] * 12,
    }
    return Stretch(**facts | changes)


def remember(epochs: list[Stretch], **changes: Any) -> Memory:
    memory = Memory(first_loss=FIRST)
    for it in epochs:
        memory.stretches = [*memory.stretches, it][-20:]
        memory.curve.add(it.train_loss)
        memory._keep_best()
    return msgspec.structs.replace(memory, **changes)


def kinds(memory: Memory, of: Subject) -> list[str]:
    return [found.kind for found in examine(memory, of, 100)]


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


def look(idle: float | None = None, saturated: float | None = None) -> dict[str, Activation]:
    return {"relu_1": Activation(0.1, 0.2, idle, None), "tanh_1": Activation(0, 1, None, saturated)}


@pytest.mark.parametrize(
    ("looks", "loss", "said"),
    [
        ([look(idle=0.95), look(idle=0.92)], 2.0, ["dead_relu"]),
        ([look(idle=0.5), look(idle=0.95)], 2.0, []),
        ([look(idle=0.95)], 2.0, []),
        ([look(idle=0.95), look(idle=0.95)], 0.1, []),
        ([look(saturated=0.9), look(saturated=0.85)], 2.0, ["saturation"]),
        ([look(saturated=0.9), look(saturated=0.75)], 2.0, []),
    ],
)
def test_activations(looks: list[dict[str, Activation]], loss: float, said: list[str]) -> None:
    assert kinds(remember([epoch(1, loss)], probes=looks), SHALLOW) == said


def test_an_output_may_be_sure_of_itself() -> None:
    of = subject("first-network", "network[3].kind=dense")
    named = {of.nodes[-1].name: Activation(0.0, 1.0, None, 1.0)}
    assert kinds(remember([epoch(1, 2.0)], probes=[named, named]), of) == []


def test_units_are_channels_of_images_and_features_of_sequences() -> None:
    relu = read("lenet5").nodes[1]
    image = np.zeros((2, 4, 3, 3, 16), np.float32)
    image[1, 0, 2, 1, 5] = 1  # one place of one sample is enough for its channel
    assert activation(relu, image).idle == 0.75
    sequence = np.zeros((2, 7, 5, 16), np.float32)
    sequence[0, 3, 4, 0] = 1
    assert activation(relu, sequence).idle == 0.8
    assert activation(relu, np.zeros((2, 5, 16), np.float32)).idle == 1.0


@pytest.mark.parametrize("blocks", [4, 5, 8])
@pytest.mark.parametrize("samples", [5, 16, 63, 64, 70, 100, 127, 128, 136, 270])
def test_only_shards_without_an_empty_lane_are_looked_at(samples: int, blocks: int) -> None:
    lanes = np.zeros((blocks, 16), bool)
    for start in range(0, samples, lanes.size):
        count = min(samples - start, lanes.size)
        lanes[: -(-count // 16)] = False  # whole shards are computed
        lanes.reshape(-1)[:count] = True
    seen = lanes[full_blocks(samples, blocks)]
    assert seen.all()
    assert len(seen) >= min(2, samples // 16)


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


def bounds(*overrides: str, samples: Samples = DIGITS) -> Bounds:
    return Bounds(read("first-network", list(overrides)), samples)


@pytest.mark.parametrize("smooth", [0.0, 0.1, 0.3, 0.5])
def test_the_least_cross_entropy_is_that_of_its_targets(smooth: float) -> None:
    own, other = 1 - smooth + smooth / 10, smooth / 10
    entropy = -own * np.log(own) - (9 * other * np.log(other) if smooth else 0)
    of = bounds(f"train.loss.label_smoothing={smooth}")
    assert of.least == pytest.approx(entropy)
    assert of.blank == pytest.approx(np.log(10), rel=1e-3)  # classes are nearly as frequent
    assert (of.left(of.blank), of.left(of.least)) == (1, 0)


@pytest.mark.parametrize(
    ("loss", "blank", "least"),
    [
        ("mean_squared_error", lambda x: x.var(axis=0).mean(), lambda x: 0),
        (
            "mean_absolute_error", lambda x: np.abs(x - np.median(x, axis=0)).mean(),
            lambda x: 0,
        ),
        (
            "binary_cross_entropy", lambda x: entropy(x.mean(axis=0)).mean(),
            lambda x: entropy(x).mean(),
        ),
    ],
)  # fmt: skip
def test_what_a_network_that_gives_its_input_back_can_lose(
    loss: str, blank: Any, least: Any
) -> None:
    x = DIGITS.inputs.reshape(len(DIGITS), -1).astype(np.float64)
    of = bounds("train.target=input", f"train.loss={loss}", "network[3].units=64")
    assert of.blank == pytest.approx(blank(x), rel=1e-5)
    assert of.least == pytest.approx(least(x), rel=1e-5)


def entropy(p: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.nan_to_num(p * np.log(p)) - np.nan_to_num((1 - p) * np.log(1 - p))


@pytest.mark.parametrize("loss", ["cross_entropy", "mean_squared_error", "binary_cross_entropy"])
def test_the_same_input_with_different_labels_has_a_least_loss(loss: str) -> None:
    """Every digit twice, once with its label and once with the next one: half is right."""
    twice = np.concatenate([DIGITS.inputs, DIGITS.inputs])
    labels = np.concatenate([DIGITS.targets, (DIGITS.targets + 1) % 10])
    of = bounds(f"train.loss={loss}", samples=Samples(twice, labels))
    exact = {"cross_entropy": np.log(2), "mean_squared_error": 2 * 0.25 / 10}
    assert of.least == pytest.approx(exact.get(loss, 2 * np.log(2) / 10))


def test_where_there_is_nothing_to_learn_nothing_is_left() -> None:
    same = Samples(DIGITS.inputs, np.full_like(DIGITS.targets, 3))
    assert bounds(samples=same).left(5.0) == 0


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
            )
        )  # fmt: skip
        if closed:
            list(examine(memory, DEEP, number))
            assert msgspec.json.decode(msgspec.json.encode(memory), type=Memory) == memory
    assert len(set(memory.said)) == len(memory.said) <= len(RULES)
