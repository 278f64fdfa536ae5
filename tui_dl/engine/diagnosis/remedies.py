"""Remedies: changes to an experiment as overrides for --set; a test trains with each of them."""

from __future__ import annotations

import json
from itertools import pairwise
from math import ceil, log10
from typing import Any

import msgspec

from tui_dl.engine.diagnosis.finding import WAITED, Remedy, Subject
from tui_dl.spec.layers.base import kind
from tui_dl.spec.layers.normalisation import Dropout
from tui_dl.spec.layers.products import Dense
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train.config import Change
from tui_dl.spec.train.optimizers.adam import Adam
from tui_dl.support.errors import UserError

WIDER = 8  # times


def first_new(subject: Subject, remedies: list[Remedy]) -> Remedy:
    """The first remedy that is valid for the experiment and changes it; an empty one if none is."""
    train = msgspec.structs.replace(subject.config, change=list(subject.changes))
    now = subject.experiment.with_train(train)
    text = now.to_toml()
    for remedy in remedies:
        try:
            changed = parse(
                text, "", remedy.change, describe=lambda it: it.described(now.data_spec)
            )
        except UserError:
            continue
        if changed != now:
            return remedy
    return Remedy("", [], "")


def lower_rate(subject: Subject, step: int) -> list[Remedy]:
    """A learning rate divided by ten, repeatedly until it is no higher than the highest that works.

    A change that raised the rate before `step` is removed, and so is any that is too high.
    """
    rate, change = subject.config.optimizer.learning_rate, subject.manual_change(step)
    raised = change if change and (change.learning_rate or 0.0) > rate else None
    high = [
        it
        for it in subject.planned
        if it is raised or (it.learning_rate or 0.0) > subject.highest_rate
    ]
    advice, changes = [], []
    if high:
        places = ", ".join(f"{it.step:,}" for it in high)
        advice.append(f"remove the change at step {places}")
        changes.append(_without(subject, high))
    if raised is None or rate > subject.highest_rate:
        tens = ceil(log10(rate / subject.highest_rate) - 1e-9)
        advice.append("lower the learning rate")
        changes.append(_rate(rate * 10.0 ** -max(tens, 1)))
    return [Remedy(", and ".join(advice), changes, "learning-rate")]


def higher_rate(subject: Subject, step: int) -> list[Remedy]:
    """Ten times the learning rate, or the optimizer's default where that is higher."""
    rate, change = subject.config.optimizer.learning_rate, subject.manual_change(step)
    if change is None or (change.learning_rate or 0.0) >= rate:
        raised = [_rate(max(rate * 10, subject.default_rate))]
        return [Remedy("raise the learning rate", raised, "learning-rate")]
    advice = f"remove the change at step {change.step:,}"
    return [Remedy(advice, [_without(subject, [change])], "learning-rate")]


def clipping() -> list[Remedy]:
    """A limit on the gradient's norm."""
    return [Remedy("clip the gradient's norm", ["train.clip.norm=1"], "exploding-gradient")]


def relu_or_he(subject: Subject) -> list[Remedy]:
    """Relu instead of sigmoid and tanh, and He initialisation, which keeps the gradient's size."""
    saturating = [node for node in subject.nodes if node.layer.saturates]
    before = [
        node
        for node in subject.trained[:-1]
        if node.layer.fuses_relu and _initializer(node) != "he"
    ]
    he = override(before, "initializer=he")
    if saturating:
        advice = "replace sigmoid and tanh by relu, with initializer = he before it"
        return [Remedy(advice, override(saturating, "kind=relu") + he, "vanishing-cured")]
    advice = "use initializer = he, which keeps the gradient's size"
    return [Remedy(advice, he, "vanishing-cured")] if he else []


def orthogonal_weights(subject: Subject) -> list[Remedy]:
    """Orthogonal initial weights of an rnn, which keep the size of its state from step to step."""
    others = [
        node
        for node in subject.recurrent
        if node.layer.gates == 1 and _initializer(node) != "orthogonal"
    ]
    if not others:
        return []
    advice = "use initializer = orthogonal, which keeps the size of the state"
    return [Remedy(advice, override(others, "initializer=orthogonal"), "memory")]


def adam(subject: Subject) -> list[Remedy]:
    """An optimizer whose steps do not shrink with the gradient."""
    if subject.config.optimizer.is_adaptive:
        return []
    change = ["train.optimizer.kind=adam", _rate(Adam().learning_rate)]
    advice = "use adam, whose steps stay large where the gradient is small"
    return [Remedy(advice, change, "optimizers")]


def decaying_rate(subject: Subject) -> list[Remedy]:
    """A learning rate that decays to 0 at the end of the run."""
    if subject.config.schedule.decays:
        return []
    advice = "use a cosine schedule for the learning rate"
    return [Remedy(advice, ["train.schedule.kind=cosine"], "lr-decay")]


def early_stopping(subject: Subject) -> list[Remedy]:
    """Early stopping, with a patience that ends before overfitting is reported again."""
    if subject.config.early_stopping:
        return []
    advice = "stop early and restore the weights of the best epoch"
    return [Remedy(advice, [f"train.early_stopping.patience={WAITED - 1}"], "early-stopping")]


def dropout(subject: Subject) -> list[Remedy]:
    """Dropout after the activations of hidden dense layers."""
    nodes = subject.nodes
    if any(isinstance(node.layer, Dropout) for node in nodes):
        return []
    hidden = [
        node
        for before, node in pairwise(nodes[:-1])
        if isinstance(before.layer, Dense) and node.layer.is_activation
    ]
    changes = []
    for node in hidden:
        own = {"kind": kind(node.layer)} | msgspec.to_builtins(node.layer)
        changes.append(_replace_by(node, [own, {"kind": "dropout", "rate": 0.5}]))
    advice = "add dropout after the hidden layers"
    return [Remedy(advice, list(dict.fromkeys(changes)), "dropout")] if changes else []


def wider_network(subject: Subject) -> list[Remedy]:
    """A wider narrowest hidden layer, or a hidden layer where there is none."""
    hidden = [it for node in subject.trained[:-1] if (it := _width(node))]
    if hidden:
        width, key, node = min(hidden, key=lambda it: it[0])
        change = override([node], f"{key}={WIDER * width}")
        return [Remedy(f"make {node.name} wider", change, "underfitting")]
    last = subject.nodes[-1]
    if not isinstance(last.layer, Dense) or "." in last.key:
        return []
    added: list[dict[str, Any]] = [{"kind": "dense", "units": 64}, {"kind": "relu"}]
    advice = "add a hidden layer: a dense row and a relu"
    replaced = _replace_by(last, [*added, msgspec.to_builtins(last.layer)])
    return [Remedy(advice, [replaced], "hidden-layer")]


def override(nodes: list[LayerNode], setting: str) -> list[str]:
    """`setting` for the row of each of `nodes` in the experiment file."""
    return [f"{key}.{setting}" for key in dict.fromkeys(node.key for node in nodes)]


def _replace_by(node: LayerNode, rows: list[dict[str, Any]]) -> str:
    """An override that puts several rows in the place of a node's row."""
    return f'{node.key}={{kind="repeat",times=1,layers=[{",".join(map(_table, rows))}]}}'


def _table(values: dict[str, Any]) -> str:
    """`values` as an inline table of TOML."""
    return f"{{{','.join(f'{key}={json.dumps(value)}' for key, value in values.items())}}}"


def _rate(rate: float) -> str:
    return f"train.optimizer.learning_rate={rate:.3g}"


def _without(subject: Subject, left_out: list[Change]) -> str:
    """An override with all changes made so far, except those `left_out`."""
    kept = []
    for it in subject.changes:
        if it not in left_out:
            values = {"step": it.step, "learning_rate": it.learning_rate, "stop": it.stop or None}
            kept.append(_table({key: value for key, value in values.items() if value is not None}))
    return f"train.change=[{','.join(kept)}]"


def _initializer(node: LayerNode) -> str:
    """How the weights of a node's layer are initialised; empty where that cannot be chosen."""
    return getattr(node.layer, "initializer", "")


def _width(node: LayerNode) -> tuple[int, str, LayerNode] | None:
    """A layer's width, its key in the file, and its node; None where it cannot be chosen."""
    key = node.layer.width_key
    return (getattr(node.layer, key), key, node) if key else None
