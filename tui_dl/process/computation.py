"""Computations in a process of their own: an experiment goes in, an answer comes out.

The command line itself never computes. It calls `compute`, which starts a module; its `main` calls
`run_computation`. Experiment and answer are JSON on the module's standard input and output.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from tui_dl.process import spawn
from tui_dl.process.startable import check_trainable
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault
from tui_dl.support.translations import in_use, tr, use

Answer = TypeVar("Answer", bound=msgspec.Struct)


class Given(msgspec.Struct, frozen=True):
    """An experiment as text, the description of its data, and the language of what is printed."""

    experiment: str
    data_spec: DataSpec
    language: str


class Reply(msgspec.Struct, frozen=True):
    """The answer, or why there is none."""

    answer: msgspec.Raw = msgspec.Raw(b"null")
    refused: str = ""


def compute(
    module: str,
    experiment: Experiment,
    kind: type[Answer],
    started: Callable[[subprocess.Popen[bytes]], None] = lambda process: None,
    **streams: Any,
) -> Answer:
    """Start `module` for an experiment, and wait for its answer.

    Args:
        module: its full name.
        experiment: what it computes something of.
        kind: of the answer.
        started: is given the process, which another thread may kill.
        streams: other options of Popen.

    Raises:
        UserError: the experiment cannot be trained here, or the module refused it.
        RuntimeError: the process ended without an answer; its traceback is on standard error.
    """
    check_trainable(experiment)
    given = msgspec.json.encode(Given(experiment.to_toml(), experiment.data_spec, in_use()))
    with spawn.start(module, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **streams) as process:
        started(process)
        try:
            said, _ = process.communicate(given)
        except BaseException:  # Ctrl-C: the process is in a session of its own
            process.kill()
            raise
    if not said:
        raise RuntimeError(f"the process that computes ended with status {process.returncode}")
    reply = msgspec.json.decode(said, type=Reply)
    if reply.refused:
        raise UserError(reply.refused)
    return msgspec.json.decode(reply.answer, type=kind)


def run_computation(function: Callable[[Experiment], msgspec.Struct]) -> int:
    """Answer what `compute` asks; returns the exit status."""
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=Given)
    use(given.language)
    experiment = parse(
        given.experiment, "experiment", describe=lambda it: it.described(given.data_spec)
    )
    try:
        reply = Reply(answer=msgspec.Raw(msgspec.json.encode(function(experiment))))
    except UserError as error:
        reply = Reply(refused=str(error))
    except OSError as error:
        reply = Reply(refused=fault(error))
    sys.stdout.buffer.write(msgspec.json.encode(reply))
    return 0


def report_kernels(names: Iterable[str]) -> None:
    """Print the names of kernels that are being compiled, where somebody looks on."""
    for name in names:
        if sys.stderr.isatty():
            print(tr("compiling {kernel}", kernel=name), file=sys.stderr, flush=True)
