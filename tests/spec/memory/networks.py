"""Random experiments of every layer there is, for tests that count what each takes."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec

from tests.cases import cases
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data import SOURCES
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.base import Layer, TensorSpec, kind

MOST_NUMBERS = 4_000  # in one layer's output: what is counted is the same for more
SIZES = [1, 2, 3, 5, 8, 15, 16, 17, 31, 40, 64, 70]
CASES = cases("layers")
SIMPLE = [name for name in KINDS if name not in ("repeat", "residual", "decoder")]


def experiment(random: Random) -> Experiment:
    """Some data, up to six layers that fit together, and a loss that goes with both."""
    raw, source = _source(random)
    signal, target = source.input, source.target
    rows: list[dict[str, Any]] = []
    for _ in range(random.randint(0, 6)):
        row = _row(random, signal)
        if row is None:
            break
        rows.append(row)
        signal = _output(row, signal)
    train = {"optimizer": {"kind": random.choice(["adam", "sgd", "rmsprop", "adamw"])}}
    rows += _end(random, signal, target, train, raw)
    return msgspec.convert({"title": "x", "data": raw, "network": rows, "train": train}, Experiment)


def _source(random: Random) -> tuple[dict[str, Any], Any]:
    name = random.choice(["digits", "digits", "recall", "recall", "dates", "cartpole"])
    raw: dict[str, Any] = {"source": name, "batch_size": random.choice([1, 16, 33, 100, "all"])}
    if name == "digits":
        raw["resize"] = [random.choice([1, 4, 8, 11]), random.choice([3, 8, 12])]
    elif name == "recall":
        raw |= {
            "length": random.choice([1, 4, 9, 30]),
            "vocab_size": random.choice([2, 8, 50, 200]),
        }
        raw["samples"] = 200
    elif name == "dates":
        raw |= {"samples": 200, "task": random.choice(["translate", "translate", "tag"])}
    else:
        raw |= {"episodes": 20, "limit": 30}
    return raw, msgspec.convert(raw, SOURCES[name])


def _row(random: Random, signal: TensorSpec, deep: bool = True) -> dict[str, Any] | None:
    """A layer that can take `signal`, if one of a few is found."""
    if signal.vocab_size:
        return {"kind": "embedding", "size": random.choice(SIZES)}
    for _ in range(20):
        if deep and random.random() < 0.2 and (row := _around(random, signal)):
            return row
        row = _drawn(random, random.choice(SIMPLE), signal)
        try:
            if _output(row, signal).size <= MOST_NUMBERS:
                return row
        except ConfigError:
            continue
    return None


def _around(random: Random, signal: TensorSpec) -> dict[str, Any] | None:
    """A repeat or a residual around layers that keep the shape."""
    rows: list[dict[str, Any]] = []
    for _ in range(random.randint(1, 3)):
        row = _row(random, signal, deep=False)
        if row and row["kind"] != "embedding" and _output(row, signal) == signal:
            rows.append(row)
    if not rows:
        return None
    if random.random() < 0.5:
        return {"kind": "repeat", "times": 2, "layers": rows}
    return {"kind": "residual", "layers": rows}


def _drawn(random: Random, name: str, signal: TensorSpec) -> dict[str, Any]:
    """A row of this kind with some fields."""
    row: dict[str, Any] = {"kind": name}
    if name == "dense":
        row |= {"units": random.choice([*SIZES, signal.shape[-1]]), "bias": random.random() < 0.7}
    elif name in ("conv1d", "conv2d"):
        row |= {"filters": random.choice([*SIZES, signal.shape[0]]), "bias": random.random() < 0.7}
        row |= {"kernel": random.choice([1, 2, 3, 5])}
        row["padding"] = random.choice(["same", 0, min(1, row["kernel"] - 1), row["kernel"] - 1])
        row["stride"] = 1 if row["padding"] == "same" else random.choice([1, 1, 2, 3])
        if name == "conv2d" and random.random() < 0.1:
            row |= {"filters": 1, "kernel": 3, "fixed": "laplace"}
    elif name in ("rnn", "lstm", "gru"):
        row |= {"units": random.choice(SIZES), "output": random.choice(["last", "sequence"])}
        row["bidirectional"] = random.random() < 0.4
    elif name == "reshape":
        shape = signal.shape
        row["shape"] = random.choice([shape, shape[::-1], (signal.size,), (1, *shape[-2:])])
    elif name == "embedding":
        row["size"] = 3
    elif any(field.required for field in msgspec.structs.fields(KINDS[name])):
        row |= msgspec.to_builtins(random.choice(CASES[name])[0])
    return row


def _output(row: dict[str, Any], signal: TensorSpec) -> TensorSpec:
    if row["kind"] in ("repeat", "residual"):
        return signal
    layer: Layer = msgspec.convert(row, KINDS[row["kind"]])
    return layer.output(signal)


def _end(
    random: Random,
    signal: TensorSpec,
    target: TensorSpec,
    train: dict[str, Any],
    raw: dict[str, Any],
) -> list[dict[str, Any]]:
    """What leads from `signal` to outputs that the loss can compare with `target`."""
    rows: list[dict[str, Any]] = []
    if signal.vocab_size:
        rows.append({"kind": "embedding", "size": random.choice(SIZES)})
        signal = _output(rows[-1], signal)
    if len(signal.shape) != 1:
        rows.append({"kind": "flatten"})
        signal = TensorSpec((signal.size,))
    if raw["source"] == "digits" and random.random() < 0.3:
        loss = random.choice(["mean_squared_error", "huber"])
        train |= {"target": "input", "loss": {"kind": loss}}
        wanted = raw["resize"][0] * raw["resize"][1]
        return [*rows, {"kind": "dense", "units": wanted}]
    losses = ["cross_entropy", "cross_entropy", "binary_cross_entropy", "mean_squared_error"]
    train["loss"] = "policy_gradient" if raw["source"] == "cartpole" else random.choice(losses)
    train["loss"] = {"kind": train["loss"]}
    if raw.get("task") == "translate":
        units = random.choice(SIZES)
        decoder = {"kind": "decoder", "units": units, "size": random.choice(SIZES)}
        decoder["cell"] = random.choice(["rnn", "lstm", "gru"])
        return [*rows, {"kind": "dense", "units": units}, decoder, {"kind": "dense", "units": 12}]
    classes = target.vocab_size
    if target.shape:
        places = target.shape[0]
        rows += [{"kind": "dense", "units": places}, {"kind": "reshape", "shape": [places, 1]}]
    units = 1 if classes == 2 and train["loss"]["kind"] == "binary_cross_entropy" else classes
    return [*rows, {"kind": "dense", "units": units}]


def kinds(experiment: Experiment) -> set[str]:
    """Which kinds of layers it has."""
    return {kind(node.layer) for node in experiment.nodes}
