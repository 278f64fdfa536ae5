"""A layer, or another key, as one line that a user types: what it means, and what may follow."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.base import INSIDE
from tui_dl.spec.toml import schema
from tui_dl.spec.toml.overrides import value_of
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError

# What a new layer begins with, of keys that have no default.
FIRST = {
    "units": 32, "filters": 8, "kernel": 3, "size": 16, "times": 2, "shape": [1, 8, 8],
    INSIDE: [{"kind": "relu"}],
}  # fmt: skip
_WORD = re.compile(r"""(?:\[[^\]]*\]?|"[^"]*"?|'[^']*'?|\s*=\s*|[^\s=])+""")  # what blanks part


def new_row(text: str) -> dict[str, Any]:
    """A new layer of a kind, with the keys that `text` names: ``conv2d filters=6``.

    Raises:
        UserError: it is no kind and keys with values.
    """
    row = parse_row(text, {})
    required = [it.encode_name for it in msgspec.structs.fields(KINDS[row["kind"]]) if it.required]
    return {"kind": row["kind"]} | {it: FIRST[it] for it in required} | row


def sentence(kind: str) -> str:
    """What a kind of layer computes, in one sentence."""
    return (KINDS[kind].__doc__ or "").split("\n", 1)[0]


def parse_row(text: str, before: dict[str, Any]) -> dict[str, Any]:
    """The row that `text`, such as ``conv2d filters=6 kernel=5``, makes of the row `before`.

    Raises:
        UserError: it is no kind and keys with values.
    """
    kind, *pairs = _WORD.findall(text.strip()) or [""]
    if kind not in KINDS:
        raise UserError(f"unknown kind {kind!r}{suggest(kind, list(KINDS))}")
    names = [it.encode_name for it in msgspec.structs.fields(KINDS[kind])]
    row: dict[str, Any] = {"kind": kind}
    for pair in pairs:
        name, _, value = (it.strip() for it in pair.partition("="))
        if name not in names:
            raise UserError(f"{kind} has no key {name}{suggest(name, names)}")
        if not value:
            raise UserError(f"{name}: write {name}=value")
        row[name] = value_of(value)
    if INSIDE in names:
        row[INSIDE] = before.get(INSIDE, FIRST[INSIDE])
    return row


def completions(text: str) -> list[str]:
    """Whole rows that `text`, a row that is being typed, may become."""
    words = text.split()
    if len(words) < 2 and not text.endswith(" "):
        return [kind for kind in KINDS if kind.startswith(text)]
    last = "" if text.endswith(" ") else words[-1]
    if words[0] not in KINDS:
        return []
    head = text[: len(text) - len(last)]
    given = {it.partition("=")[0] for it in words[1:]}
    name, equals, value = last.partition("=")
    fields = msgspec.structs.fields(KINDS[words[0]])
    if equals:
        found = next((it for it in fields if it.encode_name == name), None)
        allowed = schema.literals(found.type) if found else []
        return [f"{head}{name}={it}" for it in allowed if it.startswith(value)]
    names = [it.encode_name for it in fields if it.encode_name != INSIDE]
    return [f"{head}{it}=" for it in names if it.startswith(last) and it not in given]


def key_completions(text: str) -> list[str]:
    """Overrides that `text`, a KEY=VALUE that is being typed, may become."""
    key, equals, _ = text.partition("=")
    if equals:
        return []
    found = [it for it in schema.paths(Experiment) if it.startswith(("data.", "train."))]
    return sorted({f"{it}=" for it in found if it.startswith(key)}, key=lambda it: (len(it), it))
