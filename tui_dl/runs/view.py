"""Everything a screen shows of a run at one moment, as one flat struct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from tui_dl.protocol.check_result import CheckResult
from tui_dl.protocol.events import (
    AnyEvent,
    Compiling,
    Diagnosed,
    EarlyStopped,
    Ended,
    EpochEnded,
    LearningRateChanged,
    Metrics,
    Paused,
    Started,
)
from tui_dl.runs.comparison import Comparison
from tui_dl.runs.history import best_of
from tui_dl.runs.layer_figure import LayerFigure
from tui_dl.runs.milestones import Milestone
from tui_dl.runs.status import LIVE, Status
from tui_dl.runs.summary import Figures
from tui_dl.runs.worker_usage import Usage
from tui_dl.spec.data_spec import Finding
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.metrics import METRICS

Points = tuple[list[float], list[float]]  # x in epochs, y
NO_POINTS: Points = ([], [])
READING = "reading the run"  # shown until there is a view


@dataclass(frozen=True)
class AtCursor:
    """The numbers of every curve after one step; None where there is none."""

    step: int  # from 1
    loss: float
    smooth_loss: float
    metric: float
    smooth_metric: float
    epoch: int  # the newest that had ended, whose numbers follow; 0 before the first
    validation_loss: float | None
    validation_metric: float | None
    second_metric: float | None
    learning_rate: float
    seconds: float  # of training


@dataclass(frozen=True)
class Curves:
    """What the charts draw, reduced, on an axis that ends at `x_limit` epochs."""

    x_limit: float = 1.0
    loss: Points = NO_POINTS  # each step
    smooth_loss: Points = NO_POINTS  # mean over the last steps
    validation_loss: Points = NO_POINTS  # each epoch
    metric: Points = NO_POINTS
    smooth_metric: Points = NO_POINTS
    validation_metric: Points = NO_POINTS
    second_metric: Points = NO_POINTS  # each epoch
    mean_of: int = 1  # steps that smoothed curves are the mean of
    seconds: Points = NO_POINTS  # of training, after some of the steps that are shown
    learning_rate: Points = NO_POINTS  # of some steps
    train_return: float | None = None  # mean of the last epoch's episodes
    cursor: AtCursor | None = None


@dataclass(frozen=True)
class Present:
    """How a run stands now, whichever moment of it is shown."""

    status: Status
    step: int = 0
    started: Started | None = None
    cache: str | None = None  # what was wrong with the kernel cache
    learning_rate: float | None = None
    answered: int = 0  # how many requests to pause or to resume were acknowledged
    saves: tuple[int, ...] = ()  # steps of the checkpoints that were requested
    rates_set: int = 0  # how many requests of a learning rate were acknowledged
    seconds: float = field(default=0.0, compare=False)  # that training took, without compiling
    milestones: tuple[Milestone, ...] = ()
    epochs: int = 0  # that ended
    planned: int = 0  # steps; 0 before that is known

    @property
    def live(self) -> bool:
        """Whether more is to come."""
        return self.status in LIVE

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one epoch; 1 before that is known."""
        return self.started.steps_per_epoch if self.started else 1

    @property
    def epoch(self) -> int:
        """The epoch under way; of a run that is over, how many it finished."""
        return self.epoch_at(self.step) if self.live else self.epochs

    @property
    def most_epochs(self) -> int:
        """The epochs that were planned, or those that there are where they are more."""
        return ceil(max(self.planned, self.step) / self.steps_per_epoch)

    def epoch_at(self, step: int) -> int:
        """The epoch under way after `step`; one that a run was stopped in counts nowhere."""
        epoch = ceil(step / self.steps_per_epoch)
        return epoch if self.live else min(epoch, self.epochs)

    @property
    def most_steps(self) -> int:
        """The most steps that there can be, or those that there were once the run is over."""
        return max(self.planned, self.step) if self.live else self.step


@dataclass
class RunView:
    """The state of one run at one moment. What is not known yet is None or empty."""

    status: Status
    metric: str = "accuracy"  # what the second chart shows
    second: str | None = None  # what else it shows: another share of one
    experiment: Experiment | None = field(default=None, compare=False, repr=False)
    compiling: Compiling | None = None  # the newest one, while compiling
    started: Started | None = None
    events: Sequence[AnyEvent] = ()  # the reader's own list: more may come
    epochs: Sequence[EpochEnded] = ()  # likewise
    figures: Figures | None = None  # as `show` has them
    has_pictures: bool = False  # whether observers have seen something by then
    decided: list[Paused | LearningRateChanged] = field(default_factory=list)  # by a user
    failed_checks: list[CheckResult] = field(default_factory=list)  # before training
    diagnoses: list[Diagnosed] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()  # what is doubtful about the data
    early_stopped: EarlyStopped | None = None
    ended: Ended | None = None
    test: Metrics = field(default_factory=dict)
    comparison: Comparison | None = None  # with the baselines
    failure: str | None = None
    damage: str = field(default="", compare=False)  # of the run's record, as it is now
    log: list[str] = field(default_factory=list)
    step: int = 0
    steps: int = 0  # the most there can be
    usage: Sequence[Usage] = field(default=(), compare=False, repr=False)  # now and before
    read: float = 1.0  # how much of the steps so far is in `curves`
    curves: Curves = Curves()
    layer_figures: Sequence[LayerFigure] = ()  # those that the run has
    learning_rate: float | None = None
    step_ms: float | None = None  # median of the last steps
    samples_per_second: float | None = None
    elapsed: float | None = None
    remaining: float | None = None

    @property
    def live(self) -> bool:
        """Whether more is to come."""
        return self.status in LIVE

    @property
    def is_better(self) -> bool | None:
        """Whether the network is better than its baselines; None where it has none."""
        return self.comparison.is_better if self.comparison else None

    @property
    def unfinished(self) -> int | None:
        """The epoch inside of which the run was ended; None where it finished its last one."""
        if self.ended is None or self.started is None:
            return None
        done = self.ended.epochs
        return done + 1 if self.step > done * self.started.steps_per_epoch else None

    @property
    def best(self) -> EpochEnded | None:
        """The best epoch so far."""
        return best_of(self.epochs)


def second_metric(experiment: Experiment) -> str | None:
    """The metric that shares a chart with accuracy: the first other one between 0 and 1."""
    if experiment.metric != "accuracy":
        return None
    others = (name for name in experiment.train.metrics if name != "accuracy")
    return next((it for it in others if METRICS[it].is_share and METRICS[it].is_number), None)
