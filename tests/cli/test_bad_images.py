"""What are no images to learn from is refused in one line by every command, and leaves nothing."""

import gzip
import io
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tui_dl
from tests.data import image_files
from tui_dl.cli.main import main
from tui_dl.data.readers import file_bytes
from tui_dl.support.errors import UserError
from tui_dl.support.machine_memory import Available

pytest.importorskip("PIL")

PIXELS, LABELS = image_files.images(60, 9, 7)
TRAIN, TRAIN_LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"


def idx(**files: bytes | None) -> Callable[[Path], Path]:
    """A folder of IDX files, some of which have another content, or are missing."""

    def write(folder: Path) -> Path:
        image_files.write_idx(folder)
        for name, content in files.items():
            path = folder / name.replace("_", "-")
            path.unlink()
            if content is not None:
                path.write_bytes(content)
        return folder

    return write


def named(images: bytes = image_files.idx(PIXELS), labels: bytes | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {TRAIN.replace("-", "_"): images}
    if labels is not None:
        found[TRAIN_LABELS.replace("-", "_")] = labels
    return found


def arrays(**given: Any) -> Callable[[Path], Path]:
    return lambda folder: image_files.write_arrays(folder / "it.npz", given)


def content(name: str, data: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return write


def classes(change: Callable[[Path], Any]) -> Callable[[Path], Path]:
    """Folders of images of which something was changed."""

    def write(folder: Path) -> Path:
        image_files.write_folder(folder)
        change(folder)
        return folder

    return write


def objects() -> bytes:
    """Arrays that a pickle would have to restore."""
    file = io.BytesIO()
    np.savez(file, x=np.array([{"a": 1}] * 9, object), y=np.arange(9))
    return file.getvalue()


def zipped(array: bytes) -> bytes:
    """An archive with this in place of an array."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x.npy", array)
        archive.writestr("y.npy", array)
    return file.getvalue()


def bomb() -> bytes:
    """A PNG image whose header says that it has 10 billion pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


WHOLE = image_files.idx(PIXELS)
FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "cut off": (idx(**named(WHOLE[:-9])), "9 of 3,780 bytes are missing at its end"),
    "header cut off": (idx(**named(WHOLE[:9])), "bytes are missing"),
    "empty": (idx(**named(b"")), "is empty"),
    "longer": (idx(**named(WHOLE + b"x")), "goes on after its 3,780 bytes"),
    "magic": (
        idx(**named(b"\0\0\x0d\x03" + WHOLE[4:])),
        "begins with 00 00 0d 03, not 00 00 08 03",
    ),
    "labels as images": (idx(**named(image_files.idx(LABELS))), "begins with 00 00 08 01"),
    "fewer labels": (idx(**named(labels=image_files.idx(LABELS[:50]))), "60 images and train-"),
    "no labels": (idx(**{TRAIN_LABELS.replace("-", "_"): None}), "No such file"),
    "no images in it": (idx(**named(image_files.idx(PIXELS[:0]))), "holds nothing"),
    "claims terabytes": (
        idx(**named(WHOLE[:4] + struct.pack(">III", *[60_000] * 3) + b"x")),
        "of memory and",
    ),
    "gzip cut off": (idx(**named(gzip.compress(WHOLE)[:-30])), "damaged after"),
    "gzip of rubbish": (idx(**named(b"\x1f\x8b rubbish")), "damaged after 0"),
    "another size": (
        idx(**named(image_files.idx(image_files.images(60, 5, 7)[0]))),
        "images of test have shape 1 × 9 × 7, those of train 1 × 5 × 7",
    ),
    "strange class": (
        idx(**named(labels=image_files.idx(LABELS.clip(max=1)))),
        "class 2 of test has no image to train on",
    ),
    "one class": (arrays(x=PIXELS, y=LABELS * 0), "only one class, 0"),
    "few": (arrays(x=PIXELS[:5], y=LABELS[:5]), "5 images: give at least 8"),
    "counts": (arrays(x=PIXELS, y=LABELS[:50]), "60 images and 50 labels"),
    "objects": (content("it.npz", objects()), "holds Python objects, which are never opened"),
    "pickle": (content("it.npz", zipped(b"\x80\x04\x95 a pickle")), "no array of NumPy"),
    "one array": (content("it.npy", b""), "name the arrays x and y, or"),
    "no arrays": (content("it.npz", b"PK\x05\x06" + bytes(18)), "no images with labels"),
    "rubbish": (content("it.npz", b"rubbish"), "no file of arrays"),
    "names": (arrays(a=PIXELS, b=LABELS), "name the arrays x and y"),
    "flat": (arrays(x=PIXELS.reshape(60, -1), y=LABELS), "an array of 60 × 63 is none of images"),
    "four channels": (arrays(x=np.zeros((9, 5, 5, 4)), y=LABELS[:9]), "1 or 3 channels"),
    "negative": (arrays(x=PIXELS.astype(float) - 100, y=LABELS), "pixels are 0 to 255"),
    "nan": (arrays(x=PIXELS * np.nan, y=LABELS), "numbers from nan to nan"),
    "complex": (arrays(x=PIXELS.astype(complex), y=LABELS), "pixels are numbers"),
    "one-hot": (arrays(x=PIXELS, y=np.eye(3)[LABELS]), "are no labels"),
    "control characters": (
        arrays(x=PIXELS, y=np.array(["a\x1b[31m", "b", "c"])[LABELS]),
        "cannot be the name of a class",
    ),
    "batch": (content("data_batch_1.bin", bytes(3072)), "are no multiple of 3,073"),
    "batch class": (content("data_batch_1.bin", bytes([10] + [0] * 3072) * 9), "has class 10"),
    "archive": (content("cifar-10-binary.tar.gz", gzip.compress(b"x" * 999)), "a damaged archive"),
    "broken PNG": (
        classes(lambda it: (it / "cat" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n rubbish")),
        "a.png: ",
    ),
    "cut PNG": (
        classes(lambda it: os.truncate(it / "cat" / "000.png", 90)),
        "000.png: a broken image",
    ),
    "no PNG": (classes(lambda it: (it / "owl" / "b.png").write_bytes(b"no")), "b.png: no image"),
    "bomb": (classes(lambda it: (it / "owl" / "c.png").write_bytes(bomb())), "too many pixels"),
    "sizes": (
        classes(lambda it: image_files.write_folder(it / "dog" / "more", 8, (5, 6))),
        "5 × 6 pixels, and 000.png 8 × 6: give one size with data.resize",
    ),
    "empty class": (classes(lambda it: (it / "pig").mkdir()), "pig: a folder without images"),
    "class name": (
        classes(lambda it: (it / "owl").rename(it / "o\x1b[31mwl")),
        "cannot be the name of a class",
    ),
}


def check_refused(path: Path, says: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command that reads images refuses these, and so does Python."""
    before = sorted(path.parent.rglob("*"))
    for command in (["data"], ["check"], ["train", "--headless"]):
        assert main([*command, str(path)]) == 2
        printed = capsys.readouterr()
        assert not printed.out
        assert printed.err.startswith("tui-dl: ")
        assert printed.err.count("\n") == 1
        assert "\x1b" not in printed.err
        assert says in printed.err
        assert len(printed.err) < 400 + 2 * len(str(path))
    with pytest.raises(UserError) as caught:
        tui_dl.train(path)
    assert says in str(caught.value)
    assert not home.exists()
    assert sorted(path.parent.rglob("*")) == before


@pytest.mark.parametrize("name", FILES)
def test_bad_images(
    name: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write, says = FILES[name]
    here = tmp_path / "here"
    here.mkdir()
    check_refused(write(here), says, home, capsys)


def test_a_folder_without_images(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here" / "inner").mkdir(parents=True)
    check_refused(tmp_path / "here", "a folder without images: name a file in it", home, capsys)
    assert main(["check", "lenet5", "--set", f"data.source={tmp_path / 'here'}"]) == 2
    assert "no images: give a folder with a folder of images for each class" in (
        capsys.readouterr().err
    )


def test_without_pillow_it_is_said_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    image_files.write_folder(tmp_path)
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert main(["train", str(tmp_path), "--headless"]) == 2
    error = capsys.readouterr().err
    assert f"{tmp_path}: a folder of images needs pillow, which is not installed: `" in error
    assert "install pillow`" in error
    assert error.count("\n") == 1


def test_a_name_that_no_file_can_have(capsys: pytest.CaptureFixture[str]) -> None:
    changes = ["--set", 'data={source="images", path="a\\u0000b"}']
    assert main(["check", "lenet5", *changes]) == 2
    assert "no file can have this name" in capsys.readouterr().err


def test_a_data_set_that_was_not_downloaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["train", "mnist", "--headless"], ["check", "cifar-10"]):
        assert main(arguments) == 2
        says = f"{arguments[1]} is not on this machine: `tui-dl download {arguments[1]}`\n"
        assert capsys.readouterr().err == f"tui-dl: {says}"


def test_images_that_do_not_fit_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    image_files.write_idx(tmp_path, 5_000)
    monkeypatch.setattr(file_bytes, "available", lambda: Available(1 << 17, float("inf")))
    assert main(["check", str(tmp_path)]) == 2
    assert "give fewer or smaller images" in capsys.readouterr().err
    monkeypatch.undo()
    assert main(["check", str(tmp_path), "--set", "data.resize=[3000, 3000]"]) == 2
    assert "for the samples: lower data.samples" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        (["data.name=mnist"], "give a path or a name"),
        (["data.resize=[0, 3]"], "expected a whole number >= 1"),
        (["data.samples=0"], "expected a whole number >= 1"),
        (["data.evaluation_shift=7"], "can take an image of 9 × 7 out of sight"),
        (["data.augment=[{kind='shift', pixels=9}]"], "can take an image of 9 × 7 out of sight"),
        (["data.size=3"], "unknown key"),
    ],
)
def test_wrong_keys(
    overrides: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image_files.write_idx(tmp_path)
    assert main(["check", str(tmp_path), "--set", *overrides]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
