"""Thousands of [train] and [data] tables, most of them wrong: read, or refused at their key."""

import re
from typing import Any

import msgspec
import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train.config import Train
from tui_dl.spec.train.table import Table
from tui_dl.support.errors import UserError

NETWORK = [{"kind": "flatten"}, {"kind": "dense", "units": 10}]
PLACE = re.compile(r"it\.toml: (train|data|network)([.\[:]| |$)")

numbers = st.sampled_from(
    [-1, 0, 1, 2, 7, 64, 10**6, 10**7, 2**63, -0.5, 0.0, 1e-9, 0.5, 0.999, 1.0, 1e3, 1e300,
     float("inf"), float("nan")]
)  # fmt: skip
words = st.sampled_from(["all", "input", "data", "f1", "r2", "entity_f1", "perplexity", "", "x"])
plain = numbers | words | st.booleans() | st.lists(numbers | words, max_size=3)


def tables(base: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    """All subclasses that `tui_dl.spec.train` has of a struct, and it."""
    found = [base, *(it for cls in base.__subclasses__() for it in tables(cls))]
    return [it for it in found if it.__module__.startswith("tui_dl.spec.train")]


KINDS = sorted({str(it.__struct_config__.tag) for it in tables(Table)})
FIELDS = sorted({f.encode_name for it in tables(Table) for f in msgspec.structs.fields(it)})
# Any key with any value, and tables of any kind: most are wrong in one place or more.
inner = st.dictionaries(st.sampled_from(FIELDS), plain, max_size=2).flatmap(
    lambda fields: (
        st.sampled_from(KINDS).map(lambda kind: {"kind": kind, **fields}) | st.just(fields)
    )
)
tables_of = {
    key: st.sampled_from(kinds).flatmap(
        lambda kind: st.dictionaries(st.sampled_from(FIELDS), plain, max_size=1).map(
            lambda fields: {"kind": kind} | fields
        )
    )
    for key, kinds in {
        "loss": ["cross_entropy", "policy_gradient", "mean_squared_error", "huber"],
        "optimizer": ["sgd", "adam", "adamw", "rmsprop"],
        "schedule": ["constant", "step", "exponential", "cosine", "reduce_on_plateau", "one_cycle"],
    }.items()
}
train_keys = [field.encode_name for field in msgspec.structs.fields(Train)]
data_keys = [
    "validation",
    "test",
    "batch_size",
    "resize",
    "augment",
    "vocab_size",
    "length",
    "episodes",
    "limit",
]
train_tables = st.one_of(
    st.dictionaries(st.sampled_from([*train_keys, "zzz"]), plain | inner, max_size=3),
    st.fixed_dictionaries({}, optional=tables_of),
    st.fixed_dictionaries({}, optional=dict.fromkeys(train_keys, plain)),
)
data = st.dictionaries(st.sampled_from([*data_keys, "zzz"]), plain | inner, max_size=2).flatmap(
    lambda fields: st.sampled_from(["digits", "digits", "recall", "cartpole", "zzz"]).map(
        lambda source: {"source": source, **fields}
    )
)


def read(train: Any, data: Any) -> str:
    """What is said of an experiment with these tables: nothing where it is read, twice alike."""
    raw = {"title": "it", "data": data, "train": train, "network": NETWORK}
    try:
        experiment = parse(tomli_w.dumps(raw), "it.toml")
    except UserError as error:
        return str(error)
    assert parse(experiment.to_toml(), "again") == experiment
    return ""


@pytest.mark.slow
@settings(max_examples=3000)
@given(train_tables | plain, data | st.just({"source": "digits"}) | plain)
def test_whatever_a_table_says_it_is_read_or_refused_at_its_key(train: Any, data: Any) -> None:
    says = read(train, data)
    assert "\n" not in says
    assert not says or PLACE.match(says)


def test_most_are_refused_and_some_are_read() -> None:
    """The tables above are neither all wrong nor all right, or they would test nothing."""
    said: list[str] = []

    @settings(max_examples=300, database=None)
    @given(train_tables)
    def look(train: Any) -> None:
        said.append(read(train, {"source": "digits"}))

    look()
    assert said.count("") > 20
    assert len({re.sub(r"\W.*", "", text.partition("train.")[2]) for text in said}) > 10
