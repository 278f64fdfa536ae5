"""Images from a folder to a trained network, by the command line and from Python."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

import tui_dl
from tests.data import image_files
from tests.shell import tui_dl as shell
from tui_dl.data.images import encode_files
from tui_dl.data.known_files import find
from tui_dl.runs.home import all_runs
from tui_dl.spec.data.images import Images

QUICK = (
    "--set",
    "train.epochs=20",
    "--set",
    "train.optimizer.learning_rate=0.003",
    "--set",
    "train.early_stopping=none",
)


@pytest.mark.slow
def test_a_folder_of_images_is_trained_on(tmp_path: Path, home: Path) -> None:
    pytest.importorskip("PIL")
    image_files.write_folder(tmp_path / "pets", 90, (16, 12))
    done = shell("train", "pets", "--headless", *QUICK, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "90 colour images of 16 × 12 in 3 classes" in done.stdout
    (run,) = all_runs(home)
    assert (run.path / "data.json").exists()
    model = tui_dl.load("last")
    assert isinstance(model.experiment.data, Images)
    files = sorted((tmp_path / "pets").glob("*/*.png"))
    spec = model.experiment.data_spec
    inputs = encode_files(spec, files).inputs.reshape(-1, *spec.input.shape)
    answers = model.predict(inputs).argmax(axis=1)
    right = [
        spec.class_names[it] == file.parent.name for it, file in zip(answers, files, strict=True)
    ]
    assert np.mean(right) > 0.9
    picture = shell("show", "last", "--picture", "samples")
    assert "owl" in picture.stdout


@pytest.mark.slow
@pytest.mark.skipif(find("fashion-mnist") is None, reason="Fashion-MNIST is not on this machine")
def test_lenet5_reads_fashion_mnist(home: Path) -> None:
    """One epoch on all 51,000 images; 10 epochs reach 0.893."""
    done = subprocess.run(
        ["tui-dl", "train", "lenet5", "--headless", "--json", "--set", "data.source=fashion-mnist",
         "--set", "train.epochs=1"],
        capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["test_accuracy"] > 0.75
