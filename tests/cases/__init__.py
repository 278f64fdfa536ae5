"""Test cases, one file a kind, with a list `CASES`; they are found by being there.

layers/   (layer, input) each
losses/   (loss, shape of an output, number of classes or 0) each; `peer`, if there is one, is
          PyTorch's loss: of the module torch, the loss's fields, outputs and targets
optimizers/  optimizers; `peer` is PyTorch's: of the module torch, the optimizer, weights and l2
metrics/  outputs, targets and the metric's value each
schedules/  a schedule, and its share of the learning rate after some updates
sources/  sources, small enough to be loaded in a test
"""

from importlib import import_module
from pathlib import Path
from typing import Any


def cases(folder: str) -> dict[str, list[Any]]:
    """The cases of every kind that has a file in this folder."""
    return named(folder, "CASES")


def named(folder: str, name: str) -> dict[str, Any]:
    """What has this name in the files of a folder, by kind; kinds without it are left out."""
    kinds = sorted(path.stem for path in (Path(__file__).parent / folder).glob("*.py"))
    modules = {kind: import_module(f"{__name__}.{folder}.{kind}") for kind in kinds}
    return {kind: vars(it)[name] for kind, it in modules.items() if hasattr(it, name)}
