"""The data sets that can be downloaded: their files, where those are, and their checksums.

The checksums are SHA-256 of the files as they are published. Any address may serve a file, for what
does not have its checksum is thrown away.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tui_dl.support.command_line import command_line
from tui_dl.support.data_home import data_home
from tui_dl.support.errors import UserError


class KnownFile(NamedTuple):
    """A file of a data set.

    Attributes:
        name: in the folder of the data set.
        size: bytes.
        sha256: in hexadecimal.
        addresses: where it may be had; the next one is tried where one fails.
    """

    name: str
    size: int
    sha256: str
    addresses: tuple[str, ...]


class KnownSet(NamedTuple):
    """A data set.

    Attributes:
        title: what it holds, in a line.
        licence: on which terms.
        files: all that belongs to it.
        installed: the folder in which a package of the system has the files, and that package.
        class_names: in the order of the classes' numbers; empty where the files say them.
        table: the name of the table that is made of the files; empty where none is.
    """

    title: str
    licence: str
    files: tuple[KnownFile, ...]
    installed: tuple[str, str] = ("", "")
    class_names: tuple[str, ...] = ()
    table: str = ""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(it.size for it in self.files)


def _idx(addresses: tuple[str, ...], *files: tuple[str, int, str]) -> tuple[KnownFile, ...]:
    """Files that each of some folders has under their names."""
    return tuple(
        KnownFile(name, size, sha256, tuple(f"{folder}/{name}" for folder in addresses))
        for name, size, sha256 in files
    )


KNOWN: dict[str, KnownSet] = {
    # Krizhevsky 2009. Address: the author's page; class names: its batches.meta.txt. The second
    # address is the copy that Swift for TensorFlow's datasets name.
    "cifar-10": KnownSet(
        "60,000 photographs of 32 × 32 in colour, of ten kinds of animals and vehicles",
        "no licence stated",
        (
            KnownFile(
                "cifar-10-binary.tar.gz",
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                (
                    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                    "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/"
                    "cifar-10-binary.tar.gz",
                ),
            ),
        ),
    ),
    # Xiao, Rasul & Vollgraf 2017. Addresses: Keras's datasets, torchvision's, and the authors'
    # repository; checksums: Keras's keras/src/datasets/fashion_mnist.py.
    "fashion-mnist": KnownSet(
        "70,000 pictures of 28 × 28 greys of ten kinds of clothes, shoes and bags",
        "MIT",
        _idx(
            (
                "https://storage.googleapis.com/tensorflow/tf-keras-datasets",
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
                "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion",
            ),
            (
                "train-images-idx3-ubyte.gz",
                26_421_880,
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            ),
            (
                "train-labels-idx1-ubyte.gz",
                29_515,
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            ),
            (
                "t10k-images-idx3-ubyte.gz",
                4_422_102,
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            ),
            (
                "t10k-labels-idx1-ubyte.gz",
                5_148,
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            ),
        ),
        ("/usr/share/datasets/fashion-mnist", "dataset-fashion-mnist"),
        (
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
            "Bag", "Ankle boot",
        ),
    ),
    # LeCun, Cortes & Burges. Addresses: torchvision's mirror, the one of TensorFlow's datasets, and
    # the authors' page; checksums: those of the files that torchvision names by their MD5.
    "mnist": KnownSet(
        "70,000 handwritten digits of 28 × 28 greys",
        "CC BY-SA 3.0",
        _idx(
            (
                "https://ossci-datasets.s3.amazonaws.com/mnist",
                "https://storage.googleapis.com/cvdf-datasets/mnist",
                "http://yann.lecun.com/exdb/mnist",
            ),
            (
                "train-images-idx3-ubyte.gz",
                9_912_422,
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            ),
            (
                "train-labels-idx1-ubyte.gz",
                28_881,
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            ),
            (
                "t10k-images-idx3-ubyte.gz",
                1_648_877,
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            ),
            (
                "t10k-labels-idx1-ubyte.gz",
                4_542,
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
            ),
        ),
    ),
    # Almeida, Gómez Hidalgo & Yamakami 2011. Addresses: the archive's page for the data set
    # (doi.org/10.24432/C5CC84), new and old. The checksum is that of MLDatasets.jl, too; size and
    # checksum are those that several public projects report that fetched it in 2026.
    "sms-spam": KnownSet(
        "5,574 text messages in English, ham or spam",
        "CC BY 4.0",
        (
            KnownFile(
                "sms+spam+collection.zip",
                203_415,
                "1587ea43e58e82b14ff1f5425c88e17f8496bfcdb67a583dbff9eefaf9963ce3",
                (
                    "https://archive.ics.uci.edu/static/public/228/sms+spam+collection.zip",
                    "https://archive.ics.uci.edu/ml/machine-learning-databases/00228/"
                    "smsspamcollection.zip",
                ),
            ),
        ),
        table="sms-spam.csv",
    ),
}  # fmt: skip


def folder_of(name: str) -> Path:
    """The folder of a data set's files: installed by the system, or downloaded.

    Raises:
        UserError: they are not there; the message has the command that gets them.
    """
    place = find(name)
    if place is None:
        package = KNOWN[name].installed[1]
        other = f", or install the package {package} of Debian" if package else ""
        raise UserError(f"{name} is not on this machine: `{command_line('download', name)}`{other}")
    return place


def find(name: str) -> Path | None:
    """The folder of a data set's files; None where they are not there."""
    known = KNOWN[name]
    installed, own = Path(known.installed[0] or "/nowhere"), data_home() / name
    names = [it.name for it in known.files] + [known.table] * bool(known.table)
    for place in (installed, own):
        if all((place / it).is_file() for it in names):
            return place
    return None
