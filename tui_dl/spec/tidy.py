"""An experiment as a short file: only what is not as by default, a header for each table."""

from __future__ import annotations

from typing import Any

import msgspec

from tui_dl.spec.differences import HISTORY, default
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.edits import table_text
from tui_dl.spec.toml.written import inline


def tidy(experiment: Experiment) -> str:
    """The text of a file with the data, network and training config of `experiment`."""
    data, train = _plain(experiment.data, "data"), _plain(experiment.train, "train")
    head = f"format = {experiment.format}\ntitle = {inline(experiment.title)}\n"
    layers = _plain(experiment.network, "network")
    rows = "".join(table_text("[[network]]", row) for row in layers)
    return "\n".join([head, table_text("[data]", data), rows, table_text("[train]", train)])


def _plain(value: Any, key: str) -> Any:
    """A value as TOML has it, without keys that are as by default."""
    if isinstance(value, list | tuple):
        return [_plain(item, key) for item in value]
    if not isinstance(value, msgspec.Struct):
        return value
    config, found = value.__struct_config__, {}
    if config.tag_field:
        found[config.tag_field] = config.tag
    for field in msgspec.structs.fields(value):
        item, name = getattr(value, field.name), f"{key}.{field.encode_name}"
        if item != default(field) and item is not None and name != HISTORY:
            found[field.encode_name] = _plain(item, name)
    return found
