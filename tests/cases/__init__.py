"""Test cases, one file a kind, with a list `CASES`; they are found by being there.

layers/   (layer, input) each
losses/   (loss, shape of an output, number of classes or 0) each; `peer`, if there is one, is
          PyTorch's loss: of the module torch, the loss's fields, outputs and targets
optimizers/  optimizers; `peer` is PyTorch's: of the module torch, the optimizer, weights and l2
metrics/  outputs, targets and the metric's value each
schedules/  a schedule, and its share of the learning rate after some updates
sources/  sources, small enough to be loaded in a test
observers/  experiments with something to see, and the shapes of the arrays; `DRAWN` is an artifact
          made by hand, whose picture is compared with a text file
"""

from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from tui_dl.spec.layers.base import kind


def cases(folder: str) -> dict[str, list[Any]]:
    """The cases of every kind that has a file in this folder."""
    return named(folder, "CASES")


def label(case: Any) -> str:
    """A case as the id of its test: its kind, by which `pytest -k` finds it, and its keys."""
    first = case[0] if type(case) is tuple else case
    return f"{kind(first)} {case}" if isinstance(first, msgspec.Struct) else str(case)


def named(folder: str, name: str) -> dict[str, Any]:
    """What has this name in the files of a folder, by kind; kinds without it are left out."""
    names = sorted(path.stem for path in (Path(__file__).parent / folder).glob("*.py"))
    modules = {file: import_module(f"{__name__}.{folder}.{file}") for file in names}
    return {file: vars(it)[name] for file, it in modules.items() if hasattr(it, name)}
