"""Downloads against a server that breaks off, lies, is slow or serves another file."""

import fcntl
import hashlib
from pathlib import Path

import pytest

from tests.data.file_server import STEP, Behaviour, serving
from tui_dl.data.download import DownloadError, download, part_of
from tui_dl.data.known_files import KNOWN, KnownFile
from tui_dl.spec.data.images import Images

CONTENT = bytes(it * 37 % 251 for it in range(5 * STEP + 300))


def wanted(*addresses: str, content: bytes = CONTENT) -> KnownFile:
    return KnownFile("it.gz", len(content), hashlib.sha256(content).hexdigest(), addresses)


def names(folder: Path) -> list[str]:
    return sorted(it.name for it in folder.iterdir() if not it.name.endswith(".lock"))


@pytest.mark.parametrize(
    "behaviour",
    ["good", "breaks off", "no range", "redirects", "no length", "drips", "hangs"],
)
@pytest.mark.parametrize("begun", [0, 1700])
def test_a_file_arrives(behaviour: Behaviour, begun: int, tmp_path: Path) -> None:
    folder, seen = tmp_path / "deep" / "data", list[int]()
    with serving(CONTENT, behaviour) as server:
        file = wanted(server.address)
        if begun:
            folder.mkdir(parents=True)
            part_of(file, folder).write_bytes(CONTENT[:begun])
        download(file, folder, seen.append, timeout=0.2 if behaviour == "hangs" else 30)
        requests = len(server.ranges)
        download(file, folder)
        assert len(server.ranges) == requests  # it is there
    assert (folder / "it.gz").read_bytes() == CONTENT
    assert names(folder) == ["it.gz"]
    assert seen[-1] == len(CONTENT)
    assert server.ranges[0] == (f"bytes={begun}-" if begun else "")
    assert begun or not (folder / "it.gz").stat().st_mode & 0o077


def test_a_broken_off_part_is_resumed_where_it_ends(tmp_path: Path) -> None:
    with serving(CONTENT, "breaks off") as server:
        download(wanted(server.address), tmp_path)
    assert server.ranges == ["", *(f"bytes={it * STEP}-" for it in range(1, 6))]


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("other", "its checksum is wrong"),
        ("longer", "sends more than 5,300 bytes"),
        ("says less", "has 5,293 bytes, and 5,300 are expected"),
        ("says more", "has 5,307 bytes, and 5,300 are expected"),
        ("absent", "HTTP 404"),
        ("silent", "sent nothing for 0.2 s"),
        ("redirects to a file", "HTTP 302"),
        ("redirects for ever", "HTTP 302"),
        ("rubbish", ""),
    ],
)
@pytest.mark.parametrize("begun", [0, 1700])
def test_what_is_not_the_file_never_gets_its_name(
    behaviour: Behaviour, begun: int, says: str, tmp_path: Path
) -> None:
    with serving(CONTENT, behaviour) as server:
        file = wanted(server.address)
        if begun:
            part_of(file, tmp_path).write_bytes(CONTENT[:begun])
        with pytest.raises(DownloadError) as caught:
            download(file, tmp_path, timeout=0.2)
    line = str(caught.value)
    if not begun or behaviour not in ("says less", "says more"):
        assert says in line
    assert line.startswith("it.gz: no address gives it: 127.0.0.1:")
    assert "\n" not in line
    assert "\x1b" not in line
    assert not (tmp_path / "it.gz").exists()


@pytest.mark.parametrize(
    "behaviour", ["other", "longer", "says less", "absent", "silent", "rubbish"]
)
def test_the_next_address_is_tried(behaviour: Behaviour, tmp_path: Path) -> None:
    with serving(CONTENT, behaviour) as bad, serving(CONTENT) as good:
        download(wanted(bad.address, good.address), tmp_path, timeout=0.2)
    assert (tmp_path / "it.gz").read_bytes() == CONTENT


def test_an_address_where_nobody_is(tmp_path: Path) -> None:
    with serving(CONTENT) as gone:
        pass
    with serving(CONTENT) as good:
        download(wanted(gone.address, good.address), tmp_path)
    assert names(tmp_path) == ["it.gz"]


@pytest.mark.parametrize("size", [0, 1700, len(CONTENT), len(CONTENT) + 10])
@pytest.mark.parametrize("behaviour", ["good", "other range"])
def test_a_wrong_part_is_begun_anew(size: int, behaviour: Behaviour, tmp_path: Path) -> None:
    with serving(CONTENT, behaviour) as server:
        file = wanted(server.address)
        part_of(file, tmp_path).write_bytes(b"x" * size)
        download(file, tmp_path)
    assert (tmp_path / "it.gz").read_bytes() == CONTENT
    assert names(tmp_path) == ["it.gz"]


def test_the_part_of_an_interrupted_download_stays(tmp_path: Path) -> None:
    def interrupt(at: int) -> None:
        raise KeyboardInterrupt

    with serving(CONTENT, "hangs") as server:
        file = wanted(server.address)
        with pytest.raises(KeyboardInterrupt):
            download(file, tmp_path, interrupt)
        part = part_of(file, tmp_path).read_bytes()
        assert part
        assert part == CONTENT[: len(part)]
        assert names(tmp_path) == [".it.gz.part"]
        server.behaviour = "good"
        download(file, tmp_path)
        assert server.ranges[-1] == f"bytes={len(part)}-"
    assert names(tmp_path) == ["it.gz"]


def test_two_processes_do_not_write_the_same_part(tmp_path: Path) -> None:
    with serving(CONTENT) as server:
        file = wanted(server.address)
        with (tmp_path / ".it.gz.lock").open("w") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            with pytest.raises(DownloadError, match="another process is downloading it"):
                download(file, tmp_path)
        assert not server.ranges
        download(file, tmp_path)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with serving(CONTENT) as server, pytest.raises(OSError, match="taken"):
        download(wanted(server.address), tmp_path / "taken")


def test_every_known_file_has_a_checksum_and_addresses() -> None:
    for known in KNOWN.values():
        for file in known.files:
            assert len(bytes.fromhex(file.sha256)) == 32
            assert len(file.addresses) > 1
            assert all(it.startswith(("https://", "http://")) for it in file.addresses)
    assert set(Images.short_names) < set(KNOWN)
