"""events.jsonl: what was acknowledged is there, a torn tail is not there yet."""

import resource
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.fake_run import ended, epoch, started
from tui_dl.protocol.events import Acknowledged, AnyEvent, Compiled, Compiling, EpochEnded, Failed
from tui_dl.runs.atomic import cut
from tui_dl.runs.event_log import EventLog, Follower
from tui_dl.spec.format import FORMAT
from tui_dl.support.errors import UserError

EVENTS: list[AnyEvent] = [
    started(),
    Compiling(kernel="conv2d × 2"),
    Compiled(seconds=1.5, kernels=3),
    epoch(1, 0.5, 1),
    Acknowledged(command="stop", step=20),
    Failed(reason="two\nlines, ein Umlaut: ü"),
    ended(),
]
WRITTEN = b"".join(msgspec.json.encode(event) + b"\n" for event in EVENTS)
LATER = b"".join(msgspec.json.encode(event) + b"\n" for event in EVENTS[1:4])
LINES = st.sampled_from(
    [b"\n", b" \n ", b"{}\n", b'{"event":"Later"}\n', b'{"event":"Resumed","time":1}', b"\n[1]\n"]
)


def test_what_is_appended_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    follower = Follower(path)
    assert follower.poll() == []
    log = EventLog(path)
    for event in EVENTS:
        log.append(event)
        assert follower.poll() == [event]
    log.close()
    assert follower.poll() == []
    assert Follower(path).poll() == EVENTS


@given(cuts=st.lists(st.integers(0, len(WRITTEN)), max_size=8))
def test_however_the_file_grows_each_event_comes_once(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    path = tmp_path_factory.mktemp("log") / "events.jsonl"
    follower = Follower(path)
    seen = []
    for end in [*sorted(cuts), len(WRITTEN)]:
        path.write_bytes(WRITTEN[:end])
        seen += follower.poll()
    assert seen == EVENTS


@given(place=st.integers(0, 20 * len(WRITTEN)), noise=st.binary(max_size=9) | LINES)
def test_lines_that_are_read_together_give_what_each_gives(
    tmp_path_factory: pytest.TempPathFactory, place: int, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("log") / "events.jsonl"
    first, text = msgspec.json.encode(started(format=FORMAT)) + b"\n", 20 * LATER
    path.write_bytes(first)
    together, alone = Follower(path), Follower(path)
    expected = alone.poll()
    text = text[:place] + noise + text[place:]
    path.write_bytes(first + text)
    found = together.poll()
    assert together.poll() == []
    for end in range(len(text) + 1):
        if text[:end].endswith(b"\n"):
            path.write_bytes(first + text[:end])
            expected += alone.poll()
    found, expected = ([replace(it, time=0) for it in events] for events in (found, expected))
    assert found == expected  # where the time is damaged it is that of reading
    assert together.damaged == alone.damaged


def test_what_has_no_room_is_not_there_at_all(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    log = EventLog(path)
    log.append(EVENTS[0])
    size, (soft, hard) = log.size, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            log.append(EVENTS[1])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert log.size == size
    log.append(EVENTS[2])
    assert Follower(path).poll() == [EVENTS[0], EVENTS[2]]


def test_a_number_that_is_not_finite_is_null(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    log.append(epoch(1, float("nan"), 1, train_loss=float("inf")))
    (read,) = Follower(tmp_path / "events.jsonl").poll()
    assert isinstance(read, EpochEnded)
    assert read.validation_loss is None
    assert read.train_loss is None


def test_damaged_and_unknown_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    noise = b'{"event": "FromTheFuture"}\n{"event": "Star\n\xff\xfe\n[1]\n\n'
    path.write_bytes(noise + WRITTEN)
    follower = Follower(path)
    assert follower.poll() == EVENTS
    assert follower.damaged == [2, 3, 5]
    path.write_bytes(WRITTEN[:-9])
    assert Follower(path).poll() == EVENTS[:-1]
    assert Follower(path).damaged == []
    path.write_bytes(b"[1]\n" + noise)
    assert follower.poll() == []
    assert follower.damaged == [3, 4, 6]


def test_a_file_that_was_cut_is_read_anew_even_if_it_has_grown_longer(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(WRITTEN)
    follower = Follower(path)
    assert follower.poll() == EVENTS
    cut(path, WRITTEN.index(b"\n") + 1)
    with path.open("ab") as file:
        file.write(WRITTEN + WRITTEN)
    assert follower.poll() == [EVENTS[0], *EVENTS, *EVENTS]
    assert follower.files == 2


def test_what_is_mapped_survives_a_cut(tmp_path: Path) -> None:
    path = tmp_path / "steps.bin"
    path.write_bytes(bytes(range(200)) * 100)
    mapped = np.memmap(path, np.uint8, mode="r")
    cut(path, 3)
    assert mapped[-1] == 199  # a truncated file would end us here
    assert path.read_bytes() == bytes(range(3))
    with pytest.raises(UserError, match="2 bytes are missing"):
        cut(path, 5)
