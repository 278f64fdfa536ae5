"""Artifacts of a run: written, found, read and pruned, whatever else is in their folder."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cases import named
from tui_dl.protocol.artifact import Artifact
from tui_dl.runs import artifacts
from tui_dl.runs.folder import Run
from tui_dl.support.errors import UserError

ONE: Artifact = named("observers", "DRAWN")["confusion"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run = Run(tmp_path)
    for step in (20, 40, 100):
        artifacts.write(run, replace(ONE, step=step))
    return run


def path(run: Run, step: int) -> Path:
    return run.artifacts / "confusion" / f"{step}.safetensors"


def test_the_nearest_one_before_a_step_is_found(run: Run) -> None:
    assert artifacts.kinds(run) == ["confusion"]
    assert artifacts.steps(run, "confusion") == [20, 40, 100]
    nearest = [artifacts.nearest(run, "confusion", step) for step in (0, 19, 20, 99, 100, 999)]
    assert nearest == [None, None, 20, 40, 100, 100]
    assert artifacts.nearest(run, "confusion") == 100
    assert artifacts.nearest(run, "samples") is None
    assert artifacts.read(run, "confusion", 40) == replace(ONE, step=40)


def test_a_run_without_artifacts_has_none(tmp_path: Path) -> None:
    assert artifacts.kinds(Run(tmp_path / "none")) == []
    assert artifacts.steps(Run(tmp_path), "confusion") == []
    artifacts.prune(Run(tmp_path), 0)
    with pytest.raises(UserError, match="cannot be read: No such file"):
        artifacts.read(Run(tmp_path), "confusion", 1)


def test_the_folder_of_a_run_that_is_removed_does_not_come_back(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        artifacts.write(Run(tmp_path / "removed"), ONE)
    assert not (tmp_path / "removed").exists()


def test_others_are_removed_once_one_is_written(run: Run) -> None:
    artifacts.write(run, replace(ONE, step=120, replaces=(20, 60, 100)))
    assert artifacts.steps(run, "confusion") == [40, 120]
    assert not list(run.artifacts.rglob(".*"))


def test_pruning_leaves_what_was_before(run: Run) -> None:
    (run.artifacts / "confusion" / ".60.safetensors.999999999").touch()
    (run.artifacts / "notes.txt").touch()
    artifacts.prune(run, 40)
    assert artifacts.steps(run, "confusion") == [20, 40]
    assert sorted(it.name for it in run.artifacts.iterdir()) == ["confusion", "notes.txt"]
    assert not list(run.artifacts.rglob(".*"))


def test_foreign_files_are_not_listed(run: Run, tmp_path: Path) -> None:
    for name in ("x.safetensors", "-1.safetensors", "3.txt", "07.safetensors", "٣.safetensors"):
        (run.artifacts / "confusion" / name).touch()
    (run.artifacts / "Upper").mkdir()
    (run.artifacts / "\x1b[2J").mkdir()
    (run.artifacts / "samples").symlink_to(run.artifacts / "confusion")
    assert artifacts.kinds(run) == ["confusion"]
    assert artifacts.steps(run, "confusion") == [20, 40, 100]
    artifacts.prune(run, 0)
    assert (run.artifacts / "confusion" / "3.txt").exists()


def test_what_is_misplaced_is_said(run: Run) -> None:
    (run.artifacts / "samples").write_text("")
    path(run, 20).unlink()
    path(run, 20).mkdir()
    assert list(artifacts.misplaced(run.path)) == [
        "artifacts/confusion/20.safetensors is a folder, not a file",
        "artifacts/samples is a file, not a folder",
    ]


def test_what_cannot_be_read_is_said(run: Run) -> None:
    path(run, 20).write_bytes(path(run, 20).read_bytes()[:-1])
    with pytest.raises(UserError, match=r"20\.safetensors: it is damaged"):
        artifacts.read(run, "confusion", 20)
    path(run, 40).write_bytes(path(run, 100).read_bytes())
    with pytest.raises(UserError, match="it is confusion of step 100"):
        artifacts.read(run, "confusion", 40)
    path(run, 100).unlink()
    path(run, 100).mkdir()
    with pytest.raises(UserError, match="it is a folder, not a file"):
        artifacts.read(run, "confusion", 100)
    path(run, 200).write_bytes(bytes(2 << 20))
    with pytest.raises(UserError, match="more than"):
        artifacts.read(run, "confusion", 200)


def test_that_of_the_final_weights_is_beside_the_others(run: Run) -> None:
    final = replace(ONE, step=100, epoch=2, is_final=True)
    artifacts.write(run, final)
    assert artifacts.steps(run, "confusion") == [20, 40, 100]
    assert artifacts.has_final(run, "confusion")
    assert artifacts.nearest(run, "confusion", 100) == 100
    assert artifacts.nearest(run, "confusion") == artifacts.FINAL
    assert artifacts.read(run, "confusion", artifacts.FINAL) == final
    assert artifacts.read(run, "confusion", 100) == replace(ONE, step=100)
    for step in (20, 100):  # once the run goes on there are other final weights
        artifacts.prune(run, step)
        assert not artifacts.has_final(run, "confusion")


def test_a_run_may_have_final_ones_alone(tmp_path: Path) -> None:
    run = Run(tmp_path)
    artifacts.write(run, replace(ONE, is_final=True))
    assert artifacts.kinds(run) == ["confusion"]
    assert artifacts.nearest(run, "confusion", 10**9) is None
    path(run, 60).write_bytes((run.artifacts / "confusion" / "final.safetensors").read_bytes())
    with pytest.raises(UserError, match=r"60\.safetensors: it is confusion final: delete it"):
        artifacts.read(run, "confusion", 60)
