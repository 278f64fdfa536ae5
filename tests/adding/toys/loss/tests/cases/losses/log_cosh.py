"""Cases of log_cosh: the loss, the shape of an output, and the number of classes."""

from tui_dl.spec.train.losses.log_cosh import LogCosh

CASES: list[tuple[LogCosh, tuple[int, ...], int]] = [
    (LogCosh(), (9,), 0),
    (LogCosh(), (6,), 6),
]
