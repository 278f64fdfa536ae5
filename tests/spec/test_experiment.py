"""Experiment files: what they say comes back, and what is wrong with one is said at its place."""

import copy
import tomllib
from typing import Any

import pytest
import tomli_w

from tests.spec.lenet import LENET, RAW, places
from tui_dl import presets
from tui_dl.process.read_experiment import describe, read
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError

KEYS = sorted(places(RAW))
TABLES = sorted(key for key, (parent, name) in places(RAW).items() if type(parent[name]) is dict)


def refusal(raw: dict[str, Any]) -> str:
    with pytest.raises(UserError) as caught:
        parse(tomli_w.dumps(raw), "some/it.toml")
    message = str(caught.value)
    assert message.startswith("some/it.toml: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("name", presets.COURSE)
def test_a_preset_comes_back_whole(name: str) -> None:
    experiment = read(name)
    again = parse(experiment.to_toml(), "again", describe=describe)
    assert again == experiment
    assert again.to_toml() == experiment.to_toml()


def test_defaults_are_written_out() -> None:
    raw = tomllib.loads(read("lenet5").to_toml())
    assert raw["train"]["optimizer"]["beta2"] == 0.999
    assert raw["train"]["early_stopping"]["restore_best"] is True
    assert raw["network"][0]["stride"] == 1


CONV2D = {"kind": "conv2d", "filters": 6, "kernel": 5}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (CONV2D | {"kernel": 0}, ".kernel: expected a whole number >= 1, found 0"),
        (CONV2D | {"padding": "some"}, ".padding: unknown padding 'some'; did you mean 'same'?"),
        (CONV2D | {"padding": "half"}, ".padding: unknown padding 'half'; known: a whole number, "),
        (CONV2D | {"padding": -1}, ".padding: expected a whole number >= 0, found -1"),
        (CONV2D | {"padding": "same", "stride": 2}, ' (conv2d): padding "same" keeps every place'),
        (CONV2D | {"fixed": "laplac"}, ".fixed: unknown fixed 'laplac'; did you mean 'laplace'?"),
        (CONV2D | {"fixed": "sobel_x"}, " (conv2d): sobel_x is one filter of 3 × 3: write filters"),
        (
            CONV2D | {"initializer": "glorott"},
            ".initializer: unknown initializer 'glorott'; did y",
        ),
        (
            CONV2D | {"initializer": "torch"},
            ".initializer: unknown initializer 'torch'; known: ",
        ),
        (CONV2D | {"kind": "conv1d"}, " (conv1d): needs a sequence of time × features, not 1 × 32"),
        (
            {"kind": "reshape", "shape": [3, 3]},
            " (reshape): 3 × 3 takes 9 numbers, and its input",
        ),
        ({"kind": "reshape", "shape": [4, 0]}, ".shape[1]: expected a whole number >= 1, found 0"),
        ({"kind": "reshape", "shape": []}, ".shape: expected a list of length >= 1"),
        ({"kind": "reshape"}, ": missing key shape"),
        ({"kind": "upsample2d", "factor": 0}, ".factor: expected a whole number >= 1, found 0"),
        ({"kind": "leaky_relu", "slope": 2}, ".slope: expected a number <= 1, found 2"),
        ({"kind": "softplus", "beta": 0}, ".beta: expected a number >= 0.001, found 0"),
        ({"kind": "softplus", "beta": 2e3}, ".beta: expected a number <= 1,000, found 2000.0"),
        ({"kind": "layer_norm", "epsilon": 0}, ".epsilon: expected a number >= 1e-12, found 0"),
        ({"kind": "softmax"}, " (softmax): needs numbers in a row or a sequence, not 1 × 32 × 32"),
    ],
)
def test_a_row_that_cannot_be_is_named_by_its_place(row: dict[str, Any], says: str) -> None:
    raw = copy.deepcopy(RAW)
    raw["network"].insert(0, row)
    assert f"network[0]{says}" in refusal(raw)


def test_a_network_without_weights_is_refused() -> None:
    raw = copy.deepcopy(RAW)
    raw["data"] = {"source": "recall", "vocab_size": 4, "length": 4}
    raw["network"] = [{"kind": "relu"}]
    assert "put an embedding row before it" in refusal(raw)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "network[2].cell=transformer",
            "--set network[2].cell=transformer: unknown cell 'transformer'; known: rnn, lstm, gru",
        ),
        ("network[2].units=127", "use units = 128"),
        (
            "network[1].units=64",
            "network[2] (decoder): its first state is its input, a vector of 64",
        ),
        ("network[1].output=sequence", "network[2] (decoder): needs a vector"),
        (
            "data={source='recall', vocab_size=12}",
            "network[2] (decoder): writes token sequences",
        ),
        ("network[3].units=11", "the network ends in 11 × 11, but cross_entropy"),
        (
            "network=[{kind='embedding', size=4}, {kind='gru', units=8}, "
            "{kind='decoder', units=8, size=4}, {kind='conv1d', filters=12, kernel=1}]",
            "network[3] (conv1d): after a decoder it would see the tokens",
        ),
        (
            "network=[{kind='embedding', size=4}, {kind='gru', units=8}, {kind='decoder', units=8, "
            "size=4}, {kind='gru', units=6, output='sequence', bidirectional=true}]",
            "network[3] (gru): after a decoder it would see the tokens",
        ),
    ],
)
def test_a_decoder_that_cannot_be_is_named_by_its_place(change: str, says: str) -> None:
    read("translate-dates")
    with pytest.raises(UserError) as refused:
        read("translate-dates", [change])
    assert says in str(refused.value)


def test_all_at_once_cannot_grow() -> None:
    raw = copy.deepcopy(RAW)
    raw["data"]["batch_size"] = "all"
    parse(tomli_w.dumps(raw), "it.toml")
    raw["train"]["batch_schedule"] = {"every": 2}
    assert "train.batch_schedule: data.batch_size is all from the start" in refusal(raw)


def test_the_input_wanted_back_needs_its_numbers() -> None:
    raw = copy.deepcopy(RAW)
    raw["train"] |= {"target": "input", "loss": "mean_squared_error"}
    says = (
        "over the real numbers of its input needs 1 × 32 × 32: end with a dense row of units = 1024"
    )
    assert says in refusal(raw)
    raw["network"][-1]["units"] = 1024
    assert "claim[0].test: column 5: test_accuracy is no figure of its runs" in refusal(raw)
    del raw["claim"]
    parse(tomli_w.dumps(raw), "it.toml")
    raw["data"] = {"source": "recall"}
    raw["network"] = [{"kind": "embedding", "size": 2}, {"kind": "flatten"}]
    assert "train.target: the input can be the target only as real numbers" in refusal(raw)


@pytest.mark.parametrize("loss", ["mean_squared_error", "binary_cross_entropy", "huber"])
def test_losses_of_numbers_take_classes_too(loss: str) -> None:
    assert parse(LENET, "it.toml", [f"train.loss={loss}"]).target.vocab_size == 10
    two = ["data={source='recall', vocab_size=2}", "network=[{kind='embedding', size=2}]"]
    with pytest.raises(UserError, match=r"needs 1: end with" if loss[0] == "b" else "needs 2"):
        parse(LENET, "it.toml", [*two, f"train.loss={loss}"])


@pytest.mark.parametrize("key", KEYS)
def test_a_value_of_the_wrong_type_is_named(key: str) -> None:
    raw = copy.deepcopy(RAW)
    parent, name = places(raw)[key]
    parent[name] = {"surely": "wrong"} if not isinstance(parent[name], dict) else 1
    assert key in refusal(raw)


@pytest.mark.parametrize("table", ["", *TABLES])
def test_an_unknown_key_is_named(table: str) -> None:
    raw = copy.deepcopy(RAW)
    parent, name = places(raw)[table] if table else ({"": raw}, "")
    parent[name]["zzzz"] = 1
    assert f"{table}.zzzz: unknown key; known: ".lstrip(".") in refusal(raw)


@pytest.mark.parametrize(
    ("preset", "override", "says"),
    [
        (
            "lenet5",
            "train.loss=policy_gradient",
            "policy_gradient: policy_gradient needs an environ",
        ),
        ("lenet5", "train.metrics=['return']", "train.metrics[0]: return is of an environment"),
        (
            "cartpole",
            "train.loss=cross_entropy",
            "cross_entropy: cross_entropy compares with a target",
        ),
        ("cartpole", "train.loss.discount=0", "expected a number > 0, found 0"),
        ("cartpole", "train.loss.discount=1.5", "expected a number <= 1"),
        ("cartpole", "train.metrics=['accuracy']", "train.metrics[0]: accuracy is of samples"),
        ("cartpole", "train.target=input", "'input' needs samples, and an environment has none"),
        ("cartpole", "network[2].units=3", "policy_gradient over the 2 classes of its data needs"),
        ("cartpole", "data.validation=0.2", "unknown key"),
        ("cartpole", "data.episodes=0", "expected a whole number >= 1, found 0"),
        ("cartpole", "data.limit=5000", "expected a whole number <= 1,000, found 5000"),
    ],
)
def test_rewards_and_samples_are_not_mixed_up(preset: str, override: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        read(preset, [override])
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
