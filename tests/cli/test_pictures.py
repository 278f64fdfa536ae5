"""What `show --picture` lists, draws and writes, and what it refuses."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.cases import named
from tests.fake_run import finished_run
from tests.shell import in_process, on_terminal, tui_dl
from tui_dl.protocol.artifact import Artifact
from tui_dl.runs import artifacts
from tui_dl.runs.folder import Run

DRAWN: dict[str, Artifact] = named("observers", "DRAWN")
PICTURE = "show", "last", "--picture"


@pytest.fixture
def run(home: Path) -> Run:
    """A run of three epochs of 20 steps, with pictures after the first and the third."""
    run = finished_run(home)
    for epoch in (1, 3):
        for kind in ("confusion", "samples"):
            artifacts.write(run, replace(DRAWN[kind], epoch=epoch, step=20 * epoch))
    return run


def test_what_there_is_is_listed(run: Run) -> None:
    lines = tui_dl(*PICTURE).stdout.splitlines()
    assert [line.split()[:3] for line in lines] == [
        ["confusion", "2", "moments"], ["samples", "2", "moments"],
    ]  # fmt: skip
    listed = json.loads(tui_dl(*PICTURE, "--json").stdout)
    assert listed == {"pictures": {"confusion": [20, 60], "samples": [20, 60]}}


@pytest.mark.parametrize(
    ("epoch", "title"), [((), "epoch 3, step 60"), ((2,), "epoch 1, step 20"), ((3,), "epoch 3,")]
)
def test_the_nearest_moment_is_drawn(run: Run, epoch: tuple[int, ...], title: str) -> None:
    asked = [f"--epoch={it}" for it in epoch]
    done = tui_dl(*PICTURE, "confusion", *asked)
    assert done.returncode == 0, done.stderr
    head, *lines = done.stdout.splitlines()
    assert head.startswith(f"confusion matrix, {title}")
    assert "\x1b" not in done.stdout
    assert any("1,200" in line for line in lines)


@pytest.mark.parametrize("columns", [20, 80])
def test_a_terminal_gets_colours_and_no_line_is_too_long(run: Run, columns: int) -> None:
    done = on_terminal(columns, 24, *PICTURE, "confusion")
    assert done.returncode == 0, done.stderr
    assert re.search(r"\x1b\[[0-9;]*48;5;", done.stdout)  # a ground of the palette of 256
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    assert "\x1b" not in plain
    assert max(map(cell_len, plain.splitlines())) <= columns


def test_no_colours_and_no_unicode(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = tui_dl(*PICTURE, "samples")
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    assert "ok cat" in done.stdout
    assert max(map(cell_len, done.stdout.splitlines())) <= 100


def test_an_svg_is_written(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    done = tui_dl(*PICTURE, "confusion", "--svg", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    ElementTree.fromstring(file.read_text(encoding="utf-8"))


def test_a_torn_picture_is_said(run: Run) -> None:
    path = run.artifacts / "confusion" / "60.safetensors"
    path.write_bytes(path.read_bytes()[:100])
    done = tui_dl(*PICTURE, "confusion")
    assert done.returncode == 2
    assert done.stderr == f"tui-dl: {path}: it is damaged, or no artifact: delete it\n"
    assert tui_dl(*PICTURE, "confusion", "--epoch=2").returncode == 0


def test_hostile_names_never_reach_the_terminal(run: Run) -> None:
    hostile = replace(DRAWN["confusion"], step=60, labels={"classes": ["\x1b]0;x\x07", "b", "c"]})
    artifacts.write(run, hostile)
    done = on_terminal(100, 30, *PICTURE, "confusion")
    assert "\x1b]0" not in done.stdout


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--picture", "confusio"), "no picture confusio"),
        (("--picture", "filters"), "no picture filters; known: confusion, samples"),
        (("--picture", "confusion", "--epoch", "9"), "--epoch 9: no such epoch"),
        (("--picture", "confusion", "--json"), "--json: a picture is none"),
        (("--picture", "--epoch", "2"), "--epoch: it needs a picture"),
        (("--svg", "x.svg"), "--svg: it needs a picture"),
        (("--picture", "confusion", "--svg", "/dev/null/x.svg"), "cannot be written"),
        (("--picture", "confusion", "--svg", "/dev/null"), "it is a device: give a file"),
    ],
)
def test_what_is_refused(run: Run, asked: tuple[str, ...], says: str) -> None:
    done = in_process("show", "last", *asked)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert says in line


def test_a_run_without_pictures(home: Path) -> None:
    finished_run(home)
    for asked in ((), ("confusion",)):
        done = tui_dl(*PICTURE, *asked)
        assert done.returncode == 2
        assert "picture" in done.stderr
