"""Numbers that no run should hold, and a limit of time for what takes them."""

from __future__ import annotations

import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, nan
from types import FrameType

from hypothesis import strategies as st

SECONDS = 10  # far more than anything here takes, on any machine
HUGE = 10**400
HARD = [0.0, -0.0, 1.0, -1.0, nan, inf, -inf, 1e-45, 1e-320, 1.7e38, -3.4e38, 7.9e75, 1e300, -1e308]
floats = st.sampled_from(HARD) | st.integers(0, 2**64 - 1).map(
    lambda bits: float(struct.unpack("<d", struct.pack("<Q", bits))[0])
)
whole_numbers = st.sampled_from([0, 1, -1, 2**31, -(2**31), 2**53, 2**63, HUGE, -HUGE])
json_numbers = st.sampled_from(
    ["0", "-1", "1", "2147483648", "9007199254740993", "1e300", "-1e300", "1e-320", "7.9e75",
     "1e400", "0.5", f"{HUGE}", f"-{HUGE}"]
)  # fmt: skip


@contextmanager
def at_once() -> Iterator[None]:
    """Fail, rather than wait for ever."""

    def too_late(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"it takes longer than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, too_late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
