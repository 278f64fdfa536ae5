"""What may help, as overrides that --set accepts; a test trains with each of them."""

from __future__ import annotations

import json
from itertools import pairwise
from math import ceil, log10
from typing import Any

import msgspec

from tui_dl.engine.diagnosis.finding import WAITED, Remedy, Subject
from tui_dl.spec.layers import (
    Convolution,
    Decoder,
    Dense,
    Dropout,
    Gelu,
    LeakyRelu,
    Recurrent,
    Relu,
    Rnn,
    Sigmoid,
    Tanh,
    kind,
)
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train import Adam, Change, Constant, Sgd
from tui_dl.support.errors import UserError

WIDER = 8  # times
ACTIVATIONS = Relu | LeakyRelu | Gelu | Sigmoid | Tanh


def first_new(subject: Subject, remedies: list[Remedy]) -> Remedy:
    """The first that the experiment takes and that changes it; none: nothing is known to help."""
    train = msgspec.structs.replace(subject.recipe, change=list(subject.changes))
    now = msgspec.structs.replace(subject.experiment, train=train)
    text = now.to_toml()
    for remedy in remedies:
        try:
            changed = parse(text, "", remedy.change)
        except UserError:
            continue
        if changed != now:
            return remedy
    return Remedy("", [])


def slower(subject: Subject, step: int) -> list[Remedy]:
    """A learning rate that is a tenth, or a tenth of that and so on, down to what it bears.

    A higher one that somebody has set at `step` or before is not set at all, nor is one later that
    no network bears.
    """
    recipe, change = subject.recipe.optimizer.learning_rate, subject.by_hand(step)
    raised = change if change and (change.learning_rate or 0.0) > recipe else None
    high = [
        it for it in subject.planned if it is raised or (it.learning_rate or 0.0) > subject.most
    ]
    words, changes = [], []
    if high:
        places = ", ".join(f"{it.step:,}" for it in high)
        words.append(f"leave out the change at step {places}")
        changes.append(_without(subject, high))
    if raised is None or recipe > subject.most:
        tens = ceil(log10(recipe / subject.most) - 1e-9)
        words.append("a smaller learning rate")
        changes.append(_rate(recipe * 10.0 ** -max(tens, 1)))
    return [Remedy(", and ".join(words), changes)]


def faster(subject: Subject, step: int) -> list[Remedy]:
    """A learning rate that is ten times as large, or the usual one where that is more."""
    recipe, change = subject.recipe.optimizer.learning_rate, subject.by_hand(step)
    if change is None or (change.learning_rate or 0.0) >= recipe:
        return [Remedy("a larger learning rate", [_rate(max(recipe * 10, subject.usual_rate))])]
    return [Remedy(f"leave out the change at step {change.step:,}", [_without(subject, [change])])]


def clipped() -> list[Remedy]:
    """Steps of a bounded length."""
    return [Remedy("clip the gradient's norm", ["train.clip.norm=1"])]


def rectified(subject: Subject) -> list[Remedy]:
    """Activations that let the gradient through, and first weights that keep its size."""
    squashing = [row for row in subject.rows if isinstance(row.layer, Sigmoid | Tanh)]
    before = [
        row
        for row in subject.trained[:-1]
        if isinstance(row.layer, Dense | Convolution) and row.layer.initializer != "he"
    ]
    wide = override(before, "initializer=he")
    if squashing:
        says = "put relu in place of what squashes, with initializer = he before it"
        return [Remedy(says, override(squashing, "kind=relu") + wide)]
    return (
        [Remedy("first weights that keep the gradient's size: initializer = he", wide)]
        if wide
        else []
    )


def remembering(subject: Subject) -> list[Remedy]:
    """First weights of a recurrent layer that keep what it knows from step to step."""
    forgetful = [
        row
        for row in subject.recurrent
        if isinstance(row.layer, Rnn) and row.layer.initializer != "orthogonal"
    ]
    if not forgetful:
        return []
    says = "recurrent weights that keep a state's size: initializer = orthogonal"
    return [Remedy(says, override(forgetful, "initializer=orthogonal"))]


def adaptive(subject: Subject) -> list[Remedy]:
    """An optimiser whose steps do not shrink with the gradient."""
    if not isinstance(subject.recipe.optimizer, Sgd):
        return []
    adam = ["train.optimizer.kind=adam", _rate(Adam().learning_rate)]
    return [Remedy("adam gets away from where the gradient is small", adam)]


def settling(subject: Subject) -> list[Remedy]:
    """Steps that grow shorter towards the end."""
    if not isinstance(subject.recipe.schedule, Constant):
        return []
    return [Remedy("let the learning rate decay", ["train.schedule.kind=cosine"])]


def stopping(subject: Subject) -> list[Remedy]:
    """The weights of the best epoch; over before it would be said again."""
    if subject.recipe.early_stopping:
        return []
    says = "stop early, and take the weights of the best epoch"
    return [Remedy(says, [f"train.early_stopping.patience={WAITED - 1}"])]


def dropping(subject: Subject) -> list[Remedy]:
    """Dropout behind the activations of hidden dense layers."""
    rows = subject.rows
    if any(isinstance(row.layer, Dropout) for row in rows):
        return []
    hidden = [
        row
        for before, row in pairwise(rows[:-1])
        if isinstance(before.layer, Dense) and isinstance(row.layer, ACTIVATIONS)
    ]
    changes = []
    for row in hidden:
        own = {"kind": kind(row.layer)} | msgspec.to_builtins(row.layer)
        changes.append(_rows(row, [own, {"kind": "dropout", "rate": 0.5}]))
    says = "dropout behind the hidden layers"
    return [Remedy(says, list(dict.fromkeys(changes)))] if changes else []


def wider(subject: Subject) -> list[Remedy]:
    """A network that can hold more: its narrowest hidden layer wider, or a hidden layer."""
    hidden = [it for row in subject.trained[:-1] if (it := _width(row))]
    if hidden:
        width, key, row = min(hidden, key=lambda it: it[0])
        return [Remedy(f"a wider {row.name}", override([row], f"{key}={WIDER * width}"))]
    last = subject.rows[-1]
    if not isinstance(last.layer, Dense) or "." in last.key:
        return []
    added: list[dict[str, Any]] = [{"kind": "dense", "units": 64}, {"kind": "relu"}]
    change = _rows(last, [*added, msgspec.to_builtins(last.layer)])
    return [Remedy("add a hidden layer: a dense row and a relu", [change])]


def override(rows: list[LayerNode], setting: str) -> list[str]:
    """`setting` for each of `rows`, where it stands in the file."""
    return [f"{key}.{setting}" for key in dict.fromkeys(row.key for row in rows)]


def _rows(row: LayerNode, rows: list[dict[str, Any]]) -> str:
    """Several rows in the place of one."""
    return f'{row.key}={{kind="repeat",times=1,layers=[{",".join(map(_table, rows))}]}}'


def _table(values: dict[str, Any]) -> str:
    return f"{{{','.join(f'{key}={json.dumps(value)}' for key, value in values.items())}}}"


def _rate(rate: float) -> str:
    return f"train.optimizer.learning_rate={rate:.3g}"


def _without(subject: Subject, left_out: list[Change]) -> str:
    """All that was done to the run but for what is `left_out`."""
    kept = []
    for it in subject.changes:
        if it not in left_out:
            input = {"step": it.step, "learning_rate": it.learning_rate, "stop": it.stop or None}
            kept.append(_table({key: value for key, value in input.items() if value is not None}))
    return f"train.change=[{','.join(kept)}]"


def _width(row: LayerNode) -> tuple[int, str, LayerNode] | None:
    """How wide a row is and the key that says so, where it can be chosen."""
    match row.layer:
        case Decoder():
            return None
        case Dense(units=width) | Recurrent(units=width):
            return width, "units", row
        case Convolution(filters=width):
            return width, "filters", row
    return None
