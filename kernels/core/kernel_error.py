"""The error of a kernel that failed inside a call table."""

from __future__ import annotations

import ctypes
import pickle


class KernelError(RuntimeError):
    """A kernel failed inside a call table: its name, and the exception it raised if known."""

    def __init__(self, kernel: str, reason: str = "") -> None:
        super().__init__(f"the kernel {kernel} failed" + (f": {reason}" if reason else ""))


class _Exception(ctypes.Structure):
    """What a compiled function says of an exception: ``excinfo_t`` of numba.core.callconv."""

    _fields_ = (
        ("pickled", ctypes.c_void_p),
        ("size", ctypes.c_int32),
        ("hash", ctypes.c_void_p),
        ("unwrap", ctypes.c_void_p),
        ("computed", ctypes.c_int32),  # whether arguments are not constants
    )


def reason_of(address: int) -> str:
    """Type and message of the exception at `address`; empty where there is none.

    Numba stores both in the compiled function, pickled. Arguments computed by the kernel are left
    out.
    """
    if not address:
        return ""
    found = _Exception.from_address(address)
    kind, arguments, _ = pickle.loads(ctypes.string_at(found.pickled, found.size))
    message = "" if found.computed else " ".join(str(argument) for argument in arguments or ())
    return f"{kind.__name__}: {message}" if message else kind.__name__
