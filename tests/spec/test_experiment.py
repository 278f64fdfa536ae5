"""Experiment files: what they say comes back, and what is wrong with one is said in a line."""

import copy
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from tui_dl import presets
from tui_dl.spec.toml.reading import parse, read
from tui_dl.spec.train import Cosine, CrossEntropy, Huber, Sgd
from tui_dl.support.errors import UserError

LENET = presets.find("lenet5").read_text(encoding="utf-8")
RAW = tomllib.loads(LENET)

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
).filter(lambda value: value is not None)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcdefgkilnoprstu", min_size=1, max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, key: str = "") -> dict[str, tuple[Any, Any]]:
    """Every key path of an experiment file, with its container and the key or index there."""
    found: dict[str, tuple[Any, Any]] = {}
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in items:
        path = f"{key}[{name}]" if isinstance(value, list) else f"{key}.{name}".lstrip(".")
        found[path] = (value, name)
        if isinstance(inner, dict | list):
            found |= places(inner, path)
    return found


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
    assert parse(experiment.to_toml(), "again") == experiment
    assert parse(experiment.to_toml(), "again").to_toml() == experiment.to_toml()


def test_defaults_are_written_out() -> None:
    raw = tomllib.loads(read("lenet5").to_toml())
    assert raw["train"]["optimizer"]["beta2"] == 0.999
    assert raw["train"]["early_stopping"]["restore_best"] is True
    assert raw["network"][0]["stride"] == 1


@pytest.mark.parametrize(
    ("override", "key", "value"),
    [
        ("train.epochs=3", "epochs", 3),
        ("train.seed = 7", "seed", 7),
        ("train.loss=cross_entropy", "loss", CrossEntropy()),
        ("train.loss={kind='cross_entropy', label_smoothing=0.1}", "loss", CrossEntropy(0.1)),
        ("train.loss.label_smoothing=0.1", "loss", CrossEntropy(0.1)),
        ("train.loss=huber", "loss", Huber()),
        ("train.optimizer=sgd", "optimizer", Sgd()),
        ("train.schedule=cosine", "schedule", Cosine()),
    ],
)
def test_overrides(override: str, key: str, value: Any) -> None:
    assert getattr(parse(LENET, "it", [override]).train, key) == value


def test_overrides_reach_into_rows_and_whole_tables() -> None:
    few = parse(LENET, "it", ["network[0].filters=3", 'train.optimizer={kind="sgd"}'])
    assert few.nodes[0].output.shape[0] == 3
    assert type(few.train.optimizer).__name__ == "Sgd"


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("train.epochs", "write KEY=VALUE"),
        ("=3", "write KEY=VALUE"),
        ("train..epochs=3", "write KEY=VALUE"),
        ("network[99].filters=3", "no row [99]: network has rows 0 to 11"),
        ("network[-1].units=3", "no row [-1]: network has rows 0 to 11"),
        ("network[first].filters=3", "no row [first]"),
        ("title.more=3", "no place title.more"),
        ("train.epoch=3", "did you mean 'epochs'"),
        (
            "train.epochs=many",
            "--set train.epochs=many: expected a whole number, found text 'many'",
        ),
        ("train.epochs=0", "--set train.epochs=0: expected a whole number >= 1, found 0"),
        ("train.epochs=5000000", "expected a whole number <= 1,000,000, found 5000000"),
        ("train.epochs=true", "expected a whole number, found true"),
        ("train.epochs=[1, 2]", "expected a whole number, found a list of 2"),
        ("train.epochs=2026-01-01", "expected a whole number, found a date"),
        ("train.optimizer.learning_rate=0", "expected a number >= 1e-12, found 0"),
        ("train.optimizer={kind='adan'}", "train.optimizer.kind: unknown kind 'adan'"),
        ("train.early_stopping=5", "expected a table, found 5"),
        (
            "train.loss=dice",
            "--set train.loss=dice: train.loss.kind: unknown kind 'dice'; known: c",
        ),
        ("train.loss=Cross_Entropy", "did you mean 'cross_entropy'?"),
        ("train.loss.label_smoothing=1", "expected a number < 1, found 1"),
        ("train.loss.class_weights=[1, 2]", "2 weights for 10 classes: give one for each"),
        (
            "train.optimizer={kind='sgd', nesterov=true}",
            "nesterov looks ahead along the momentum: add momen",
        ),
        ("train.clip={norm=1, value=1}", "clips by one of both: give norm or value"),
        ("train.clip={}", "--set train.clip={}: clips by one of both: give norm or value"),
        ("train.clip=1", "--set train.clip=1: expected a table, found 1"),
        ("train.weight_average=1.0", "train.weight_average=1.0: expected a number < 1"),
        ("train.l2=-1", "expected a number >= 0"),
        ("data.batch_size=most", "unknown batch_size 'most'; known: a whole number, all"),
        ("data.batch_size=1.5", "expected a whole number or all, found 1.5"),
        ("data.batch_size=[1]", "expected a whole number or all, found a list of 1"),
        ("data.batch_size=0", "--set data.batch_size=0: expected a whole number >= 1, found 0"),
        ("train.batch_schedule={max=64}", "grow up to 64, but data.batch_size is 64 already"),
        ("train.batch_schedule={factor=1}", "expected a whole number >= 2"),
        (
            "train.schedule={kind='cosine', min_learning_rate=1}",
            "min_learning_rate: 1 is not below the learning rate",
        ),
        ("train.schedule=cosin", "did you mean 'cosine'?"),
        ("train.schedule={kind='one_cycle', warmup=1}", "train.schedule.warmup: unknown key; kno"),
        ("train.schedule={kind='step', factor=1}", "train.schedule.factor: expected a number < 1"),
        ("train.metrics=['F1']", "train.metrics[0]: unknown metrics 'F1'; did you mean 'f1'?"),
        ("train.metrics=f1", "--set train.metrics=f1: expected a list, found text 'f1'"),
        ("train.metrics=['f1', 'r2']", "train.metrics[1]: r2 is of real numbers, and here there a"),
        ("train.metrics=['exact_match']", "exact_match is of sequences of classes"),
        ("train.metrics=['entity_f1']", "entity_f1 is of sequences of tags"),
        ("train.loss={kind='huber', delta=0}", "train.loss.delta: expected a number >= 1e-12"),
        ("train.target=input", "the input can be the target only as real numbers, and cross_ent"),
        ("train.target=inputs", "unknown target 'inputs'; did you mean 'input'?"),
        ("title=", "--set title=: is empty: say"),
        ("title=' '", "is empty: say"),
        ("data.resize=[8, 8]", "it.toml with --set data.resize=[8, 8]: network[3] (conv2d): ker"),
        ("train.optimizer.kind=adan", "did you mean 'adam'"),
        ("network[0].kind=conv2", "did you mean 'conv2d'"),
        ("data.source=digit", "did you mean 'digits'"),
        ("data.test=0.9", "data: validation and test take every sample"),
        ("network[0].kernel=40", r"network[0] (conv2d): kernel 40 is larger than its input"),
        ("network[11].units=9", "network[11]: the network ends in 9"),
        ("network=[]", "--set network=[]: expected a list of length >= 1"),
        (
            "network[1]={kind='repeat', times=2, layers=[]}",
            "network[1].layers: expected a list of len",
        ),
        ("network[1]={kind='residual', layers=[]}", "network[1].layers: expected a list of length"),
    ],
)
def test_a_wrong_override_is_refused(override: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(LENET, "it.toml", [override])
    assert says in str(caught.value)


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


@given(st.text(max_size=40))
def test_whatever_is_not_toml_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^it\.toml: "):
        parse(text, "it.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("epochs = 1\nepochs = 2", "line 2 gives epochs once more: leave one out"),
        ("'a b'.c = 1\r\n'a b'.c = 2\r\n", "line 2 gives 'a b'.c once more: leave one out"),
        ("a = [\n  { b = 1 },\n]\n\na = [\n  { b = 1 },\n]\n", "line 7 gives a once more"),
        ("[train]\nclip = 1\n[train.clip]\n", "line 3 gives train.clip once more"),
        ("[train]\n[train]\n", "Cannot declare ('train',) twice (at line 2, column 7): '[train]'"),
        ("title = 'x'\nl2 = 0,01\n", "(at line 2, column 7): 'l2 = 0,01': use a point: 0.01"),
        ("o = { rate = 1,5e-3, x = 1 }\n", ": use a point: 1.5e-3"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_with_its_line(text: str, says: str) -> None:
    with pytest.raises(UserError, match=re.escape(says)):
        parse(text, "it.toml")


@pytest.mark.parametrize(
    "text", ['train.l2="0,01"', "train.l2=0,01", "train.l2=-0,01", "train.optimizer.momentum=,5"]
)
def test_a_decimal_comma_is_told_the_point(text: str) -> None:
    with pytest.raises(UserError) as raised:
        read("lenet5", ['train.optimizer={kind="sgd"}', text])
    assert (": use a point: " in str(raised.value)) == ("0,01" in text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = " + "[" * 100_000, "nested too deep"),
        ("x = " + "9" * 10_000, "not a TOML file"),
    ],
)
def test_files_made_to_break_readers_are_refused(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        parse(text, "it.toml")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'title = "caf\xe9"')
    with pytest.raises(
        UserError, match=r"/latin\.toml: not an experiment file, .* start one with `"
    ):
        read(str(tmp_path / "latin.toml"))
    with pytest.raises(UserError, match="a folder: name an experiment file in it"):
        read(str(tmp_path))
    with pytest.raises(UserError, match="did you mean 'lenet5'"):
        read("lenet")
    with pytest.raises(UserError, match="see `tui-dl presets`"):
        read(str(tmp_path / "nothing.toml"))
    (tmp_path / "empty.toml").write_text("# nothing yet\n")
    with pytest.raises(UserError, match=r"/empty\.toml: is empty: start one with `"):
        read(str(tmp_path / "empty.toml"))


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
