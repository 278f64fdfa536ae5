"""Types that the plain forms share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Weights = dict[str, Floats]  # a layer's weights by name, in PyTorch's layout
