"""An array that grows at its end."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Number = TypeVar("Number", bound=np.generic)
LEAST = 1024  # values that there is room for at first


class Growing(Generic[Number]):
    """Numbers of one type; adding some takes time for those alone, on average."""

    def __init__(self, dtype: type[Number]) -> None:
        self._room = np.empty(LEAST, dtype)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> npt.NDArray[Number]:
        """All numbers so far, a window on the array itself."""
        return self._room[: self._count]

    def extend(self, values: npt.ArrayLike) -> None:
        """Add numbers, converted to the type; one that is too large for it is infinite."""
        new = np.asarray(values)
        end = self._count + len(new)
        if end > len(self._room):
            room = np.empty(max(end, 2 * len(self._room)), self._room.dtype)
            room[: self._count] = self.values
            self._room = room
        with np.errstate(over="ignore"):
            self._room[self._count : end] = new
        self._count = end
