"""Which items of a long list are shown."""

from __future__ import annotations


def window(chosen: int, count: int, room: int) -> range:
    """At most `room` of `count` items, and at least one, with the `chosen` one near the middle."""
    shown = max(1, min(room, count))
    first = min(max(chosen - shown // 2, 0), max(count - shown, 0))
    return range(first, min(first + shown, count))
