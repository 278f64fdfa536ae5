"""The artifacts nearest to a moment: each is read once, and what is wrong with one is said."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cases import named
from tui_dl.protocol.artifact import Artifact
from tui_dl.runs import artifacts
from tui_dl.runs.artifact_follower import ArtifactFollower
from tui_dl.runs.folder import Run

DRAWN: dict[str, Artifact] = named("observers", "DRAWN")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run = Run(tmp_path / "run")
    run.path.mkdir()
    for step in (20, 40):
        artifacts.write(run, replace(DRAWN["confusion"], step=step))
    artifacts.write(run, replace(DRAWN["samples"], step=40))
    return run


def test_the_nearest_ones_are_found_and_read_once(run: Run) -> None:
    follower = ArtifactFollower(run)
    assert follower.at(19) == ()
    (only,) = follower.at(25)
    assert only.kind == "confusion"
    assert only.artifact == replace(DRAWN["confusion"], step=20)
    assert follower.at(39)[0] is only
    both = follower.at(50)
    assert [(it.kind, it.artifact and it.artifact.step) for it in both] == [
        ("confusion", 40), ("samples", 40),
    ]  # fmt: skip
    assert [it is before for it, before in zip(follower.at(None), both, strict=True)] == [True] * 2
    assert [it.kind for it in ArtifactFollower(run, ("samples",)).at(None)] == ["samples"]


def test_at_the_end_those_of_the_final_weights_are_shown(run: Run) -> None:
    final = replace(DRAWN["confusion"], step=40, epoch=1, is_final=True)
    artifacts.write(run, final)
    follower = ArtifactFollower(run)
    assert follower.at(None)[0].artifact == final
    assert follower.at(40)[0].artifact == replace(DRAWN["confusion"], step=40)


def test_what_is_wrong_is_said_and_forgotten_once_it_is_mended(run: Run) -> None:
    follower, path = ArtifactFollower(run), run.artifacts / "confusion" / "40.safetensors"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    torn, samples = follower.at(None)
    assert torn.artifact is None
    assert "damaged" in torn.problem
    assert samples.artifact is not None
    path.write_bytes(whole)
    assert follower.at(None)[0].artifact is not None
    path.unlink()
    path.mkdir()
    assert "it is a folder, not a file" in follower.at(None)[0].problem


def test_a_run_that_is_deleted_has_none(run: Run) -> None:
    follower = ArtifactFollower(run)
    assert follower.at(None)
    shutil.rmtree(run.path)
    assert follower.at(None) == ()
