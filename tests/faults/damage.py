"""One thing that may have happened to a run folder while nobody looked: random, by its number."""

import os
import random
import shutil
import socket
from pathlib import Path

FOLDERS = ("checkpoints", "control", "artifacts", "artifacts/samples")
LARGE = 1 << 30  # bytes: what has more of them is one of our own


def damage(run: Path, number: int) -> str:
    """Damage the folder in one or two places; returns what was done, in words."""
    chance = random.Random(number)
    done = []
    for _ in range(chance.choice([1, 1, 2])):
        files = [
            path for path in sorted(run.rglob("*")) if path.is_file() and not path.is_symlink()
        ]
        files = [path for path in files if path.stat().st_size < LARGE]
        seen = [path for path in files if path.parent.parent.name == "artifacts"]
        # There are many of them, and each is as good as another.
        files = [path for path in files if path not in seen] + chance.sample(
            seen, min(len(seen), 3)
        )
        if chance.random() < 0.5:
            hurt = chance.choice([truncate, flip, flip, blank, extend, swap])
            path = chance.choice([it for it in files if it.stat().st_size])
            hurt(path, chance)
        else:
            folders = [run / it for it in FOLDERS if (run / it).parent.is_dir()]
            path = chance.choice([*files, *folders, run / ".room"])
            hurt = chance.choice(REPLACEMENTS)
            remove(path)
            path.parent.is_dir() and hurt(path, chance)
        done.append(f"{hurt.__name__} {path.relative_to(run)}")
    return ", ".join(done)


def truncate(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 1, 8])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def blank(path: Path, chance: random.Random) -> None:
    """Zeros, as a power cut leaves them."""
    content = bytearray(path.read_bytes())
    start = chance.randrange(len(content))
    end = chance.randint(start, len(content))
    content[start:end] = bytes(end - start)
    path.write_bytes(content)


def extend(path: Path, chance: random.Random) -> None:
    with path.open("ab") as file:
        file.write(chance.randbytes(chance.choice([1, 1000, 100_000])))


def swap(path: Path, chance: random.Random) -> None:
    """Another file's content."""
    others = [it for it in sorted(path.parent.iterdir()) if it.is_file() and not it.is_symlink()]
    others = [it for it in others if it.stat().st_size < LARGE]
    path.write_bytes(chance.choice(others).read_bytes())


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def nothing(path: Path, chance: random.Random) -> None:
    pass


def folder(path: Path, chance: random.Random) -> None:
    path.mkdir()
    (path / "something").touch()


def pipe(path: Path, chance: random.Random) -> None:
    os.mkfifo(path)


def dangling_link(path: Path, chance: random.Random) -> None:
    path.symlink_to("nowhere")


def cyclic_link(path: Path, chance: random.Random) -> None:
    path.symlink_to(path.name)


def link_to_a_device(path: Path, chance: random.Random) -> None:
    path.symlink_to("/dev/zero")


def link_to_a_terminal(path: Path, chance: random.Random) -> None:
    path.symlink_to("/dev/ptmx")


def socket_file(path: Path, chance: random.Random) -> None:
    with socket.socket(socket.AF_UNIX) as it:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path has to be short
        try:
            it.bind(path.name)
        finally:
            os.chdir(here)


def endless(path: Path, chance: random.Random) -> None:
    """A file of a terabyte that takes no room."""
    path.touch()
    os.truncate(path, 1 << 40)


def long_line(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"x" * (40 << 20))


def garbage(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(5_000))


REPLACEMENTS = [
    nothing, folder, pipe, dangling_link, cyclic_link, link_to_a_device, link_to_a_terminal,
    socket_file, endless, long_line, garbage,
]  # fmt: skip
