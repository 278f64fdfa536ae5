"""What no single key says: whatever `check` lets pass can be trained."""

from pathlib import Path
from typing import Any

import pytest

from tui_dl import data, presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.validation import notes
from tui_dl.support.errors import UserError

SMALL = """
title = "a small one"
[data]
source = "digits"
[[network]]
kind = "flatten"
[[network]]
kind = "dense"
units = 10
"""


def refusal(preset: str, *overrides: str) -> str:
    with pytest.raises(UserError) as caught:
        read(preset, list(overrides))
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("data.validation=0.0001", "data.validation=0.0001: 0.0001 of 1,797 samples is none: make"),
        ("data.test=0.0001", "--set data.test=0.0001: 0.0001 of 1,797 samples is none: make it la"),
        ("data.validation=0.849999", "data: validation and test take every sample"),
        ("data.augment=[{kind='shift', pixels=32}]", "data.augment[0].pixels: moves by 32 pixels"),
        ("data.augment=[{kind='shift', pixels=20}, {kind='shift', pixels=20}]", "data.augment[1]."),
        ("data.evaluation_shift=32", "data.evaluation_shift=32: moves by 32 pixels can take an im"),
        ("data.augment=[{kind='flip', pixels=2}]", "augment[0].pixels: unknown key; known: kind"),
        ("train.metrics=['f1', 'accuracy', 'f1']", "train.metrics[2]: f1 is there already: remove"),
        ("train.metrics=['entity_f1']", "which this data has not: leave it out"),
        ("train.schedule.warmup=41", "train.schedule.warmup=41: 41 epochs are more than the 40 th"),
        ("train.schedule={kind='cosine', epochs=9}", "schedule.epochs: after 9 of 40 epochs"),
        (
            "train.schedule={kind='cosine', epochs=9, min_learning_rate=1e-5, warmup=10}",
            "than the 9 there",
        ),
        ("train.change=[{step=3}]", "train.change[0]: changes nothing: give learning_rate, or"),
        ("network[11]={kind='residual', layers=[]}", "network[11].layers: expected a list of leng"),
        ("network[11]={kind='repeat', times=2, layers=[]}", "network[11].layers: expected a list "),
        ("train.early_stopping.metric=val_loss", "is no metric; did you mean 'validation_loss'?"),
        ("train.early_stopping.metric=f1", "f1 is not measured: write it into train.metrics, or"),
        ("train.early_stopping={metric='accuracy', min_delta=1}", "never better by 1: make it"),
        ("train.optimizer.epsilon=1e-300", "expected a number >= 1e-12, found 1e-300"),
        ("network[1]={kind='layer_norm', epsilon=1e-50}", "a number >= 1e-12, found 1e-50"),
        ("network[1]={kind='batch_norm', epsilon=1e-50}", "a number >= 1e-12, found 1e-50"),
        ("network[0].padding=5", "padding 5 around a kernel of 5 makes windows of nothing but ze"),
        ('title="one\\ntwo"', "is more than one line of 200 characters: shorten it"),
        ('title="\\u001b[2J"', "is more than one line of 200 characters: shorten it"),
    ],
)  # fmt: skip
def test_what_spoils_a_training_is_refused_before(override: str, says: str) -> None:
    assert says in refusal("lenet5", override)


@pytest.mark.parametrize(
    "overrides",
    [
        ["data.validation=0.001"],
        ["data.augment=[{kind='shift', pixels=31}, {kind='flip'}]", "data.evaluation_shift=31"],
        ["train.schedule={kind='cosine', warmup=40}"],
        ["train.schedule={kind='cosine', epochs=9, min_learning_rate=1e-5}"],
        ["train.schedule={kind='step', every=50}"],
        ["train.epochs=2"],  # of a patience of 12: what a short trial never reaches is fine
        ["train.batch_schedule={every=50, max=128}"],
    ],
)
def test_what_a_short_trial_never_reaches_is_fine(overrides: list[str]) -> None:
    read("lenet5", overrides)


@pytest.mark.parametrize("name", presets.COURSE)
@pytest.mark.parametrize("change", ["data.validation=0.0001", "data.samples=100"])
def test_data_that_passes_can_be_split(name: str, change: str) -> None:
    try:
        source = read(name, [change]).data
    except UserError:
        return
    dataset = data.load(source, 0)
    assert min(map(len, (dataset.train, dataset.validation, dataset.test))) > 0


def test_rare_classes_are_no_reason_to_fail_later() -> None:
    source = parse(
        SMALL.replace('"digits"', '"recall"\nvocab_size = 1000\nsamples = 100\nvalidation = 0.01')
        .replace("flatten", 'embedding"\nsize = 1\n[[network]]\nkind = "flatten')
        .replace("units = 10", "units = 1000"),
        "it.toml",
    ).data
    dataset = data.load(source, 0)
    assert [len(part) for part in (dataset.train, dataset.validation, dataset.test)] == [84, 1, 15]


@pytest.mark.parametrize(
    ("loss", "row", "says"),
    [
        ("cross_entropy", "softmax", "network[12] (softmax): cross_entropy takes logits"),
        ("cross_entropy", "sigmoid", "and has its own softmax: remove this row"),
        ("binary_cross_entropy", "sigmoid", "and has its own sigmoid: remove this row"),
        ("binary_cross_entropy", "softmax", "network[12] (softmax): binary_cross_entropy takes"),
        ("mean_squared_error", "softmax", ""),
        ("cross_entropy", "tanh", ""),
    ],
)
def test_a_loss_of_logits_does_the_rest_itself(loss: str, row: str, says: str) -> None:
    lenet = presets.find("lenet5").read_text(encoding="utf-8").partition("\n[train]")[0]
    rows = f'\n[[network]]\nkind = "{row}"\n[[network]]\nkind = "dropout"\n'
    text = f'{lenet}{rows}[train]\nloss = "{loss}"\n'
    if not says:
        parse(text, "it.toml")
        return
    with pytest.raises(UserError) as caught:
        parse(text, "it.toml")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "[data]",
            "lr = 1\n[data]",
            "lr: unknown key; did you mean train.optimizer.learning_rate?",
        ),
        ("units", "hidden_size", "network[1].hidden_size: unknown key; did you mean 'units'?"),
        ("units", "activation", "network[1].activation: unknown key; write it as a row of its own"),
        ('source = "digits"', 'source="digits"\nbatchsize=3', "did you mean 'batch_size'?"),
        (
            "[data]",
            "batch_size = 3\n[data]",
            "batch_size: unknown key; did you mean data.batch_siz",
        ),
        ("flatten", "lstm", "missing key units"),
        (
            '"flatten"',
            '"lstm"\nunits = 3',
            "not 1 × 8 × 8: put a reshape row before it, such as sha",
        ),
        ("dense", "linear", "unknown kind 'linear'; did you mean 'dense'?"),
        ("[data]", "[[data]]", "found a list of 1: begin it with [data]"),
        ('kind = "dense"', "", "network[1]: missing key kind; known: avg_pool2d, batch_norm"),
        ("[data]", "[train]\nloss = 'mse'\n[data]", "did you mean 'mean_squared_error'?"),
        ("[data]", "[train]\nloss = 'bce'\n[data]", "did you mean 'binary_cross_entropy'?"),
        ("[data]", "[train]\nloss = 'mae'\n[data]", "did you mean 'mean_absolute_error'?"),
        ("[data]", "[train]\nlr_scheduler = 'cosine'\n[data]", "did you mean 'schedule'?"),
        ("[data]", "[train]\nchange = {}\n[data]", "a table: begin each with [[train.change]]"),
        ("[data]", '"a\\nb" = 1\n[data]', r"it.toml: 'a\nb': unknown key; known: title"),
    ],
)
def test_words_and_brackets_of_others_are_told_ours(old: str, new: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(SMALL.replace(old, new), "it.toml")
    assert says in str(caught.value)


def test_one_bracket_makes_one_row() -> None:
    text = SMALL.partition("[[network]]")[0] + '[network]\nkind = "flatten"\n'
    with pytest.raises(UserError, match=r"expected a list, found a table: begin each with \[\[net"):
        parse(text, "it.toml")


def test_policies_are_logits_too() -> None:
    says = refusal(
        "cartpole",
        "network[2]={kind='repeat', times=1, layers=[{kind='dense', units=2}, {kind='softmax'}]}",
    )
    assert "network[2].layers[1] (softmax): policy_gradient takes logits" in says


def test_one_number_has_no_deviation() -> None:
    norm = "network[2]={kind='batch_norm'}"
    assert "one number has no deviation, and data.batch_size is 1" in refusal(
        "first-network", norm, "data.batch_size=1"
    )
    of_images = (
        "network=[{kind='conv2d',filters=4,kernel=8},{kind='batch_norm'},{kind='flatten'},"
        "{kind='dense',units=10}]"
    )
    assert "one number has no deviation, and data.batch_size is 1" in refusal(
        "first-network", of_images, "data.batch_size=1"
    )
    assert "leave 1 training sample: make them smaller, or use layer_norm" in refusal(
        "first-network", norm, "data.validation=0.6", "data.test=0.3995"
    )
    read("first-network", [norm, "data.batch_size=2"])


def test_what_becomes_of_a_last_mini_batch_of_one_sample_is_said() -> None:
    norm = "network[2]={kind='batch_norm'}"
    (note,) = notes(read("first-network", [norm]))
    assert note.startswith("batch_norm_1: a last mini-batch of one sample has no deviation: ")
    assert not notes(read("first-network", [norm, "data.batch_size=all"]))
    assert not notes(read("first-network"))


def test_a_metric_that_is_always_one_says_nothing() -> None:
    assert "top_5 of 4 classes is always 1: use accuracy" in refusal(
        "memory", "train.metrics=['top_5']"
    )
    read("memory", ["train.metrics=['top_3']"])


@pytest.mark.parametrize(
    ("override", "table", "key", "value"),
    [
        ("train.optimizer.learning_rate=0.01", "optimizer", "learning_rate", 0.01),
        ("train.loss.label_smoothing=0.1", "loss", "label_smoothing", 0.1),
        ("train.schedule.warmup=2", "schedule", "warmup", 2),
        ("train.early_stopping.patience=3", "early_stopping", "patience", 3),
        ("train.clip.norm=1.5", "clip", "norm", 1.5),
        ("train.optimizer.kind=sgd", "optimizer", "learning_rate", 0.1),
    ],
)
@pytest.mark.parametrize("text", [SMALL, SMALL + "[train]\n"])
def test_what_is_there_by_default_can_be_changed(
    text: str, override: str, table: str, key: str, value: Any
) -> None:
    train = parse(text, "it.toml", [override]).train
    assert getattr(getattr(train, table), key) == value


def test_defaults_on_the_way_of_an_override_are_lists_too() -> None:
    assert parse(SMALL, "it.toml", ["data.resize[0]=9"]).data_spec.input.shape == (1, 9, 8)
    for override in ("data.augment[0].pixels=2", "train.change[0].step=1", "train.metrics[0]=f1"):
        with pytest.raises(UserError, match=r"[a-z.]+ is empty: set the whole list"):
            parse(SMALL, "it.toml", [override])
    with pytest.raises(UserError, match=r"--set network\[0\].units=3: the network is empty"):
        parse("title = 'it'", "it.toml", ["network[0].units=3"])


@pytest.mark.parametrize(
    ("earlier", "later", "says"),
    [
        (
            "train.optimizer.learning_rate=1",
            "train.optimizer=sgd",
            "put it first, or leave one out",
        ),
        ("network[0].filters=3", "network=[]", "undoes --set network[0].filters=3 before it: put"),
    ],
)
def test_no_override_undoes_an_earlier_one(earlier: str, later: str, says: str) -> None:
    assert says in refusal("lenet5", earlier, later)


def test_overrides_that_build_on_each_other_are_fine() -> None:
    assert read("lenet5", ["train.epochs=3", "train.epochs=4"]).train.epochs == 4
    rate = "train.optimizer.learning_rate=0.5"
    assert read("lenet5", ["train.optimizer=sgd", rate]).train.optimizer.learning_rate == 0.5
    assert read("lenet5", [rate, "train.optimizer.kind=adamw"]).train.optimizer.learning_rate == 0.5


def test_a_table_that_was_not_read_is_refused(tmp_path: Path) -> None:
    text = (
        'title = "x"\ndata = { source = "things.csv" }\nnetwork = [{ kind = "dense", units = 2 }]\n'
    )
    with pytest.raises(UserError, match="is a file, which is not read here"):
        parse(text, "it.toml", folder=tmp_path)
