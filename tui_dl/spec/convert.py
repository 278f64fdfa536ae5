"""Values of a TOML file or of JSON as structs, in any thread."""

from __future__ import annotations

from threading import RLock
from typing import Any

import msgspec

_LOCK = RLock()


def convert(raw: Any, kind: Any) -> Any:
    """`raw` as a value of type `kind`.

    msgspec finds out what a type has when it first needs it. Where two threads do that at once, the
    process may end by a segmentation fault.

    Raises:
        ValidationError: msgspec's: a value is none of its key.
    """
    with _LOCK:
        return msgspec.convert(raw, kind)
