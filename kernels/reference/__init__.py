"""The plain form of every layer, loss and optimizer in NumPy: what the kernels must equal.

A plain form is a public function named like its kind, in any file of `layers/`, `losses/` or
`optimizers/`. These functions are written to be read, not to be fast.

layers/      take the layer's `fields` in the experiment file, one sample and the layer's weights by
             name; return one output. Where samples are mixed or counted the form is marked
             `whole_batch`: it takes all samples, and the layer's name and its `Batch` too.
losses/      take `fields` and one set of logits with its label, or outputs with their targets
optimizers/  take `fields`, weights, gradients, the number of the update and the optimizer's state
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType
from typing import Any, Literal

from tui_dl.kernels.reference.base import takes_whole_batch

__all__ = ["plain_form", "plain_forms", "takes_whole_batch"]


def plain_form(folder: Literal["layers", "losses", "optimizers"], kind: str) -> Callable[..., Any]:
    """The plain form of one kind; raises KeyError where there is none."""
    return plain_forms(f"{__name__}.{folder}")[kind]


@cache
def plain_forms(package: str) -> dict[str, Callable[..., Any]]:
    """The public functions that the modules of `package` define, by name.

    Raises:
        ImportError: two have one name; the message names both files.
    """
    folder = import_module(package).__path__
    found: dict[str, Callable[..., Any]] = {}
    for name in sorted(module.name for module in iter_modules(folder, f"{package}.")):
        for value in vars(import_module(name)).values():
            if not isinstance(value, FunctionType) or value.__module__ != name:
                continue
            kind = value.__name__
            if kind.startswith("_"):
                continue
            if kind in found:
                files = [it.__code__.co_filename for it in (found[kind], value)]
                raise ImportError(f"two plain forms of {kind}: {' and '.join(files)}: rename one")
            found[kind] = value
    return found
