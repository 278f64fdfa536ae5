"""``tui-dl download``: fetches well-known data sets, once, into the folder of data."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tui_dl.cli.exit_status import DONE, FAILED, INTERRUPTED
from tui_dl.cli.options import add_json, filled
from tui_dl.cli.output import complain, print_json
from tui_dl.cli.table import columns_of, print_columns
from tui_dl.data.download import DownloadError, download, part_of, write_whole
from tui_dl.data.known_files import KNOWN, KnownFile, find
from tui_dl.data.sms_spam import table_of
from tui_dl.support.command_line import command_line
from tui_dl.support.data_home import data_home
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import percent
from tui_dl.support.os_errors import fault
from tui_dl.support.translations import said, tr

HELP = "fetch a well-known data set, such as mnist, or list them"
GROUP = "This machine"

EVERY, PART = 5.0, 0.1  # seconds or part of a file after which a line is printed


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    parser.add_argument(
        "names", metavar="NAME", nargs="*", type=filled, help="a data set (default: list all)"
    )
    add_json(parser, "print one object a data set at the end, as JSON")


def run(options: Namespace) -> int:
    """Fetch the named data sets, or list all."""
    for name in options.names:
        if name not in KNOWN:
            raise UserError(f"{name}: no such data set{suggest(name, sorted(KNOWN))}")
    if not options.names:
        _list(as_json=options.json)
        return DONE
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # `timeout` and schedulers
    for name in options.names:
        try:
            _fetch(name, silent=options.json)
        except KeyboardInterrupt:
            kept = sum(_there(it, data_home() / name) for it in KNOWN[name].files)
            again = command_line("download", *options.names)
            says = f"interrupted: {megabytes(kept)} of {name} are kept: go on with `{again}`"
            complain(says)
            return INTERRUPTED
        except DownloadError as error:
            complain(f"{name}: {error}")
            return FAILED
        except OSError as error:
            complain(f"{name}: {fault(error)}")
            return FAILED
    return DONE


def _fetch(name: str, silent: bool) -> None:
    """Fetch one data set, unless it is there, and say where it is."""
    known, own = KNOWN[name], data_home() / name
    if find(name) is None:
        for file in known.files:
            download(file, own, (lambda at: None) if silent else Lines(file))
        if known.table:
            write_whole(own / known.table, table_of(own / known.files[0].name))
    folder = find(name)
    if silent:
        print_json({"name": name, "folder": str(folder), "bytes": known.size})
    else:
        print(tr("{name} is in {folder}", name=name, folder=folder))
        print(tr("train on it with `{command}`", command=command_line("train", name)))


class Lines:
    """Prints a line about a file that is received now and then."""

    def __init__(self, file: KnownFile) -> None:
        self._file, self._began = file, time.monotonic()
        self._first, self._last, self._when = -1, 0, self._began

    def __call__(self, at: int) -> None:
        """`at` bytes are there."""
        now = time.monotonic()
        if self._first < 0:
            self._first = self._last = at
        share = (at - self._last) / self._file.size
        if at == self._file.size or share >= PART or now - self._when >= EVERY:
            self._last, self._when = at, now
            rate = (at - self._first) / max(now - self._began, 1e-3)
            sizes = {"part": megabytes(at), "whole": megabytes(self._file.size)}
            done = tr("{part} of {whole}", **sizes)
            print(
                f"{self._file.name}  {done}  {percent(at / self._file.size)}  {megabytes(rate)}/s",
                flush=True,
            )


def megabytes(size: float) -> str:
    """A number of bytes: 0.03 MB, 26.4 MB, 170 MB."""
    amount = size / 1e6
    return f"{amount:.{2 if amount < 1 else 1 if amount < 100 else 0}f} MB"


def _list(as_json: bool) -> None:
    rows = []
    for name, known in sorted(KNOWN.items()):
        folder = find(name)
        if as_json:
            facts = {"name": name, "title": known.title, "licence": known.licence}
            where = {"folder": str(folder) if folder else None, "bytes": known.size}
            print_json(facts | where)
        there = tr("yes" if folder else "no")
        rows.append((name, megabytes(known.size), there, said(known.title)))
    if not as_json:
        columns = columns_of(("NAME", "SIZE", "HERE", "WHAT"), rows)
        print_columns(columns, {"SIZE": ">"}, (), ("WHAT",))


def _there(file: KnownFile, folder: Path) -> int:
    """How many bytes of a file were received."""
    whole, part = folder / file.name, part_of(file, folder)
    return sum(it.stat().st_size for it in (whole, part) if it.exists())
