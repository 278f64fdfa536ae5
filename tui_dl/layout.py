"""A network laid out: every layer with its name, its place in the file, and both its signals."""

from __future__ import annotations

from collections import Counter
from math import prod
from typing import NamedTuple

from tui_dl.layers import (
    AnyLayer,
    Decoder,
    Layer,
    Repeat,
    Residual,
    Shape,
    ShapeError,
    Signal,
    kind,
)

MOST_LAYERS = 1_000


class Row(NamedTuple):
    """One layer of the network laid out: its name, place in the file, and both its signals."""

    name: str  # kind and running number: conv2d_1
    key: str  # where it stands in the experiment file: network[0]
    layer: Layer
    given: Signal
    output: Signal
    body: int = 0  # of a residual: how many rows before it are its own

    @property
    def parameters(self) -> dict[str, Shape]:
        """Shape of every trained tensor of this row."""
        return self.layer.parameters(self.given)

    @property
    def parameter_count(self) -> int:
        """How many trained numbers this row has."""
        return sum(map(prod, self.parameters.values()))

    @property
    def flops(self) -> int:
        """Floating-point operations of one sample's forward pass."""
        return self.layer.flops(self.given)


def lay_out(network: list[AnyLayer], given: Signal, target: Signal | None = None) -> list[Row]:
    """Follow `given` through the network, `repeat` unrolled, a `residual` behind its own layers.

    What the network is to make in the end, `target`, is for a decoder to read.

    Raises:
        ShapeError: some row cannot take what reaches it; its message begins with the row's key.
    """
    if (length := _length(network)) > MOST_LAYERS:
        raise ShapeError(f"network: {length:,} layers are more than the {MOST_LAYERS:,} allowed")
    rows: list[Row] = []
    _follow(network, "network", given, target, rows, Counter())
    return rows


def _follow(
    network: list[AnyLayer],
    key: str,
    given: Signal,
    target: Signal | None,
    rows: list[Row],
    numbers: Counter[str],
) -> Signal:
    """Add the rows of `network` to `rows`; what comes out of the last one."""
    for index, layer in enumerate(network):
        place = f"{key}[{index}]"
        if isinstance(layer, Repeat):
            for _ in range(layer.times):
                given = _follow(layer.layers, f"{place}.layers", given, target, rows, numbers)
            continue
        if isinstance(layer, Decoder):
            given = given._replace(target=target)
        before = len(rows)
        try:
            output = layer.output(given)
        except ShapeError as error:
            raise ShapeError(f"{place} ({kind(layer)}): {error}") from None
        if isinstance(layer, Residual):
            made = _follow(layer.layers, f"{place}.layers", given, target, rows, numbers)
            if made != output:
                raise ShapeError(
                    f"{place} (residual): its layers make {made} of {given}, and both are added: "
                    "let them keep the shape"
                )
        numbers[kind(layer)] += 1
        name = f"{kind(layer)}_{numbers[kind(layer)]}"
        rows.append(Row(name, place, layer, given, output, len(rows) - before))
        given = output
    return given


def _length(network: list[AnyLayer]) -> int:
    """How many layers there are once `repeat` is unrolled."""
    length = 0
    for layer in network:
        length += not isinstance(layer, Repeat)
        if isinstance(layer, Repeat | Residual):
            length += getattr(layer, "times", 1) * _length(layer.layers)
    return length
