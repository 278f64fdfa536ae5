"""What an experiment file says, row by row, also where it cannot be trained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.differences import described
from tui_dl.spec.layers import KINDS
from tui_dl.spec.outline import Outline, outline
from tui_dl.spec.row_text import completions, key_completions, new_row, parse_row, sentence
from tui_dl.spec.tidy import tidy
from tui_dl.spec.toml.draft import Draft
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError


def _draft(name: str = "lenet5") -> Draft:
    return Draft(presets.find(name).read_text(encoding="utf-8"))


def _outline(draft: Draft) -> Outline:
    return outline(draft.raw, Path(), lambda it: it)


def test_each_layer_has_its_shape_and_its_parameters() -> None:
    found = _outline(_draft())
    assert found.experiment
    assert [it.output for it in found.rows[:3]] == ["6 × 28 × 28", "6 × 28 × 28", "6 × 14 × 14"]
    assert sum(it.parameter_count for it in found.rows) == 61_706


def test_a_repeated_layer_counts_as_often_as_it_is_repeated() -> None:
    rows = _outline(_draft("batch-norm")).rows
    assert [(it.key, it.depth) for it in rows[1:4]] == [
        ("network[1]", 0), ("network[1].layers[0]", 1), ("network[1].layers[1]", 1),
    ]  # fmt: skip
    assert rows[1].parameter_count == rows[2].parameter_count == 8 * 64 * 65


@pytest.mark.parametrize(
    ("path", "row", "says"),
    [
        (3, {"kind": "conv2d", "filters": 16, "kernel": 20},
         "kernel 20 is larger than its input 6 × 14 × 14, floor((14 + 0 - 20) / 1) + 1 = -5: use"),
        (5, {"kind": "max_pool2d", "size": 11},
         "a window of 11 is larger than its input 16 × 10 × 10, floor((10 - 11) / 11) + 1 = 0"),
        (6, {"kind": "relu"}, ""),
        (3, {"kind": "conv2d", "filters": 16}, "missing key kernel"),
        (3, {"kind": "conv2d", "filters": 16, "kernel": 0},
         "kernel: expected a whole number >= 1, found 0"),
        (11, {"kind": "dense", "units": 9}, "the network ends in 9, but"),
    ],
)  # fmt: skip
def test_a_layer_that_is_impossible_is_marked_and_the_others_stay(
    path: int, row: dict[str, Any], says: str
) -> None:
    draft = _draft()
    draft.change(("network", path), row)
    found = _outline(draft)
    assert found.experiment is None
    assert len([it for it in found.rows if it.is_layer]) == 12
    assert [bool(it.nodes) for it in found.rows[:path]] == [True] * path
    marked = [(at, it.wrong) for at, it in enumerate(found.rows) if it.wrong]
    assert len(marked) == 1
    if says:
        assert marked[0][0] == path
        assert marked[0][1].startswith(says)


@pytest.mark.parametrize(
    ("override", "key"),
    [("train.epochs=-1", "train.epochs"), ("train.optimizer.kind=sdg", "train.optimizer.kind")],
)
def test_a_wrong_key_is_marked_where_it_stands(override: str, key: str) -> None:
    draft = _draft()
    draft.set(override)
    found = _outline(draft)
    assert [it.key for it in found.rows if it.wrong] == [key]
    assert found.rows[0].output == "6 × 28 × 28"


def test_a_row_is_parsed_as_it_is_shown() -> None:
    for kind in KINDS:
        row = new_row(kind)
        assert sentence(kind).endswith(".")
        shown = " ".join(
            [
                kind,
                *(
                    f"{key}={value}"
                    for key, value in row.items()
                    if key != "kind" and key != "layers"
                ),
            ]
        )
        assert parse_row(shown, row) == row


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "unknown kind"), ("dens units=3", "did you mean 'dense'"), ("dense unit=3", "units"),
     ("dense units=", "write units=value"), ("dense units", "write units=value")],
)  # fmt: skip
def test_what_is_no_row_says_why(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        parse_row(text, {})


def test_rows_and_keys_are_completed() -> None:
    assert completions("conv") == ["conv1d", "conv2d"]
    assert completions("conv2d f")[0] == "conv2d filters="
    assert completions("conv2d filters=3 f") == ["conv2d filters=3 fixed="]
    assert completions("dense bias=f") == ["dense bias=false"]
    assert completions("nothing f") == []
    assert "train.epochs=" in key_completions("train.ep")


def test_a_tidy_text_says_the_same() -> None:
    for name in ("lenet5", "batch-norm", "first-network"):
        experiment = read(name)
        again = parse(tidy(experiment), name)
        assert described(experiment, again) == []
        assert "initializer" not in tidy(read("lenet5"))


def test_layers_that_were_added_or_taken_out_are_named() -> None:
    draft = _draft()
    draft.delete(("network", 8))
    draft.add(("network", 8), {"kind": "dropout"})
    draft.add(("network", 9), {"kind": "tanh"})
    draft.set("network[7].units=48")
    after = parse(draft.text.partition("[lesson]")[0], "it")
    assert described(read("lenet5"), after) == [
        *("network[7].units=48", "+dropout", "network[9].kind=tanh"),
    ]
