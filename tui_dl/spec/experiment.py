"""An experiment: data, network and training config, read from TOML and checked before it runs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import tomli_w

from tui_dl.spec.balance import balanced
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.course.claim import Claim
from tui_dl.spec.course.lesson import Lesson
from tui_dl.spec.course.variant import Variant
from tui_dl.spec.data import AnySource
from tui_dl.spec.data.base import DescribedData, FileSource
from tui_dl.spec.format import FORMAT
from tui_dl.spec.layers import AnyLayer
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.shape_inference import LayerNode, infer_shapes
from tui_dl.spec.task import Task
from tui_dl.spec.train.config import Train
from tui_dl.spec.train.metrics import MetricName, subject
from tui_dl.spec.train.metrics.base import DEFAULTS, OF_A_FILE
from tui_dl.spec.train.table import Table

if TYPE_CHECKING:
    from tui_dl.spec.data_spec import DataSpec


class Experiment(Table, frozen=True, dict=True):
    """One training run, fully described: the same experiment gives the same numbers.

    Of a source that reads a file, the file is described by `data_spec`, which is no key: whoever
    reads the experiment adds it with `described`.
    """

    title: str
    data: AnySource
    network: Annotated[list[AnyLayer], msgspec.Meta(min_length=1)]
    chapter: str = ""
    train: Train = Train()
    lesson: Lesson | None = None
    variant: tuple[Variant, ...] = ()
    claim: tuple[Claim, ...] = ()
    format: Annotated[int, msgspec.Meta(ge=0, le=FORMAT)] = FORMAT  # older ones: see migrations

    @property
    def reads_file(self) -> bool:
        """Whether the data is described by reading a file, not by the keys alone."""
        return self.data.reads_file

    @cached_property
    def data_spec(self) -> DataSpec:
        """The data as the network receives it: by its keys, or as it was `described`.

        Raises:
            ConfigError: it is a file that was not read.
        """
        if self.data.reads_file:
            raise ConfigError(
                "data", "is a file, which is not read here: use tui_dl.process.read_experiment.read"
            )
        assert isinstance(self.data, DescribedData)
        return self.data.inspect()

    def described(self, spec: DataSpec, source: AnySource | None = None) -> Experiment:
        """The same experiment with its `data_spec`, and with `source` as its data if given.

        Classes that are to be balanced get their weights, which take the place of the key.

        Raises:
            ConfigError: they cannot be balanced.
        """
        data, train = source or self.data, self.train
        if isinstance(data, FileSource) and data.balance:
            train = balanced(train, spec.class_counts)
            data = msgspec.structs.replace(data, balance=False)
        new = msgspec.structs.replace(self, data=data, train=train)
        new.__dict__["data_spec"] = spec
        return new

    def with_train(self, train: Train) -> Experiment:
        """The same experiment with another training config."""
        return msgspec.structs.replace(self, train=train).described(self.data_spec)

    @cached_property
    def nodes(self) -> list[LayerNode]:
        """The layers in order with their shapes, `repeat` unrolled; raises ConfigError."""
        return infer_shapes(self.network, self.data_spec.input, self.target)

    @property
    def target(self) -> TensorSpec:
        """The network's target for one sample; raises ConfigError."""
        return self.train.target_spec(self.data_spec.input, self.data_spec.target)

    @property
    def task(self) -> Task:
        """What kind of answer the network gives to a sample."""
        target = self.target
        if self.data.gives_rewards:
            return "act"
        if self.train.target == "input":
            return "score"
        if not target.vocab_size:
            return "estimate"
        if any(node.layer.reads_target for node in self.nodes):
            return "translate"
        if target.size == 1:
            return "classify"
        same = self.data_spec.token_names == self.data_spec.class_names != ()
        return "complete" if same and target == self.data_spec.input else "tag"

    @property
    def metrics(self) -> tuple[MetricName, ...]:
        """The metrics computed beside the loss: those of ``[train]``, or the default ones."""
        if self.train.metrics:
            return self.train.metrics
        if self.metric == "r2" and self.reads_file and self.train.target == "data":
            return OF_A_FILE
        return (self.metric,)

    @property
    def metric(self) -> str:
        """The metric that is shown beside the loss: accuracy, r2 or return."""
        return DEFAULTS[subject(self.train.loss, self.target)]

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
        return tomli_w.dumps({"format": self.format} | self.to_builtins())

    def to_builtins(self) -> dict[str, Any]:
        """The same as tables, lists and plain values, new ones at every call."""
        raw: dict[str, Any] = _without_none(msgspec.to_builtins(self))
        return raw


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value
