"""Shape inference: every layer of a network with its name, input shape and output shape."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from math import prod
from typing import Any, NamedTuple

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers import AnyLayer
from tui_dl.spec.layers.base import Layer, Shape, TensorSpec, kind
from tui_dl.spec.layers.composed import Repeat, Residual

MOST_LAYERS = 1_000
MOST_NESTED = 32  # repeats and residuals in one another
COUNTLESS = 1_000_000_000


class LayerNode(NamedTuple):
    """One layer of a network with its name, key in the file, input shape and output shape."""

    name: str  # kind and running number: conv2d_1
    key: str  # where it stands in the experiment file: network[0]
    layer: Layer
    input: TensorSpec
    output: TensorSpec
    body: int = 0  # of a residual: how many nodes before it are its own layers

    @property
    def parameters(self) -> dict[str, Shape]:
        """Shape of every trained tensor of this layer."""
        return self.layer.parameters(self.input)

    @property
    def parameter_count(self) -> int:
        """How many trained numbers this layer has."""
        return sum(map(prod, self.parameters.values()))

    @property
    def flops(self) -> int:
        """Floating-point operations of one sample's forward pass."""
        return self.layer.flops(self.input)


def infer_shapes(
    network: list[AnyLayer], input: TensorSpec, target: TensorSpec | None = None
) -> list[LayerNode]:
    """Nodes of the network for an `input`: `repeat` unrolled, a `residual` after its own layers.

    A decoder reads the `target`.

    Raises:
        ConfigError: a layer cannot take its input; the path is the layer's key.
    """
    if (length := _length(network)) > MOST_LAYERS:
        number = f"{length:,}" if length < COUNTLESS else f"over {COUNTLESS:,}"
        raise ConfigError(
            "network", f"{number} layers are more than the {MOST_LAYERS:,} allowed: lower times"
        )
    rows: list[LayerNode] = []
    _follow(network, "network", input, target, rows, Counter())
    return rows


def infer_possible(
    network: list[AnyLayer], input: TensorSpec, target: TensorSpec | None = None
) -> list[LayerNode]:
    """The nodes before the first layer that cannot take its input; all of them if all can."""
    rows: list[LayerNode] = []
    if _length(network) <= MOST_LAYERS:
        with suppress(ConfigError):
            _follow(network, "network", input, target, rows, Counter())
    return rows


def _follow(
    network: list[AnyLayer],
    key: str,
    input: TensorSpec,
    target: TensorSpec | None,
    rows: list[LayerNode],
    numbers: Counter[str],
) -> TensorSpec:
    """Append the nodes of `network` to `nodes`; returns the output of the last one."""
    for index, layer in enumerate(network):
        place = f"{key}[{index}]"
        if isinstance(layer, Repeat):
            for _ in range(layer.times):
                input = _follow(layer.layers, f"{place}.layers", input, target, rows, numbers)
            continue
        if layer.reads_target:
            input = input._replace(target=target)
        before = len(rows)
        try:
            output = layer.output(input)
        except ConfigError as error:
            raise error.at(place, kind(layer)) from None
        if isinstance(layer, Residual):
            made = _follow(layer.layers, f"{place}.layers", input, target, rows, numbers)
            if made != output:
                raise ConfigError(
                    place,
                    f"its layers make {made} of {input}, and both are added: "
                    "let them keep the shape",
                    kind="residual",
                )
        numbers[kind(layer)] += 1
        name = f"{kind(layer)}_{numbers[kind(layer)]}"
        rows.append(LayerNode(name, place, layer, input, output, len(rows) - before))
        input = output
    return input


def check_nesting(network: Any) -> None:
    """Raise ConfigError where layers are nested too deep; `network` may be raw TOML.

    To be called before any recursive function reads them.
    """
    level = network if isinstance(network, list | tuple) else ()  # else its type is refused later
    for _ in range(MOST_NESTED + 1):
        level = [row for outer in level for row in _inner(outer)]
        if not level:
            return
    raise ConfigError(
        "network", f"layers are nested more than {MOST_NESTED} deep: write inner ones out"
    )


def _inner(row: Any) -> Any:
    """The layers inside `row`, if any."""
    layers = row.get("layers") if isinstance(row, dict) else getattr(row, "layers", None)
    return layers if isinstance(layers, list) else ()


def _length(network: list[AnyLayer]) -> int:
    """How many layers there are once `repeat` is unrolled."""
    length = 0
    for layer in network:
        length += not isinstance(layer, Repeat)
        if isinstance(layer, Repeat | Residual):
            length += getattr(layer, "times", 1) * _length(layer.layers)
    return length
