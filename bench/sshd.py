"""A real sshd on the loopback, and terminals that are connected to it."""

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
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


def is_installed() -> bool:
    """Whether this machine has an SSH server, and a client."""
    return Path(SSHD).exists() and shutil.which("ssh") is not None


@contextmanager
def server(folder: Path) -> Iterator[Link]:
    """An sshd that accepts only our key; its files are in `folder`."""
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


def command_line(folder: Path, port: int, command: str) -> list[str]:
    """The `ssh` command that runs `command` in this working folder, on a terminal."""
    options = {
        "IdentityFile": folder / "user", "StrictHostKeyChecking": "no",
        "UserKnownHostsFile": os.devnull, "LogLevel": "ERROR", "IdentitiesOnly": "yes",
    }  # fmt: skip
    ssh = ["ssh", "-tt", "-F", os.devnull, "-p", str(port)]
    ssh += [part for key, value in options.items() for part in ("-o", f"{key}={value}")]
    here = shlex.quote(str(Path.cwd()))
    return [*ssh, f"{getpass.getuser()}@127.0.0.1", f"cd {here} && exec {command}"]


@contextmanager
def client(folder: Path, port: int, columns: int, rows: int, command: str) -> Iterator[int]:
    """`ssh -tt` in a terminal of its own; the handle on what it shows."""
    with terminal(columns, rows, command_line(folder, port, command)) as handle:
        yield handle


@contextmanager
def terminal(columns: int, rows: int, command: list[str]) -> Iterator[int]:
    """A dashboard, opened by `command`, in a terminal of its own; the handle on what it shows."""
    pid, handle = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color"})
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))
    try:
        yield handle
    finally:
        with suppress(OSError):  # it was closed from the other end
            os.write(handle, b"q")
        read_for(handle, 1.0)
        os.close(handle)
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
    """Forwards connections to the server, counts the bytes it sends, and can break them."""

    def __init__(self, server: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.sent = 0
        self._server = server
        self._open: list[socket.socket] = []
        Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                near, _ = self._listener.accept()
                far = self._connect()
                self._open += [near, far]
                Thread(target=self._hand_on, args=(near, far, 0), daemon=True).start()
                Thread(target=self._hand_on, args=(far, near, 1), daemon=True).start()

    def _connect(self) -> socket.socket:
        for _ in range(100):
            try:
                return socket.create_connection(("127.0.0.1", self._server))
            except ConnectionRefusedError:  # it has not started yet
                time.sleep(0.1)
        raise TimeoutError("sshd does not answer")

    def _hand_on(self, source: socket.socket, to: socket.socket, counts: int) -> None:
        with suppress(OSError):  # the connection is dropped
            while content := source.recv(1 << 16):
                self.sent += counts * len(content)
                to.sendall(content)

    def drop(self) -> None:
        """Break all connections, as a network that goes away does."""
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self._open.clear()

    def close(self) -> None:
        """Accept no more connections."""
        self._listener.close()
