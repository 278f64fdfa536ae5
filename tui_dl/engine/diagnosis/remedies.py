"""What may help, as overrides that --set accepts; a test trains with each of them."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from tui_dl.engine.diagnosis.finding import Remedy, Subject
from tui_dl.errors import UserError
from tui_dl.experiment import parse
from tui_dl.layers import (
    Convolution,
    Decoder,
    Dense,
    Layer,
    LeakyRelu,
    Lstm,
    Recurrent,
    Relu,
    Rnn,
    Sigmoid,
    Tanh,
)
from tui_dl.layout import Row
from tui_dl.recipe import Change, Constant, Sgd
from tui_dl.sources import Digits

WIDER = 8  # times


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
    """A learning rate that is a tenth, or the usual one where that is less.

    One that somebody has set at `step` or before is not set at all.
    """
    recipe, change = subject.recipe.optimizer.learning_rate, subject.by_hand(step)
    if change is None or (change.learning_rate or 0.0) <= recipe:
        return [Remedy("a smaller learning rate", [_rate(min(recipe / 10, subject.usual_rate))])]
    kept = _without(subject, change)
    says = f"leave out the change at step {change.step:,}"
    if recipe <= subject.most_rate:
        return [Remedy(says, [kept])]
    return [Remedy(f"{says}, and a smaller learning rate", [kept, _rate(subject.usual_rate)])]


def faster(subject: Subject, step: int) -> list[Remedy]:
    """A learning rate that is ten times as large, or the usual one where that is more."""
    recipe, change = subject.recipe.optimizer.learning_rate, subject.by_hand(step)
    if change is None or (change.learning_rate or 0.0) >= recipe:
        return [Remedy("a larger learning rate", [_rate(max(recipe * 10, subject.usual_rate))])]
    return [Remedy(f"leave out the change at step {change.step:,}", [_without(subject, change)])]


def clipped() -> list[Remedy]:
    """Steps of a bounded length."""
    return [Remedy("clip the gradient's norm", ["train.clip.norm=1"])]


def rectified(subject: Subject) -> list[Remedy]:
    """Activations that let the gradient through, and first weights that keep its size."""
    squashing = [row for row in subject.rows if isinstance(row.layer, Sigmoid | Tanh)]
    before = [
        row
        for row in subject.trained[:-1]
        if isinstance(row.layer, Dense | Convolution) and row.layer.initial != "he"
    ]
    wide = override(before, "initial=he")
    if squashing:
        says = "put relu in place of what squashes, with initial = he before it"
        return [Remedy(says, override(squashing, "kind=relu") + wide)]
    return (
        [Remedy("first weights that keep the gradient's size: initial = he", wide)] if wide else []
    )


def leaky(subject: Subject) -> list[Remedy]:
    """Activations that never let nothing through."""
    rows = [row for row in subject.rows if isinstance(row.layer, Relu)]
    return [
        Remedy(
            "leaky_relu in place of relu, which lets a little through", replaced(rows, LeakyRelu)
        )
    ]


def sound_weights(subject: Subject) -> list[Remedy]:
    """First weights of a size that no activation is at an extreme of."""
    rows = [
        row
        for row in subject.trained
        if getattr(row.layer, "initial", "default") not in ("default", "glorot")
    ]
    return (
        [Remedy("first weights of the usual size", override(rows, "initial=default"))]
        if rows
        else []
    )


def remembering(subject: Subject) -> list[Remedy]:
    """A recurrent layer with gates."""
    forgetful = [row for row in subject.recurrent if isinstance(row.layer, Rnn)]
    if not forgetful:
        return []
    return [Remedy("an lstm remembers for longer than an rnn", replaced(forgetful, Lstm))]


def adaptive(subject: Subject) -> list[Remedy]:
    """An optimiser whose steps do not shrink with the gradient."""
    if not isinstance(subject.recipe.optimizer, Sgd):
        return []
    adam = 'train.optimizer={kind="adam",learning_rate=0.001}'
    return [Remedy("adam gets away from where the gradient is small", [adam])]


def settling(subject: Subject) -> list[Remedy]:
    """Steps that grow shorter towards the end."""
    if not isinstance(subject.recipe.schedule, Constant):
        return []
    return [Remedy("let the learning rate decay", ["train.schedule.kind=cosine"])]


def stopping(subject: Subject) -> list[Remedy]:
    """The weights of the best epoch."""
    if subject.recipe.early_stopping:
        return []
    says = "stop early, and take the weights of the best epoch"
    return [Remedy(says, ["train.early_stopping.patience=5"])]


def restrained(subject: Subject) -> list[Remedy]:
    """More to learn from, or weights that are kept small."""
    remedies = []
    if isinstance(subject.experiment.data, Digits) and not subject.experiment.data.augment:
        moved = 'data.augment=[{kind="shift",pixels=1}]'
        remedies.append(Remedy("shift the images, so that there are more of them", [moved]))
    if not subject.recipe.l2:
        remedies.append(Remedy("keep the weights small with l2", ["train.l2=0.001"]))
    return remedies


def wider(subject: Subject) -> list[Remedy]:
    """A network that can hold more: its narrowest hidden layer wider, or a hidden layer."""
    hidden = [it for row in subject.trained[:-1] if (it := _width(row))]
    if hidden:
        width, key, row = min(hidden, key=lambda it: it[0])
        return [Remedy(f"a wider {row.name}", override([row], f"{key}={WIDER * width}"))]
    last = subject.rows[-1]
    if not isinstance(last.layer, Dense) or "." in last.key:
        return []
    rows: list[dict[str, Any]] = [{"kind": "dense", "units": 64}, {"kind": "relu"}]
    rows.append(msgspec.to_builtins(last.layer))
    layers = ",".join(map(_table, rows))
    change = f'{last.key}={{kind="repeat",times=1,layers=[{layers}]}}'
    return [Remedy("add a hidden layer: a dense row and a relu", [change])]


def override(rows: list[Row], setting: str) -> list[str]:
    """`setting` for each of `rows`, where it stands in the file."""
    return [f"{key}.{setting}" for key in dict.fromkeys(row.key for row in rows)]


def replaced(rows: list[Row], by: type[Layer]) -> list[str]:
    """Another kind of layer in place of each of `rows`, with the keys both have."""
    changes = []
    for row in rows:
        keys = {it.encode_name: it for it in msgspec.structs.fields(by)}
        values = {key: getattr(row.layer, it.name, it.default) for key, it in keys.items()}
        given = {key: value for key, value in values.items() if value != keys[key].default}
        table = {"kind": str(by.__struct_config__.tag)} | given
        changes.append(f"{row.key}={_table(table)}")
    return list(dict.fromkeys(changes))


def _table(values: dict[str, Any]) -> str:
    return f"{{{','.join(f'{key}={json.dumps(value)}' for key, value in values.items())}}}"


def _rate(rate: float) -> str:
    return f"train.optimizer.learning_rate={rate:.3g}"


def _without(subject: Subject, change: Change) -> str:
    """All that was done to the run but for `change`."""
    kept = []
    for it in subject.changes:
        if it is not change:
            given = {"step": it.step, "learning_rate": it.learning_rate, "stop": it.stop or None}
            kept.append(_table({key: value for key, value in given.items() if value is not None}))
    return f"train.change=[{','.join(kept)}]"


def _width(row: Row) -> tuple[int, str, Row] | None:
    """How wide a row is and the key that says so, where it can be chosen."""
    match row.layer:
        case Decoder():
            return None
        case Dense(units=width) | Recurrent(units=width):
            return width, "units", row
        case Convolution(filters=width):
            return width, "filters", row
    return None
