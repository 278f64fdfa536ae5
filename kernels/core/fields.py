"""Types of the fields that kernels read: of a layer's or a loss's table in an experiment file.

Beside each kernel a Protocol names its fields. The table's struct has more of them, and is not
known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    # The default lets `Layer` mean a layer of any kind, whatever its fields.
    Fields_co = TypeVar("Fields_co", covariant=True, default=object)
else:
    from typing import TypeVar

    Fields_co = TypeVar("Fields_co", covariant=True)


class NoFields(Protocol):
    """A table of which kernels read nothing."""
