"""``tui-dl warmup``: compile kernels before they are needed."""

from __future__ import annotations

import signal
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from typing import IO

from tui_dl.cli.exit_status import DONE, FAILED, INTERRUPTED
from tui_dl.cli.options import add_json, filled
from tui_dl.cli.output import complain, print_json
from tui_dl.process.read_experiment import read
from tui_dl.process.readiness import Progress, Refused, WarmUp
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.kernel_cache import cache_home
from tui_dl.support.translations import said, tr

HELP = "compile the kernels of all presets, so that training starts at once"
GROUP = "This machine"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    parser.add_argument(
        "experiments",
        metavar="PRESET|FILE",
        nargs="*",
        type=filled,
        help="compile only what these need",
    )
    add_json(parser, "print nothing but one object at the end, as JSON")


def run(options: Namespace) -> int:
    """Compile what the named experiments need, or all presets."""
    for name in options.experiments:
        read(name)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # `timeout` and schedulers
    silent = options.json and not sys.stderr.isatty()
    last: Progress | None = None
    with tempfile.TemporaryFile() as log:
        warm_up = WarmUp(options.experiments, log)
        try:
            for word in warm_up.run():
                if isinstance(word, Refused):
                    raise UserError(word.reason)
                last = word
                if not silent and last.compiling:
                    print(_line(last), file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            _close(options, last)
            return INTERRUPTED
        finally:
            warm_up.end()
        if last is None or last.compiling:
            return _complain(log, options.debug)
    _close(options, last)
    return DONE


def _line(it: Progress) -> str:
    number = f"{it.ready + 1:>{len(str(it.kernels))}}"
    says = "kernel {number}/{all}  compiling {kernel}"
    return tr(says, number=number, all=it.kernels, kernel=it.compiling)


def _close(options: Namespace, it: Progress | None) -> None:
    """What was done, in one line."""
    if options.json:
        figures = ("kernels", "ready", "compiled", "seconds")
        known = {name: getattr(it, name, None) for name in figures}
        print_json(known | {"folder": str(cache_home())})
    elif it is None:
        print(tr("interrupted before anything was compiled"))
    else:
        _print_result(it)


def _print_result(it: Progress) -> None:
    what = {"kernels": said(counted(it.kernels, "kernel"))}
    if it.ready < it.kernels:
        print(tr("interrupted: {ready} of {kernels} ready and kept", ready=it.ready, **what))
    elif it.compiled:
        what |= {"count": f"{it.compiled}", "time": f"{it.seconds:.0f}"}
        print(tr("{kernels} ready, {count} compiled in {time} s", **what))
    else:
        print(tr("{kernels} ready, all of them from the cache", **what))


def _complain(log: IO[bytes], in_full: bool) -> int:
    """Say why the process ended before its time, and with --debug all it has said."""
    log.seek(0)
    lines = log.read().decode(errors="replace").splitlines()
    why = lines[-1] if lines else "the process that compiles was killed or ran out of memory"
    if in_full:
        print(*lines, sep="\n", file=sys.stderr)
    complain(f"kernels cannot be compiled: {why}")
    return FAILED
