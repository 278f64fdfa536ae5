"""A network laid out: every layer with its name, its place in the file, and both its signals."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from tui_dl.layers import AnyLayer, Layer, Repeat, Shape, ShapeError, Signal, kind

MOST_LAYERS = 1_000


class Row(NamedTuple):
    """One layer of the network laid out: its name, place in the file, and both its signals."""

    name: str  # kind and running number: conv2d_1
    key: str  # where it stands in the experiment file: network[0]
    layer: Layer
    given: Signal
    output: Signal

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


def lay_out(network: list[AnyLayer], given: Signal) -> list[Row]:
    """Follow `given` through the network, `repeat` unrolled.

    Raises:
        ShapeError: some row cannot take what reaches it; its message begins with the row's key.
    """
    if (length := _length(network)) > MOST_LAYERS:
        raise ShapeError(f"network: {length:,} layers are more than the {MOST_LAYERS:,} allowed")
    rows: list[Row] = []
    numbers: dict[str, int] = {}
    for key, layer in _unrolled(network, "network"):
        try:
            output = layer.output(given)
        except ShapeError as error:
            raise ShapeError(f"{key} ({kind(layer)}): {error}") from None
        numbers[kind(layer)] = number = numbers.get(kind(layer), 0) + 1
        rows.append(Row(f"{kind(layer)}_{number}", key, layer, given, output))
        given = output
    return rows


def _length(network: list[AnyLayer]) -> int:
    """How many layers there are once `repeat` is unrolled."""
    return sum(
        layer.times * _length(layer.layers) if isinstance(layer, Repeat) else 1 for layer in network
    )


def _unrolled(network: list[AnyLayer], key: str) -> list[tuple[str, Layer]]:
    flat: list[tuple[str, Layer]] = []
    for index, layer in enumerate(network):
        place = f"{key}[{index}]"
        if isinstance(layer, Repeat):
            flat += _unrolled(layer.layers, f"{place}.layers") * layer.times
        else:
            flat.append((place, layer))
    return flat
