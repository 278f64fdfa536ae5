"""A run's network beside its baselines: the figures, and whether it is better, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from tui_dl.protocol.events import Baseline, BaselinesEvaluated
from tui_dl.spec.train.metrics import METRICS
from tui_dl.spec.train.metrics.base import Metric
from tui_dl.support.formatting import counted, metric_figure
from tui_dl.support.terminal_text import printable


@dataclass(frozen=True)
class Comparison:
    """What an event says of a network and its baselines."""

    event: BaselinesEvaluated

    @property
    def network(self) -> float | None:
        """The network's figure; None where it has none."""
        return self.event.network

    @property
    def linear(self) -> float | None:
        """The linear model's, by the same metric."""
        return self._value(self.event.linear)

    @property
    def constant(self) -> float | None:
        """That of always the largest class, or always the mean."""
        return self._value(self.event.constant)

    @property
    def rules(self) -> float | None:
        """That of the hand-written rules; None where there are none."""
        return self._value(self.event.rules) if self.event.rules else None

    @property
    def seasonal(self) -> float | None:
        """That of a time series' last season, repeated; None of other data."""
        return self._value(self.event.seasonal) if self.event.seasonal else None

    def _value(self, baseline: Baseline) -> float | None:
        value = baseline.metrics.get(self.event.metric)
        return value if isinstance(value, float) else None

    @property
    def _metric(self) -> type[Metric]:
        return METRICS.get(self.event.metric, Metric)

    @property
    def _of_classes(self) -> bool:
        return self._metric.subject == "classes"

    @property
    def better_by(self) -> float | None:
        """The network's figure minus the linear model's; None where one is missing."""
        if self.network is None or self.linear is None:
            return None
        return self.network - self.linear

    @property
    def is_better(self) -> bool:
        """Whether the network is better than both baselines."""
        lowest = max((it for it in (self.linear, self.constant) if it is not None), default=None)
        return self.network is not None and lowest is not None and self.network > lowest

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Names and figures of the network and of the baselines there are."""
        event = self.event
        few = event.linear.samples < event.constant.samples
        part = f" (of {counted(event.linear.samples, 'sample')})" * few
        values = {
            printable(f"{event.split} {event.metric}"): self.network,
            **({"rules": self.rules} if event.rules else {}),
            **({"seasonal naive": self.seasonal} if event.seasonal else {}),
            f"linear{part}": self.linear,
            "majority" if self._of_classes else "mean": self.constant,
        }
        return [(name, metric_figure(event.metric, value)) for name, value in values.items()]

    @property
    def line(self) -> str:
        """The figures in one line: test accuracy 97.0 % · linear 91.0 % · majority 35.0 %."""
        return " · ".join(f"{name} {figure}" for name, figure in self.figures)

    @property
    def verdict(self) -> str:
        """How much better the network is, such as 6.0 points better than a linear model."""
        if self.network is None or self.linear is None or self.constant is None:
            return ""
        if self.network <= self.constant:
            return (
                f"no better than always {'the largest class' if self._of_classes else 'the mean'}"
            )
        if self.network <= self.linear:
            return "no better than a linear model"
        better = self.network - self.linear
        difference = f"{100 * better:.1f} points" if self._metric.is_share else f"{better:.3f}"
        return f"{difference} better than a linear model"

    @property
    def sentence(self) -> str:
        """The verdict with its subject; empty where a figure is missing."""
        return f"the network is {self.verdict}" if self.verdict else ""

    def to_builtins(self) -> dict[str, Any]:
        """The same for ``--json``."""
        names = ["split", "metric", "network", "constant", "linear"]
        names += ["rules"] if self.event.rules else []
        names += ["seasonal"] if self.event.seasonal else []
        facts = {name: msgspec.to_builtins(getattr(self.event, name)) for name in names}
        return facts | {"better_by": self.better_by}
