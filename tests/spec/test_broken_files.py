"""Experiment files broken in every place and every way: read, or refused in one line."""

import copy
import tempfile
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.spec.lenet import places, values
from tui_dl import presets
from tui_dl.process.read_experiment import read
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError

TEXTS = {name: presets.find(name).read_bytes() for name in presets.COURSE}
RAWS = {name: tomllib.loads(text.decode()) for name, text in TEXTS.items()}
SPOTS = [(name, key) for name, raw in RAWS.items() for key in sorted(places(raw))]
HARD = st.sampled_from(
    [float("nan"), float("inf"), -float("inf"), -1, 0, 10**9, 2**63, 2**63 - 1, 1e300, 1e-300, "",
     [], {}, [[]], [{}], {"kind": 3}, {"kind": "relu"}, {"kind": "zzz"}, "all", "\x00", "a\nb"]
)  # fmt: skip
BYTES = st.sampled_from(
    [b"\xef\xbb\xbf", b"\x00", b"\xff", b"\r\n", b"\r", b"[", b"]]", b"=", b'"', b"'''", b"#",
     b"\\", b"train = 1\n", b'title = "again"\n', b"[data]\n", b"[[train]]\n", b"[network]\n", b"-"]
)  # fmt: skip


def outcome(text: str) -> None:
    """What is read comes back the same; what is refused is so in one line that begins with it."""
    try:
        experiment = parse(text, "it.toml")
    except UserError as error:
        said = str(error)
        assert said.startswith("it.toml: ")
        assert said.isprintable()
        assert len(said) < 600
    else:
        assert parse(experiment.to_toml(), "again") == experiment


def refusal(reading: Callable[[], object]) -> str:
    """What is said against it; nothing where it is read."""
    try:
        reading()
    except UserError as error:
        return str(error)
    return ""


@pytest.mark.slow
@settings(max_examples=600)
@given(st.sampled_from(SPOTS), values | HARD)
def test_whatever_stands_anywhere_in_a_preset(spot: tuple[str, str], value: Any) -> None:
    name, key = spot
    raw = copy.deepcopy(RAWS[name])
    parent, at = places(raw)[key]
    parent[at] = value
    try:
        text = tomli_w.dumps(raw)
    except ValueError:  # the writer refuses some dates and numbers itself
        return
    outcome(text)


@pytest.mark.parametrize("name", presets.COURSE)
@pytest.mark.slow
def test_whatever_a_preset_lacks_or_has_twice(name: str) -> None:
    for key in places(RAWS[name]):
        raw = copy.deepcopy(RAWS[name])
        parent, at = places(raw)[key]
        if isinstance(parent, list):
            parent.insert(at, parent[at])
            outcome(tomli_w.dumps(raw))
        del parent[at]
        outcome(tomli_w.dumps(raw))


@pytest.mark.slow
@settings(max_examples=200)
@given(st.sampled_from(SPOTS), st.text(max_size=6))
def test_whatever_a_key_is_called(spot: tuple[str, str], called: str) -> None:
    name, key = spot
    raw = copy.deepcopy(RAWS[name])
    parent, at = places(raw)[key]
    if isinstance(parent, dict):
        parent[called] = parent.pop(at)
        outcome(tomli_w.dumps(raw))


@pytest.mark.slow
@settings(max_examples=200)
@given(st.sampled_from(SPOTS), values | HARD)
@example(("lr-decay", "data.transform"), {"kind": 3})
@example(("lr-decay", "data.transform.age"), "zzz")
def test_whatever_an_override_says(spot: tuple[str, str], value: Any) -> None:
    name, key = spot
    for override in (f"{key}={value}", f"{key}[0].x={value}", f"{key}.kind={value}"):
        said = refusal(partial(read, name, [override]))
        assert not said or said.startswith(("--set ", f"{name} with --set "))


@settings(max_examples=200)
@given(st.sampled_from(presets.COURSE), st.floats(0, 1), BYTES | st.binary(max_size=4))
def test_whatever_bytes_are_put_into_a_file(name: str, where: float, put: bytes) -> None:
    text = TEXTS[name]
    at = int(where * len(text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "it.toml")
        for broken in (text[:at] + put + text[at:], text[:at] + put):
            path.write_bytes(broken)
            said = refusal(partial(read, str(path)))
            assert not said or said.startswith(f"{path}: ")
        assert [entry.name for entry in Path(folder).iterdir()] == ["it.toml"]


@pytest.mark.parametrize(
    "change", [lambda it: b"\xef\xbb\xbf" + it, lambda it: it.replace(b"\n", b"\r\n")]
)
def test_what_other_editors_write_is_read(change: Any, tmp_path: Path) -> None:
    path = tmp_path / "it.toml"
    path.write_bytes(change(TEXTS["lenet5"]))
    written = msgspec.structs.replace(read("lenet5"), chapter="")  # that is its folder's
    assert read(str(path)) == written
