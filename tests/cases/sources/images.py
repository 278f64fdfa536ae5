import atexit
import tempfile
from pathlib import Path

from tests.data import image_files
from tui_dl.spec.data.images import Images

FOLDER = tempfile.TemporaryDirectory()
HERE = Path(FOLDER.name)
atexit.register(FOLDER.cleanup)

IDX = str(image_files.write_idx(HERE / "idx"))
PACKED = str(image_files.write_idx(HERE / "packed", packed=True))
CIFAR = str(image_files.write_cifar(HERE / "cifar"))
CLASSES = str(image_files.write_folder(HERE / "classes"))
PIXELS, LABELS = image_files.images(60, 6, 5)
ARRAYS = str(image_files.write_arrays(HERE / "arrays.npz", {"x": PIXELS, "y": LABELS}))

CASES = [
    Images(path=IDX),
    Images(path=PACKED, resize=(4, 12), evaluation_shift=1),
    Images(path=IDX, samples=20),
    Images(path=CIFAR),
    Images(path=CLASSES),
    Images(path=CLASSES, resize=(5, 5), validation=0.2),
    Images(path=ARRAYS),
]
