"""An experiment: data, network and training config, read from TOML and checked before it runs."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any

import msgspec
import tomli_w

from tui_dl.spec.data import AnySource
from tui_dl.spec.format import FORMAT
from tui_dl.spec.layers import AnyLayer
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.shape_inference import LayerNode, infer_shapes
from tui_dl.spec.train.config import Train
from tui_dl.spec.train.metrics import MetricName, subject
from tui_dl.spec.train.metrics.base import DEFAULTS
from tui_dl.spec.train.table import Table


class Text(Table, frozen=True):
    """A lesson in one language, in markdown."""

    look: str
    why: str
    try_: str = msgspec.field(name="try")


class Lesson(Table, frozen=True):
    """What a preset teaches."""

    en: Text
    ko: Text | None = None


class Experiment(Table, frozen=True, dict=True):
    """One training run, fully described: the same experiment gives the same numbers."""

    title: str
    data: AnySource
    network: Annotated[list[AnyLayer], msgspec.Meta(min_length=1)]
    chapter: str = ""
    train: Train = Train()
    lesson: Lesson | None = None
    format: Annotated[int, msgspec.Meta(ge=0, le=FORMAT)] = FORMAT  # older ones: see migrations

    @cached_property
    def nodes(self) -> list[LayerNode]:
        """The layers in order with their shapes, `repeat` unrolled; raises ConfigError."""
        return infer_shapes(self.network, self.data.input, self.target)

    @property
    def target(self) -> TensorSpec:
        """The network's target for one sample; raises ConfigError."""
        return self.train.target_spec(self.data.input, self.data.target)

    @property
    def metrics(self) -> tuple[MetricName, ...]:
        """The metrics computed beside the loss: those of ``[train]``, or the default ones."""
        if self.train.metrics:
            return self.train.metrics
        return (DEFAULTS[subject(self.train.loss, self.target)],)

    @property
    def parameter_count(self) -> int:
        """How many numbers are trained."""
        return sum(row.parameter_count for row in self.nodes)

    @property
    def flops(self) -> int:
        """Floating-point operations of one sample's forward pass."""
        return sum(row.flops for row in self.nodes)

    def to_toml(self) -> str:
        """The whole experiment, defaults written out; `parse` of it gives the same experiment."""
        return tomli_w.dumps({"format": self.format} | _without_none(msgspec.to_builtins(self)))


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value
