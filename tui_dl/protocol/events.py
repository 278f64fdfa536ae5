"""Events: what a worker reports to everybody else.

Rare facts are `Event` structs, one JSON object a line in ``events.jsonl``. Steps are too many for
that: each is one fixed-width record in ``steps.bin`` with the fields of `step_fields`.
Losses are means over samples, in nats; times are Unix seconds; a number that is not finite is null.
"""

from __future__ import annotations

from shlex import quote
from time import time
from typing import Annotated, Any, Literal, get_args

import msgspec

from tui_dl.protocol.check_result import CheckResult
from tui_dl.protocol.step_record import FORMATS, MOST_COLUMNS, Count, StepField, required_fields

Split = Literal["train", "validation", "test"]
StopReason = Literal["finished", "early_stopping", "stopped"]
# By name: a number, one a class, or the confusion matrix, with a row a target class.
Metrics = dict[str, float | list[Any] | None]

# What a record holds that was read: an event whose numbers cannot be so is damaged.
AtLeastOne = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
UnixSeconds = Annotated[float, msgspec.Meta(ge=0, le=1e11)]  # to the year 5138
Seconds = Annotated[float, msgspec.Meta(ge=0, le=1e11)]


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag=True, gc=False):
    """Something that happened, and when.

    Events form no cycles, so the garbage collector leaves them out: of a run of 50,000 epochs it
    would walk over all of them at each full collection.
    """

    time: UnixSeconds = msgspec.field(default_factory=time)


class Platform(msgspec.Struct, frozen=True):
    """The software and hardware that computed a run; empty in a run of format 0."""

    versions: dict[str, str] = {}  # of tui-dl, Python, numpy and numba
    cpu: str = ""  # the processor's name
    kernels: str = ""  # hash of the kernels' sources, the compiler's version and the CPU's features


class Started(Event, frozen=True):
    """The data is read and the network built; compilation and the first step follow."""

    host: str
    pid: Count
    threads: AtLeastOne
    parameters: Count
    layers: list[str]  # names of the trained layers, in order: the columns of layer_* fields
    step_fields: list[StepField]
    samples: dict[Split, Count]
    steps_per_epoch: AtLeastOne
    epochs: AtLeastOne  # the most there can be
    step: Count = 0  # the last one made before; more than 0 where a run is resumed
    format: Count = 0  # of this event and those after it, up to the next Started
    platform: Platform = Platform()

    def __post_init__(self) -> None:
        """Raise ValueError, of an event that is read too, where no record could be read by it."""
        names = {name for name, _, _ in self.step_fields}
        kinds = all(
            form in FORMATS and shape in ((), (len(self.layers),))
            for _, form, shape in self.step_fields
        )
        needed = all(field in self.step_fields for field in required_fields(len(self.layers)))
        few = len(names) * len(self.layers) <= MOST_COLUMNS
        if not (kinds and needed and few and len(names) == len(self.step_fields)):
            raise ValueError("its fields of a step are not those of its layers")
        if len(self.samples) < len(get_args(Split)):
            raise ValueError("it does not have the size of every split")


class Resumed(Event, frozen=True):
    """A new worker is being started; what was asked of those before it is over."""


class Extended(Event, frozen=True):
    """The run goes on from the end of another one; the events before this are copies of its own."""

    run: str  # the id of the other one
    epoch: Count
    step: Count
    differs: list[str] = []  # what the epochs so far had otherwise; empty: the numbers are exact


class Compiling(Event, frozen=True):
    """A kernel is being compiled; the first run on a machine waits for it."""

    kernel: str
    ready: Count = 0  # kernels that are compiled or loaded
    kernels: Count = 0  # that the network needs; 0: not recorded


class Compiled(Event, frozen=True):
    """All kernels are ready; the first step follows."""

    seconds: float
    kernels: Count  # how many had to be compiled; 0 when all came from the cache
    cache: str | None = None  # what was wrong with the folder they are kept in


class Activation(msgspec.Struct, frozen=True):
    """Statistics of one activation layer over a few validation samples."""

    mean: float | None
    deviation: float | None
    idle: float | None  # of a relu: the share of units that are 0 for every sample
    saturated: float | None  # of sigmoid, tanh: of outputs where it is nearly flat


class EpochEnded(Event, frozen=True):
    """All mini-batches of an epoch are done and the validation samples were evaluated."""

    epoch: AtLeastOne
    step: Count  # of its last mini-batch
    train_loss: float | None
    train_accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    best_epoch: Count  # so far, by what early stopping follows
    waited: Count  # epochs since the last one that was better by min_delta
    metrics: Metrics = {}  # of the validation samples, but for those that are artifacts


class ArtifactWritten(Event, frozen=True):
    """A file in the folder `artifacts` is complete; it may have been removed since."""

    kind: str
    epoch: Count
    step: Count


class Checkpointed(Event, frozen=True):
    """Weights are safely on disk."""

    name: Literal["last", "best"]
    epoch: Count
    step: Count


class EarlyStopped(Event, frozen=True):
    """Patience ran out."""

    epoch: Count
    best_epoch: Count
    patience: Count
    restored: bool  # the best epoch's weights were put back


class Acknowledged(Event, frozen=True):
    """A command from the control folder was taken; it takes effect after `step`.

    Its effect is on disk by then: no kill undoes it.
    """

    command: str
    step: Count
    learning_rate: float | None = None  # that it sets


class Refused(Event, frozen=True):
    """A file in the control folder is not a command; it was removed where possible."""

    file: str
    reason: str


class Paused(Event, frozen=True):
    """Nothing is computed until the run continues; all up to `step` is saved."""

    step: Count


class Continued(Event, frozen=True):
    """The next step follows."""

    step: Count


class LearningRateChanged(Event, frozen=True):
    """The learning rate of the steps after `step`: set by the schedule, or by a user."""

    step: Count
    learning_rate: float
    scheduled: bool = False


class Diagnosed(Event, frozen=True):
    """A problem in training, reported once a run, before the end of its epoch."""

    kind: str  # vanishing_gradient
    epoch: Count
    step: Count
    layers: list[str]  # where; empty: nowhere in particular
    message: str  # one short line
    evidence: dict[str, float | None]
    lesson: str  # the preset that teaches it; empty where none does
    advice: str  # in words; empty where nothing is known that helps and was not tried
    change: list[str]  # the same as overrides for --set

    @property
    def headline(self) -> str:
        """What is wrong, in one line."""
        return f"{self.kind.replace('_', ' ')}: {self.message}"

    @property
    def remedy(self) -> str:
        """What to change, as one may type it, else in words."""
        return " ".join(f"--set {quote(change)}" for change in self.change) or self.advice


class CheckFailed(Event, frozen=True):
    """A check of the untrained network failed, before the first step."""

    result: CheckResult


class Evaluated(Event, frozen=True):
    """Loss and metrics of the final weights on one split."""

    split: Split
    loss: float | None
    accuracy: float | None
    metrics: Metrics = {}


class Baseline(msgspec.Struct, frozen=True):
    """A simple model that a network is compared with, and how well it does."""

    metrics: Metrics
    samples: Count  # that it learned from


class BaselinesEvaluated(Event, frozen=True):
    """The network with its final weights beside its baselines, on the same samples of a split."""

    split: Split
    metric: str  # by which they are compared: accuracy, r2 or loss
    network: float | None
    constant: Baseline  # always the largest class, the mean, or the shares, of the training samples
    linear: Baseline | None = None  # softmax regression, or least squares
    rules: Baseline | None = None  # hand-written ones, of data that comes with some
    others: dict[str, Baseline] = {}  # those for this kind of data alone, by name


class Failed(Event, frozen=True):
    """The run cannot go on."""

    reason: str
    by_itself: bool = True  # False: the cause was outside, and may be gone when it is resumed


class Ended(Event, frozen=True):
    """The run is over as it should be; figures are those of the final weights."""

    stop_reason: StopReason
    epochs: Count
    best_epoch: Count | None
    train_loss: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    test_loss: float | None
    test_accuracy: float | None
    median_step_ms: float | None
    samples_per_second: float | None
    compile_seconds: float
    seconds: float


AnyEvent = (
    Started
    | Resumed
    | Extended
    | Compiling
    | Compiled
    | CheckFailed
    | EpochEnded
    | ArtifactWritten
    | Checkpointed
    | Diagnosed
    | EarlyStopped
    | Acknowledged
    | Refused
    | Paused
    | Continued
    | LearningRateChanged
    | Evaluated
    | BaselinesEvaluated
    | Failed
    | Ended
)
