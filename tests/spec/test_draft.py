"""Edits of an experiment file: the text equals what was edited, and comments survive."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tui_dl import presets
from tui_dl.spec.toml.draft import Draft
from tui_dl.spec.toml.spans import Path
from tui_dl.support.errors import UserError

HEADERS = """\
# c01 the file
title = "x" # c02

# c03 the samples
[data] # c04
source = "digits"
resize = [
    32, # c05 high
    32,
]

# c06 first stage
[[network]]  # c07
kind = "conv2d" # c08
filters = 6
kernel = 5
# c09 second stage
[[network]]
kind = "relu"

# c10 alone

[[network]]
kind = "repeat"
times = 2 # c11
[[network.layers]] # c12
kind = "dense"
units = 4 # c13
[[network.layers]]
kind = "tanh"

# c14 the end
[[network]]
kind = "dense"
units = 10  # c15

# c16 training
[train]
epochs = 4 # c17
loss = "cross_entropy" # c18
[train.optimizer] # c19
kind = "adam" # c20
# c21
[train.schedule]
kind = "cosine"
# c22 the last line"""

BRACKETS = """\
title = "x"
data.source = "digits" # c01
data.batch_size = 16
# c02
network = [
    # c03 of flatten
    { kind = "flatten" }, # c04
    { kind = "dense", units = 64 }, { kind = "tanh" }, # c05
    # c06 alone

    # c07 of relu
    { kind = "relu" }, # c08
    { kind = "repeat", times = 2, layers = [{ kind = "dense", units = 3 }] },
    { kind = "dense", units = 10 } # c09
    # c10 behind
]
train = { optimizer = { kind = "adam", learning_rate = 0.003 }, epochs = 20 } # c11
"""

DOTTED = """\
title = "x"
network = [{kind="flatten"},{kind="dense",units=10}] # c01
[data]
source = "digits" # c02

[train] # c03
optimizer.kind = "adam" # c04
optimizer.learning_rate = 0.1 # c05
early_stopping = { patience = 5 } # c06
"""

PRESETS = [presets.find(it).read_text(encoding="utf-8") for it in ("lenet5", "batch-norm")]
ROWS: list[dict[str, Any]] = [
    {"kind": "relu"},
    {"kind": "dense", "units": 7, "bias": False},
    {"kind": "repeat", "times": 2, "layers": [{"kind": "dense", "units": 3}, {"kind": "tanh"}]},
    {"kind": "reshape", "shape": [1, 8, 8]},
]
OVERRIDES = [
    "train.epochs=7", "train.optimizer.kind=sgd", "train.optimizer.learning_rate=0.5",
    "train.schedule.kind=cosine", "train.schedule=none", "train.early_stopping.patience=3",
    "train.early_stopping=none", "train.loss.kind=cross_entropy", "train.loss.label_smoothing=0.2",
    "data.batch_size=8", "data.resize=[8, 8]", "data.resize=none", 'title="a # b"',
    "train.metrics=['accuracy']", "train.metrics=[]", "train.clip_norm=1.5", "train.seed=4",
]  # fmt: skip


def _paths(rows: list[dict[str, Any]], above: Path = ("network",)) -> list[Path]:
    found: list[Path] = []
    for index, row in enumerate(rows):
        found.append((*above, index))
        found += _paths(row.get("layers", []), (*above, index, "layers"))
    return found


def _comments(text: str) -> set[str]:
    return set(re.findall(r"# (c\d+)", text))


SHORT_HISTORY = settings(
    max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)


@pytest.mark.slow
@SHORT_HISTORY
@given(st.sampled_from([HEADERS, BRACKETS, DOTTED, *PRESETS]), st.integers(0, 2**32))
def test_a_hundred_edits_and_undos_keep_comments_and_say_what_was_edited(
    text: str, seed: int
) -> None:
    draft, draw = Draft(text), Random(seed)
    for _ in range(100):
        before, comments, was = deepcopy(draft.raw), _comments(draft.text), draft.text
        what = draw.choice(["set", "add", "delete", "swap", "change", "undo"])
        path = draw.choice(_paths(draft.raw["network"]))
        try:
            _edit(draft, what, path, draw)
        except UserError as error:
            refused = str(error)
            draft_is_as_before = draft.raw == before
        else:
            refused, draft_is_as_before = "", True
        assert "cannot be edited" not in refused, (what, path, was)
        assert draft_is_as_before
        assert tomllib.loads(draft.text) == draft.raw
        if what in ("add", "swap"):
            assert _comments(draft.text) == comments, (what, path, was)
    while draft.redo():
        pass
    last = draft.text
    while draft.undo():
        pass
    assert draft.text == text
    while draft.redo():
        pass
    assert draft.text == last


def _edit(draft: Draft, what: str, path: Path, draw: Random) -> None:
    row = deepcopy(draw.choice(ROWS))
    match what:
        case "set":
            draft.set(draw.choice(OVERRIDES))
        case "add":
            draft.add(path, row)
        case "delete":
            draft.delete(path)
        case "swap" if (*path[:-1], path[-1] + 1) in _paths(draft.raw["network"]):  # type: ignore[operator]
            draft.swap(path)
        case "change":
            draft.change(path, row)
        case "undo":
            draft.undo()


def test_a_row_takes_its_comments_along() -> None:
    draft = Draft(HEADERS)
    draft.swap(("network", 0))
    assert '# c09 second stage\n[[network]]\nkind = "relu"\n' in draft.text
    assert draft.text.index("c09") < draft.text.index("c06") < draft.text.index("c10")
    draft = Draft(BRACKETS)
    draft.swap(("network", 3))
    assert (
        'layers = [{ kind = "dense", units = 3 }] },\n    # c07 of relu\n    { kind = '
        in draft.text
    )
    draft.delete(("network", 0))
    assert "c03" not in draft.text
    assert "c06" in draft.text


def test_the_only_layer_stays() -> None:
    draft = Draft('title = "x"\nnetwork = [{ kind = "flatten" }]\n')
    with pytest.raises(UserError, match="only layer"):
        draft.delete(("network", 0))


def test_what_is_no_toml_is_kept_and_said() -> None:
    draft = Draft(HEADERS)
    draft.replace("title = \n")
    assert "line 1" in draft.wrong
    assert draft.raw["title"] == "x"
    with pytest.raises(UserError, match="not a TOML file"):
        draft.delete(("network", 0))
    draft.undo()
    assert draft.text == HEADERS
