"""Experiments of images: what is found, the proposed network, paths, and files that change."""

import json
from pathlib import Path

import numpy as np
import pytest

import tui_dl
from tests.data import image_files
from tests.shell import tui_dl as shell
from tui_dl import data
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import Failed
from tui_dl.spec.data.images import Images
from tui_dl.spec.layers.products import Conv2d
from tui_dl.support.errors import UserError


def test_what_a_folder_holds_is_said_in_one_line(tmp_path: Path) -> None:
    image_files.write_idx(tmp_path / "scans")
    done = shell("data", "scans", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    line = (
        f"{tmp_path / 'scans'}: 90 grey images of 9 × 7 in 3 classes: 51 to train on (the files' "
        "own), 9 to validate with, 30 to test with (the files' own)"
    )
    assert line in done.stdout.splitlines()
    facts = json.loads(shell("data", "scans", "--json", cwd=tmp_path).stdout)
    assert facts["splits"] == {"train": 51, "validation": 9, "test": 30}
    assert facts["classes"] == {"0": 17, "1": 17, "2": 17}
    resized = shell("check", "scans", "--set", "data.resize=[12, 12]", cwd=tmp_path)
    assert "in 3 classes, resized to 12 × 12: 51 to train on" in resized.stdout


@pytest.mark.parametrize(
    ("side", "convolutions", "pools"), [(4, 1, 0), (8, 1, 1), (28, 2, 2), (64, 3, 3)]
)
def test_a_network_is_proposed_by_the_size(
    side: int, convolutions: int, pools: int, tmp_path: Path
) -> None:
    pixels, labels = image_files.images(40, side, side)
    path = image_files.write_arrays(tmp_path / "it.npz", {"x": pixels, "y": labels})
    experiment = read(path, ["train.epochs=7"])
    kinds = [node.name.rpartition("_")[0] for node in experiment.nodes]
    assert sum(isinstance(it, Conv2d) for it in experiment.network) == convolutions
    assert kinds.count("max_pool2d") == pools
    assert experiment.nodes[-1].output.shape == (3,)
    assert experiment.train.epochs == 7


def test_paths_in_a_file_are_relative_to_it(tmp_path: Path) -> None:
    image_files.write_idx(tmp_path / "scans")
    text = (
        'title = "x"\ndata = { source = "scans/" }\n'
        'network = [{ kind = "flatten" }, { kind = "dense", units = 3 }]\n'
    )
    (tmp_path / "it.toml").write_text(text)
    source = read(tmp_path / "it.toml").data
    assert isinstance(source, Images)
    assert source.path == str(tmp_path / "scans")
    again = read(tmp_path / "it.toml", ["data.samples=9"])
    assert again.data_spec.splits == (9, 9, 30)


def test_other_files_than_those_that_a_run_began_with_are_refused(tmp_path: Path) -> None:
    folder = image_files.write_idx(tmp_path / "scans")
    experiment = read(folder)
    labels = folder / "t10k-labels-idx1-ubyte"
    labels.write_bytes(image_files.idx(np.arange(30, dtype=np.uint8) % 3)[:-1] + b"\1")
    with pytest.raises(UserError, match="put that one back"):
        data.load(experiment.data, experiment.train.seed, experiment.data_spec)
    events = tui_dl.train(folder)
    labels.unlink()
    failed = list(events)[-1]
    assert isinstance(failed, Failed)
    assert "No such file" in failed.reason
