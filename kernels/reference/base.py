"""What the plain forms share: types, and the mark of those that take the whole batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Weights = dict[str, Floats]  # a layer's weights by name, in PyTorch's layout

Form = TypeVar("Form", bound=Callable[..., Any])

_WHOLE_BATCH: set[Callable[..., Any]] = set()


def whole_batch(form: Form) -> Form:
    """Mark a layer's plain form as one that takes all samples, the layer's name and its `Batch`."""
    _WHOLE_BATCH.add(form)
    return form


def takes_whole_batch(form: Callable[..., Any]) -> bool:
    """Whether a plain form is marked `whole_batch`."""
    return form in _WHOLE_BATCH
