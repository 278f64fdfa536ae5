"""``--set KEY=none`` takes away what need not be there; nesting has an end."""

import time

import pytest

from tui_dl import api
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.composed import Residual
from tui_dl.spec.layers.products import Dense
from tui_dl.spec.layers.shapes import Flatten
from tui_dl.spec.shape_inference import MOST_NESTED
from tui_dl.spec.toml.reading import parse, read
from tui_dl.spec.train.schedules.steps import Constant
from tui_dl.support.errors import UserError

FULL = [
    'train.early_stopping={patience=3, metric="accuracy"}',
    "train.clip={norm=1}",
    'train.schedule={kind="cosine", epochs=50}',
    "train.batch_schedule={every=5, max=128}",
    "train.weight_average=0.9",
    "train.change=[{step=3, learning_rate=0.1}]",
    'train.metrics=["accuracy", "f1"]',
    "data.augment=[{kind='shift', pixels=1}]",
]
KEYS = [override.partition("=")[0] for override in FULL]


@pytest.mark.parametrize("key", KEYS)
def test_none_takes_an_optional_key_away(key: str) -> None:
    table, _, name = key.partition(".")
    with_it = getattr(getattr(read("lenet5", FULL), table), name)
    without = getattr(getattr(read("lenet5", [*FULL, f"{key}=none"]), table), name)
    assert with_it
    assert without == Constant() if name == "schedule" else not without
    assert parse(read("lenet5", [*FULL, f"{key}=none"]).to_toml(), "again")


def test_none_is_fine_where_nothing_is_and_a_part_may_follow_it() -> None:
    assert read("first-network", ["train.clip = none"]).train.clip is None
    train = read("lenet5", ["train.early_stopping=none", "train.early_stopping.patience=2"]).train
    assert train.early_stopping
    assert (train.early_stopping.patience, train.early_stopping.metric) == (2, "validation_loss")
    assert read("lenet5", ["train.schedule={kind='cosine'}", "train.schedule.epochs=none"])


@pytest.mark.parametrize("word", ["false", "off", '""', "null", "None", "0", "no", ""])
@pytest.mark.parametrize("key", [key for key in KEYS if key not in ("train.schedule",)])
def test_who_writes_another_word_for_it_is_told_none(key: str, word: str) -> None:
    with pytest.raises(UserError) as raised:
        read("lenet5", [f"{key}={word}"])
    assert str(raised.value).startswith(f"--set {key}={word}: expected a ")
    assert str(raised.value).endswith("; none removes it")


@pytest.mark.parametrize(
    "key", ["train.optimizer", "train.loss", "train.epochs", "data.batch_size", "network[0]"]
)
def test_what_must_be_there_cannot_be_taken_away(key: str) -> None:
    with pytest.raises(UserError, match="none") as raised:
        read("lenet5", [f"{key}=none"])
    assert "removes it" not in str(raised.value)


def nested(kind: str, depth: int) -> str:
    rows = "{kind='dense', units=64}"
    for _ in range(depth):
        rows = f"{{kind='{kind}', layers=[{rows}]{', times=1' * (kind == 'repeat')}}}"
    return rows


@pytest.mark.parametrize("kind", ["repeat", "residual"])
def test_nesting_has_an_end_in_files_overrides_and_from_python(kind: str) -> None:
    head = "title='x'\n[data]\nsource='digits'\n[[network]]\nkind='flatten'\n"
    head += "[[network]]\nkind='dense'\nunits=10\n"
    for depth in (MOST_NESTED, MOST_NESTED + 1, 90, 150, 400, 3_000):
        says = "" if depth == MOST_NESTED else "deep: write inner"
        file = "title='x'\ndata={source='digits'}\nnetwork=[{kind='flatten'}, "
        file += nested(kind, depth) + ", {kind='dense', units=10}]\n"
        _ends(lambda text=file: parse(text, "it.toml"), says)
    headers = head + "".join(
        f"[[network{'.layers' * n}]]\nkind='{kind}'\n" + "times=1\n" * (kind == "repeat")
        for n in range(500)
    )
    _ends(lambda: parse(headers, "it.toml"), "network: layers are nested more than 32 deep")
    deep = f"network[1]={nested(kind, 60)}"
    _ends(lambda: parse(head, "it.toml", [deep]), "network: layers are nested more than 32 deep")


def _ends(make: object, says: str) -> None:
    began = time.perf_counter()
    if not says:
        assert make()  # type: ignore[operator]
        return
    with pytest.raises(UserError) as raised:
        make()  # type: ignore[operator]
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert time.perf_counter() - began < 20


def test_rows_nested_from_python_are_refused_in_one_line() -> None:
    row: Dense | Residual = Dense(units=64)
    for _ in range(5_000):
        row = Residual(layers=[row])
    data = read("first-network").data
    experiment = Experiment(title="x", data=data, network=[Flatten(), row, Dense(units=10)])
    with pytest.raises(UserError, match="experiment: network: layers are nested more than 32 deep"):
        api.train(experiment, None, 1)


@pytest.mark.parametrize("depth", [1, 2, 3, 30])
def test_rows_without_number_are_refused_at_once(depth: int) -> None:
    rows = "{kind='dense', units=64}"
    for _ in range(depth):
        rows = f"{{kind='repeat', times=1000000, layers=[{rows}]}}"
    with pytest.raises(UserError, match="layers are more than the 1,000 allowed") as raised:
        read("lenet5", [f"network[8]={rows}"])
    assert len(str(raised.value)) < 2_500
    says = f"network: {'1,000,011' if depth == 1 else 'over 1,000,000,000'} layers are"
    assert says in str(raised.value)
