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

    def value(self, name: str) -> float | None:
        """The figure of a baseline by its name, such as linear; None where it has none."""
        it = self._baselines.get(name)
        found = it.metrics.get(self.event.metric) if it else None
        return found if isinstance(found, float) else None

    @property
    def _baselines(self) -> dict[str, Baseline]:
        """All baselines by name; the simplest one, the constant answer, comes last."""
        event = self.event
        single = {"rules": event.rules, **event.others, "linear": event.linear}
        return {name: it for name, it in single.items() if it} | {"constant": event.constant}

    @property
    def _rival(self) -> str:
        """The name of the baseline that a network has to beat to be worth its training."""
        return next(iter(self.event.others), "linear")

    @property
    def _metric(self) -> type[Metric]:
        return METRICS.get(self.event.metric, Metric)

    @property
    def _is_loss(self) -> bool:
        return self.event.metric == "loss"

    @property
    def _constant_answer(self) -> str:
        """What the constant baseline answers."""
        if self._is_loss:
            return "frequencies"
        return "majority" if self._metric.subject == "classes" else "mean"

    def _lead(self, name: str) -> float | None:
        """By how much the network is better than a baseline; None where a figure is missing."""
        value = self.value(name)
        if self.network is None or value is None:
            return None
        lower_is_better = self._is_loss or self._metric.lower_is_better
        return value - self.network if lower_is_better else self.network - value

    @property
    def better_by(self) -> float | None:
        """How much better than the linear model, or than the baseline of this kind of data.

        None where a figure is missing.
        """
        return self._lead(self._rival)

    @property
    def is_better(self) -> bool:
        """Whether the network is better than both that baseline and the constant answer."""
        leads = [it for name in (self._rival, "constant") if (it := self._lead(name)) is not None]
        return bool(leads) and min(leads) > 0

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Names and figures of the network and of its baselines."""
        event = self.event
        values = {printable(f"{event.split} {event.metric}"): self.network}
        for name in self._baselines:
            part = f" (of {self._part})" if name == "linear" and self._part else ""
            shown = self._constant_answer if name == "constant" else printable(_in_words(name))
            values[f"{shown}{part}"] = self.value(name)
        return [(name, metric_figure(event.metric, value)) for name, value in values.items()]

    @property
    def _part(self) -> str:
        """How many samples the linear model learned from; empty where they are all."""
        linear = self.event.linear
        few = linear is not None and linear.samples < self.event.constant.samples
        return counted(linear.samples, "sample") if linear and few else ""

    @property
    def verdict(self) -> str:
        """How much better the network is, such as 6.0 points better than a linear model."""
        over_constant, better = self._lead("constant"), self.better_by
        if over_constant is None or better is None:
            return ""
        if over_constant <= 0:
            answers = {"frequencies": "frequencies", "majority": "largest class", "mean": "mean"}
            return self._ahead(over_constant, f"always the {answers[self._constant_answer]}")
        of = f" of {self._part}" if self._part else ""
        rival = f"a linear model{of}" if self._rival == "linear" else _in_words(self._rival)
        return self._ahead(better, printable(rival))

    def _ahead(self, lead: float, rival: str) -> str:
        """By how much the network is better than a rival, or worse."""
        is_share = self._metric.is_share and not self._is_loss
        figure = f"{100 * abs(lead):.1f}" if is_share else f"{abs(lead):.3f}"
        if not lead or (lead < 0 and not float(figure)):
            return f"no better than {rival}"
        difference = f"{figure} points" if is_share else figure
        if lead > 0:
            return f"{difference} better than {rival}"
        return f"{difference} worse than {rival}"

    @property
    def sentence(self) -> str:
        """The verdict with its subject; empty where a figure is missing."""
        return f"the network is {self.verdict}" if self.verdict else ""

    def to_builtins(self) -> dict[str, Any]:
        """The same for ``--json``."""
        names = ["split", "metric", "network"]
        facts = {name: msgspec.to_builtins(getattr(self.event, name)) for name in names}
        baselines = {name: msgspec.to_builtins(it) for name, it in self._baselines.items()}
        return facts | baselines | {"better_by": self.better_by}


def _in_words(name: str) -> str:
    """The name of a baseline as it is written: order 2 counts."""
    return name.replace("_", " ")
