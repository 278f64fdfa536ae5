"""The number that an error message advises is a valid one."""

import re
from typing import Any

import msgspec
import pytest

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import Layer, TensorSpec
from tui_dl.spec.layers.products import Conv1d, Conv2d
from tui_dl.spec.layers.recurrent import Decoder
from tui_dl.spec.layers.shapes import Reshape
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError

SHAPES = [(1,), (7,), (12,), (5, 3), (9, 4), (1, 8, 8), (3, 5, 7), (2, 1, 6), (1, 13, 4)]


def complaint(layer: Layer, input: TensorSpec) -> str:
    with pytest.raises(ConfigError) as raised:
        layer.output(input)
    return str(raised.value)


@pytest.mark.parametrize("stride", range(2, 6))
@pytest.mark.parametrize("kernel", range(1, 9))
def test_same_with_a_stride_is_told_a_padding_that_keeps_one_place_of_every_stride(
    kernel: int, stride: int
) -> None:
    advised = 0
    for cls, sides in ((Conv1d, [(n,) for n in range(1, 20)]), (Conv2d, [(9, 9), (8, 8), (7, 10)])):
        for axes in sides:
            input = TensorSpec((*axes, 3) if cls is Conv1d else (3, *axes))
            layer = cls(filters=2, kernel=kernel, stride=stride, padding="same")
            says = complaint(layer, input)
            cls(filters=2, kernel=kernel, padding="same").output(input)
            if number := re.search(r"padding = (\d+)", says):
                padding = int(number[1])
                assert padding < kernel
                made = msgspec.structs.replace(layer, padding=padding).output(input)
                assert layer.sides(made.shape) == tuple(-(-n // stride) for n in axes)
                advised += 1
    assert advised


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("cls", [Conv1d, Conv2d])
def test_the_reshape_that_is_advised_is_taken(cls: Any, shape: tuple[int, ...]) -> None:
    layer, input = cls(filters=2, kernel=1), TensorSpec(shape)
    if len(shape) == (2 if cls is Conv1d else 3):
        layer.output(input)
        return
    sides = re.search(r"shape = \[(.*)\]", complaint(layer, input))
    assert sides
    layer.output(Reshape(sides=tuple(map(int, sides[1].split(",")))).output(input))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_product_and_the_units_that_are_advised_are_right(shape: tuple[int, ...]) -> None:
    input = TensorSpec(shape)
    number = re.search(r"product is (\d+)", complaint(Reshape(sides=(input.size + 1,)), input))
    assert number
    Reshape(sides=(int(number[1]),)).output(input)
    state = TensorSpec((input.size,), target=TensorSpec((4,), vocab_size=3))
    units = re.search(r"units = (\d+)$", complaint(Decoder(units=input.size + 1, size=2), state))
    assert units
    Decoder(units=int(units[1]), size=2).output(state)


ROWS = {
    "digits": [["flatten"], ["conv2d"], ["flatten", "dense"]],
    "recall": [["embedding"], ["embedding", "gru"], ["embedding", "gru", "dense"]],
}
FIELDS: dict[str, dict[str, Any]] = {
    "conv2d": {"filters": 2, "kernel": 3, "padding": 3},
    "dense": {"units": 7},
}
FIELDS |= {"embedding": {"size": 3}, "gru": {"units": 3, "output": "sequence"}}


def network(rows: list[dict[str, Any]], source: str, train: dict[str, Any]) -> Experiment:
    raw = {"title": "x", "data": {"source": source}, "network": rows, "train": train}
    return parse(msgspec.toml.encode(raw).decode(), "it.toml")


@pytest.mark.parametrize("wanted", ["data", "input"])
@pytest.mark.parametrize(("source", "kinds"), [(s, k) for s, ks in ROWS.items() for k in ks])
def test_following_what_is_said_leads_to_an_experiment_that_fits(
    source: str, kinds: list[str], wanted: str
) -> None:
    if source == "recall":
        wanted = "data"  # symbols cannot be wanted back
    rows: list[dict[str, Any]] = [{"kind": kind} | FIELDS.get(kind, {}) for kind in kinds]
    loss = "mean_squared_error" if wanted == "input" else "cross_entropy"
    train = {"target": wanted, "loss": {"kind": loss}}
    for _ in range(4):
        try:
            network(rows, source, train)
            return
        except UserError as error:
            says = str(error)
        if most := re.search(r"network\[(\d+)\].*use at most (\d+)", says):
            rows[int(most[1])]["padding"] = int(most[2])
            continue
        if says.endswith("nothing to train: add a dense row"):
            rows.append({"kind": "dense", "units": 7})
            continue
        end = re.search(r"end with (a flatten row and )?a dense row of units = (\d+)", says)
        assert end, says
        rows += [{"kind": "flatten"}] * bool(end[1]) + [{"kind": "dense", "units": int(end[2])}]
    raise AssertionError(says)
