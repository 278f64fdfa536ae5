"""Images are read from every layout as they were written."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.data import image_files
from tui_dl import data
from tui_dl.data.images import encode_files
from tui_dl.data.readers.read_images import read_images
from tui_dl.data.resize import resize, resize_smoothly
from tui_dl.spec.data.images import Images

Image = pytest.importorskip("PIL.Image")


def test_idx_files_have_their_own_parts(tmp_path: Path) -> None:
    for packed in (False, True):
        found = read_images(image_files.write_idx(tmp_path / str(packed), packed=packed), None)
        assert list(found.parts) == ["test", "train"] or list(found.parts) == ["train", "test"]
        for part, count, seed in (("train", 60, 0), ("test", 30, 1)):
            pixels, labels = image_files.images(count, 9, 7, seed=seed)
            np.testing.assert_array_equal(found.parts[part].images[:, 0], pixels)  # type: ignore[index]
            np.testing.assert_array_equal(found.parts[part].labels, labels)  # type: ignore[index]
        assert found.class_names == ("0", "1", "2")


def test_an_unpacked_file_is_read_in_place_of_the_packed_one(tmp_path: Path) -> None:
    image_files.write_idx(tmp_path)
    for file in list(tmp_path.iterdir()):
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(b"not this"))
    assert len(read_images(tmp_path, None).parts["train"].labels) == 60


def test_a_file_of_a_pair_brings_the_test_images_beside_it(tmp_path: Path) -> None:
    image_files.write_idx(tmp_path)
    both = read_images(tmp_path / "train-images-idx3-ubyte", None)
    assert {part: len(it.labels) for part, it in both.parts.items()} == {"train": 60, "test": 30}
    alone = read_images(tmp_path / "t10k-images-idx3-ubyte", None)
    assert {part: len(it.labels) for part, it in alone.parts.items()} == {"all": 30}


def test_cifar_files(tmp_path: Path) -> None:
    found = read_images(image_files.write_cifar(tmp_path), None)
    assert {part: len(it.labels) for part, it in found.parts.items()} == {"train": 80, "test": 40}
    assert found.shape == (3, 32, 32)
    assert found.class_names[3] == "cat"
    second, _ = image_files.images(40, 3, 32, 32, seed=1, classes=10)
    np.testing.assert_array_equal(found.parts["train"].images[40:], second)


PIXELS, LABELS = image_files.images(30, 6, 5)
COLOURS, _ = image_files.images(30, 6, 5, 3)


@pytest.mark.parametrize(
    ("arrays", "parts", "shape"),
    [
        ({"x": PIXELS, "y": LABELS}, {"all": 30}, (1, 6, 5)),
        ({"X": PIXELS[..., None], "Y": LABELS[:, None]}, {"all": 30}, (1, 6, 5)),
        ({"images": COLOURS, "labels": LABELS}, {"all": 30}, (3, 6, 5)),
        ({"data": np.moveaxis(COLOURS, 3, 1), "target": LABELS}, {"all": 30}, (3, 6, 5)),
        (
            {"x_train": PIXELS, "y_train": LABELS, "x_test": PIXELS, "y_test": LABELS},
            {"train": 30, "test": 30},
            (1, 6, 5),
        ),
        (
            {
                f"{part}_{kind}": array
                for part in ("train", "val", "test")
                for kind, array in (("images", PIXELS), ("labels", LABELS))
            },
            {"train": 30, "validation": 30, "test": 30},
            (1, 6, 5),
        ),
    ],
)
def test_arrays_by_their_names(
    arrays: dict[str, Any], parts: dict[str, int], shape: tuple[int, ...], tmp_path: Path
) -> None:
    found = read_images(image_files.write_arrays(tmp_path / "it.npz", arrays), None)
    assert {part: len(it.labels) for part, it in found.parts.items()} == parts
    assert found.shape == shape
    for name, array in arrays.items():
        np.save(tmp_path / f"{name}.npy", array)
    (tmp_path / "it.npz").unlink()
    again = read_images(tmp_path, None)
    for part, it in found.parts.items():
        np.testing.assert_array_equal(again.parts[part].images, it.images)


@pytest.mark.parametrize(
    "scaled",
    [
        PIXELS.astype(np.int64),
        PIXELS.astype(np.float64),
        np.asfortranarray(PIXELS.astype(np.float32) / 255),
        PIXELS.astype(">f8") / 255,
    ],
)
def test_pixels_of_other_kinds_mean_the_same(scaled: Any, tmp_path: Path) -> None:
    expected = data.load(image_source(tmp_path / "a.npz", PIXELS), 0)
    found = data.load(image_source(tmp_path / "b.npz", scaled), 0)
    np.testing.assert_allclose(found.train.inputs, expected.train.inputs, atol=1e-6)


def image_source(path: Path, pixels: Any) -> Images:
    return Images(path=str(image_files.write_arrays(path, {"x": pixels, "y": LABELS})))


def test_labels_are_numbered_in_their_order(tmp_path: Path) -> None:
    for labels, names in (
        (LABELS.astype(int) * 2 + 1, ("1", "3", "5")),
        (np.array(["owl", "cat", "dog"])[LABELS], ("cat", "dog", "owl")),
    ):
        arrays = {"x": PIXELS, "y": labels}
        found = read_images(image_files.write_arrays(tmp_path / "it.npz", arrays), None)
        assert found.class_names == names
        assert [found.class_names[it] for it in found.parts["all"].labels] == list(map(str, labels))


@pytest.mark.parametrize(("mode", "channels"), [("L", 1), ("RGB", 3), ("RGBA", 3)])
def test_a_folder_for_each_class(mode: str, channels: int, tmp_path: Path) -> None:
    found = read_images(image_files.write_folder(tmp_path, mode=mode), None)
    assert found.class_names == ("cat", "dog", "owl")
    assert found.shape == (channels, 8, 6)
    shape = {"L": (8, 6), "RGB": (8, 6, 3), "RGBA": (8, 6, 4)}[mode]
    pixels, labels = image_files.images(36, *shape)
    cats = pixels[labels == 0]
    expected = cats[:, None] if mode == "L" else np.moveaxis(cats[..., :3], 3, 1)
    np.testing.assert_array_equal(found.parts["all"].images[:12], expected)


def test_folders_of_parts_and_images_of_several_sizes(tmp_path: Path) -> None:
    image_files.write_folder(tmp_path / "train", 36, (8, 6))
    image_files.write_folder(tmp_path / "val", 9, (16, 12))
    image_files.write_folder(tmp_path / "test", 12, (4, 30), "L")
    spec, source = data.inspect(Images(path=str(tmp_path), resize=(5, 5)), 0)
    assert spec.splits == (36, 9, 12)
    assert spec.input.shape == (3, 5, 5)
    dataset = data.load(source, 0, spec)
    assert len(dataset.validation) == 9
    test = dataset.test.inputs.reshape(-1, 3, 25)
    np.testing.assert_array_equal(test[:, 0], test[:, 2])  # greys


def test_a_photograph_is_turned_as_the_camera_was_held(tmp_path: Path) -> None:
    image_files.write_folder(tmp_path)
    turned = Image.fromarray(np.tile(np.array([[0], [255]], np.uint8).repeat(4, 0), (1, 6)))
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter to the right
    turned.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "cat" / "a.png", exif=exif)
    found = read_images(tmp_path, None)
    image = next(it for it in found.parts["all"].images if it.max() == 255)
    assert image.shape == (3, 8, 6)
    assert image[0, 0].max() == 0
    assert image[0, -1].min() == 255


def test_files_are_encoded_as_those_that_were_trained_on(tmp_path: Path) -> None:
    image_files.write_folder(tmp_path, mode="L")
    source = Images(path=str(tmp_path), resize=(5, 9))
    spec, _ = data.inspect(source, 0)
    files = sorted(tmp_path.glob("*/*.png"))
    encoded = encode_files(spec, files)
    assert encoded.inputs.shape == (36, 45)
    dataset = data.load(source, 0, spec)
    rows = np.concatenate([it.inputs for it in (dataset.train, dataset.validation, dataset.test)])
    assert sorted(map(bytes, rows)) == sorted(map(bytes, encoded.inputs))
    (tmp_path / "broken.png").write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"broken\.png: no image"):
        encode_files(spec, [files[0], tmp_path / "broken.png"])
    with pytest.raises(ValueError, match="at least one file"):
        encode_files(spec, [])


def test_smaller_images_are_weighted_means() -> None:
    image = np.random.default_rng(0).random((2, 30, 17), np.float32)
    small = resize_smoothly(image, 7, 5)
    exact = Image.fromarray(image[1]).resize((5, 7), Image.Resampling.BILINEAR)
    np.testing.assert_allclose(small[1], np.asarray(exact), atol=1e-5)
    np.testing.assert_array_equal(resize_smoothly(image, 31, 40), resize(image, 31, 40))


def test_fewer_images_to_train_on_leave_the_others_as_they_are(tmp_path: Path) -> None:
    path = str(image_files.write_idx(tmp_path))
    whole, few = (data.load(Images(path=path, samples=it), 3) for it in (None, 12))
    np.testing.assert_array_equal(whole.validation.inputs, few.validation.inputs)
    np.testing.assert_array_equal(whole.test.inputs, few.test.inputs)
    assert np.bincount(few.train.targets).tolist() == [4, 4, 4]
    rows = set(map(bytes, whole.train.inputs))
    assert all(bytes(it) in rows for it in few.train.inputs)
