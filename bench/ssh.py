"""Traffic of the dashboard over a real sshd on this machine, on a run with ten epochs a second."""

from __future__ import annotations

import fcntl
import getpass
import os
import pty
import select
import shlex
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from bench.feed import EPOCH
from bench.report import Section, verdict

SIZES = {(80, 24): 10.0, (110, 36): None, (200, 60): 25.0}  # cells, and kB/s at most
SETTLE, MEASURE = 6.0, 30.0  # seconds
SSHD = shutil.which("sshd") or "/usr/sbin/sshd"

SAYS = f"""The Run screen on a terminal of so many cells, behind `ssh -tt` and an OpenSSH server
on the loopback: bytes that the server sends, encrypted, over {MEASURE:g} s, after the first minute
of a run that ends an epoch every {EPOCH:g} s. Budget: 10 kB/s on 80x24, 25 kB/s on 200x60."""


class Traffic(NamedTuple):
    """Kilobytes a second, and how many times a second output arrived."""

    columns: int
    rows: int
    kilobytes_per_second: float
    frames_per_second: float
    verdict: str


def section() -> Section:
    """All terminal sizes; no rows where there is no sshd."""
    return Section("SSH", SAYS, [traffic(*size) for size in SIZES] if can_measure() else [])


def can_measure() -> bool:
    """Whether there is an SSH server, and a client."""
    return Path(SSHD).exists() and shutil.which("ssh") is not None


def traffic(columns: int, rows: int, seconds: float = MEASURE) -> Traffic:
    """Attach a dashboard of this size to a run, and count its output for MEASURE seconds."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        run = stack.enter_context(feed(folder / "runs"))
        link = stack.enter_context(server(folder))
        command = f"{sys.executable} -m tui_dl attach {run} --runs {folder / 'runs'}"
        terminal = stack.enter_context(client(folder, link.port, columns, rows, command))
        read_for(terminal, SETTLE)
        before = link.sent
        frames = read_for(terminal, seconds)
        rate = (link.sent - before) / seconds / 1000
    limit = SIZES.get((columns, rows))
    return Traffic(columns, rows, rate, frames / seconds, verdict(rate, limit=limit))


@contextmanager
def feed(home: Path) -> Iterator[str]:
    """A run in `home` that continues; yields its id."""
    command = [sys.executable, "-m", "bench.feed", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@contextmanager
def server(folder: Path) -> Iterator[Link]:
    """An sshd that accepts only our key."""
    keygen = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f"]
    for name in ("host", "user"):
        subprocess.run([*keygen, str(folder / name)], check=True)
    if os.geteuid() == 0:  # as sshd drops privileges
        Path("/run/sshd").mkdir(exist_ok=True)
    port = free_port()
    config = folder / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder / 'host'}\nPidFile none\n"
        f"AuthorizedKeysFile {folder / 'user.pub'}\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nPermitRootLogin prohibit-password\n"
    )
    daemon = subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL)
    link = Link(port)
    try:
        yield link
    finally:
        link.close()
        daemon.terminate()
        daemon.wait()


@contextmanager
def client(folder: Path, port: int, columns: int, rows: int, command: str) -> Iterator[int]:
    """`ssh -tt` in a terminal of its own; the handle on what it shows."""
    options = {
        "IdentityFile": folder / "user", "StrictHostKeyChecking": "no",
        "UserKnownHostsFile": os.devnull, "LogLevel": "ERROR", "IdentitiesOnly": "yes",
    }  # fmt: skip
    ssh = ["ssh", "-tt", "-F", os.devnull, "-p", str(port)]
    ssh += [part for key, value in options.items() for part in ("-o", f"{key}={value}")]
    here = shlex.quote(str(Path.cwd()))
    ssh += [f"{getpass.getuser()}@127.0.0.1", f"cd {here} && exec {command}"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe("ssh", ssh, {**os.environ, "TERM": "xterm-256color"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))
    try:
        yield terminal
    finally:
        os.write(terminal, b"q")
        read_for(terminal, 1.0)
        os.close(terminal)
        os.waitpid(pid, 0)


def read_for(terminal: int, seconds: float) -> int:
    """Read for that long; returns how many times output arrived, 20 ms apart or more."""
    end, last, frames = time.monotonic() + seconds, 0.0, 0
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                os.read(terminal, 1 << 16)
            except OSError:  # the other end is closed
                return frames
            frames += time.monotonic() - last > 0.02
            last = time.monotonic()
    return frames


def free_port() -> int:
    """A free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Link:
    """Forwards a connection to the server, and counts the bytes it sends."""

    def __init__(self, server: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.sent = 0
        self._server = server
        Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        near, _ = self._listener.accept()
        far = self._connect()
        Thread(target=self._hand_on, args=(near, far, 0), daemon=True).start()
        self._hand_on(far, near, 1)

    def _connect(self) -> socket.socket:
        for _ in range(100):
            try:
                return socket.create_connection(("127.0.0.1", self._server))
            except ConnectionRefusedError:  # it has not started yet
                time.sleep(0.1)
        raise TimeoutError("sshd does not answer")

    def _hand_on(self, source: socket.socket, to: socket.socket, counts: int) -> None:
        while content := source.recv(1 << 16):
            self.sent += counts * len(content)
            to.sendall(content)

    def close(self) -> None:
        """Accept no more connections."""
        self._listener.close()
