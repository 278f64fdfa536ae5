"""What an experiment file says, row by row, also where it cannot be trained."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.convert import convert
from tui_dl.spec.data import AnySource
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import AnyLayer
from tui_dl.spec.layers.shapes import Flatten
from tui_dl.spec.shape_inference import LayerNode, infer_possible
from tui_dl.spec.toml.error_messages import error_message
from tui_dl.spec.toml.overrides import steps_of
from tui_dl.spec.toml.reading import checked
from tui_dl.spec.toml.short_forms import expand
from tui_dl.spec.toml.spans import Path as Place
from tui_dl.spec.toml.variants import Describe
from tui_dl.spec.toml.written import written
from tui_dl.support.errors import UserError

PARTS = ("data", "train")  # tables with a row a key


class OutlineRow(NamedTuple):
    """One row: a layer, or a key of the data or of the training config.

    Attributes:
        path: where it stands in the file.
        text: as it is edited: ``conv2d filters=6 kernel=5``, or the value of a key.
        nodes: those that the layer becomes; none where that is not known.
        wrong: what is wrong with it, in the words of `check`; empty where nothing is.
    """

    path: Place
    text: str
    nodes: tuple[LayerNode, ...] = ()
    wrong: str = ""

    @property
    def is_layer(self) -> bool:
        """Whether it is a row of the network."""
        return self.path[0] == "network"

    @property
    def depth(self) -> int:
        """How many layers it stands inside of."""
        return (len(self.path) - 2) // 2 if self.is_layer else 0

    @property
    def key(self) -> str:
        """The path as ``--set`` takes it."""
        return key_of(self.path)

    @property
    def output(self) -> str:
        """The shape of its output; empty where it is not known."""
        return str(self.nodes[-1].output) if self.nodes else ""

    @property
    def parameter_count(self) -> int:
        """How many numbers of it are trained."""
        return sum(node.parameter_count for node in self.nodes)


class Outline(NamedTuple):
    """All rows of a file.

    Attributes:
        rows: those of the network, then those of the other tables.
        experiment: what the file says; None where it cannot be trained.
        wrong: why not, with the key; empty where it can.
    """

    rows: list[OutlineRow]
    experiment: Experiment | None
    wrong: str = ""

    def with_wrong(self, at: int, wrong: str) -> Outline:
        """The same where the row at `at` is none: nothing is known of layers from there on."""
        rows = [*self.rows[:at], *(it._replace(nodes=()) for it in self.rows[at:])]
        if at < len(rows):
            rows[at] = rows[at]._replace(wrong=wrong)
        return Outline(rows, None, wrong)


def outline(raw: dict[str, Any], folder: Path, describe: Describe) -> Outline:
    """The outline of `raw`, an experiment as TOML has it, whose paths are from `folder` on."""
    full = deepcopy(raw)
    expand(full, folder)
    experiment, error = None, None
    try:
        experiment = checked(full, describe)
        nodes = experiment.nodes
    except (msgspec.ValidationError, ConfigError) as found:
        error = _config_error(found, full)
        nodes = _possible(full, describe)
    except UserError as found:  # a file of data that cannot be read
        error, nodes = ConfigError("data", str(found)), []
    places = [*_layers(raw.get("network"), ("network",))]
    rows = [OutlineRow(place, row_text(row), _nodes_of(place, nodes)) for place, row in places]
    for part in PARTS:
        rows += [OutlineRow(place, value) for place, value in _keys(raw.get(part), (part,))]
    if error is None:
        return Outline(rows, experiment)
    marked = _blamed(error, rows)
    if marked is not None:
        rows[marked] = rows[marked]._replace(wrong=_said_of(rows[marked], error))
    return Outline(rows, None, str(error))


def row_text(row: Any) -> str:
    """A layer in one line: its kind and its keys, without the layers inside of it."""
    if not isinstance(row, dict):
        return written(row)
    keys = [f"{key}={written(it)}" for key, it in row.items() if key not in ("kind", "layers")]
    return " ".join([str(row.get("kind", "")), *keys])


def key_of(path: Place) -> str:
    """A path as ``--set`` takes it: ``network[2].filters``."""
    return "".join(f"[{it}]" if isinstance(it, int) else f".{it}" for it in path).lstrip(".")


def _config_error(error: Exception, raw: dict[str, Any]) -> ConfigError:
    if isinstance(error, ConfigError):
        return error
    assert isinstance(error, msgspec.ValidationError)
    return ConfigError(*error_message(error, raw, Experiment))


def _possible(raw: dict[str, Any], describe: Describe) -> list[LayerNode]:
    """The nodes before the first layer that is none or cannot take its input."""
    layers: list[AnyLayer] = []
    try:
        data = convert(raw.get("data"), AnySource)
        bare = Experiment(title="an outline", data=data, network=[Flatten()])
        spec = describe(bare).data_spec
        for row in raw.get("network", []):
            layers.append(convert(row, AnyLayer))
    except (msgspec.ValidationError, ConfigError, UserError, TypeError):
        if not layers:
            return []
    return infer_possible(layers, spec.input, spec.target)


def _layers(rows: Any, above: Place) -> Iterator[tuple[Place, Any]]:
    """Every row of the network with its path, those inside others after them."""
    if isinstance(rows, list):
        for index, row in enumerate(rows):
            yield (*above, index), row
            if isinstance(row, dict):
                yield from _layers(row.get("layers"), (*above, index, "layers"))


def _nodes_of(place: Place, nodes: list[LayerNode]) -> tuple[LayerNode, ...]:
    """The nodes that a row, and the rows inside it, become."""
    key = key_of(place)
    return tuple(it for it in nodes if it.key == key or it.key.startswith(f"{key}.layers["))


def _keys(table: Any, above: Place) -> Iterator[tuple[Place, str]]:
    """Every key of a table with its value as ``--set`` takes it."""
    if not isinstance(table, dict):
        return
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _keys(value, (*above, name))
        else:
            yield (*above, name), written(value)


def _said_of(row: OutlineRow, error: ConfigError) -> str:
    """What is wrong with a row; of a layer, with the key in it."""
    key = error.path.removeprefix(row.key).lstrip(".") if row.is_layer else ""
    return str(ConfigError(key, error.message))


def _blamed(error: ConfigError, rows: list[OutlineRow]) -> int | None:
    """The index of the row that an error is of: the nearest that is there."""
    steps = steps_of(error.path)
    best, index = 0, None
    for at, row in enumerate(rows):
        path = [str(it) for it in row.path]
        same = 0
        while same < min(len(path), len(steps)) and path[same] == steps[same]:
            same += 1
        if same > best and (same == len(path) or (not row.is_layer and same)):
            best, index = same, at
    return index
