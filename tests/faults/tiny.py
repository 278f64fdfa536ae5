"""A run that takes a moment, and what has to be true of it in the end."""

import numpy as np

from tui_dl.protocol.commands import Continue, Pause, Save
from tui_dl.protocol.events import Started
from tui_dl.runs import checkpoint
from tui_dl.runs.folder import Run
from tui_dl.runs.mailbox import send
from tui_dl.runs.status import State
from tui_dl.runs.step_log import read_steps

EXPERIMENT = """
title = "a small one"
data = { source = "digits", batch_size = 256 }
network = [
    { kind = "flatten" },
    { kind = "dense", units = 16 },
    { kind = "relu" },
    { kind = "dense", units = 10 },
]
[train]
epochs = 3
early_stopping = { patience = 3 }
change = [{ step = 4, learning_rate = 0.002 }]
"""
HEADLESS = ["--headless", "--threads", "1"]
CLOCK = ("time", "seconds")


def assert_same(run: Run, other: Run, records: bool) -> None:
    """Both have the same weights, and the same records if these are asked for, bit for bit."""
    fields = State(other).last(Started).step_fields
    ours, theirs = (read_steps(it.steps, fields) for it in (run, other))
    for name in set(ours.dtype.names or ()) - {*CLOCK} if records else ():
        np.testing.assert_array_equal(ours[name], theirs[name], err_msg=name)
    for file in ("last.safetensors", "best.safetensors"):
        tensors, same = (checkpoint.read(it.checkpoints / file)[0] for it in (run, other))
        assert tensors.keys() == same.keys()
        for name, tensor in tensors.items():
            assert tensor.tobytes() == same[name].tobytes(), name


def commands(run: Run) -> None:
    """What makes a worker use its mailbox, and changes no number."""
    for command in (Save(), Pause(), Continue()):
        send(run.control, command)
    (run.control / "7.json").write_text("no command")


def leftovers(run: Run) -> list[str]:
    """Files that nobody needs any more."""
    return [path.name for path in run.path.rglob(".*")]
