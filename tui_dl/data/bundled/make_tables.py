"""Makes the bundled tables from scikit-learn's copies: ``python make_tables.py``.

Sources and licences are in README.md. The numbers are unchanged, in their original units; classes
are words.
"""

import csv
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine

FOLDER = Path(__file__).parent
CULTIVARS = ["Barolo", "Grignolino", "Barbera"]  # Forina et al. 1986; UCI's file has 1 to 3
BLOOD = {
    "s1": "total cholesterol",
    "s2": "low-density lipoproteins",
    "s3": "high-density lipoproteins",
    "s4": "cholesterol ratio",
    "s5": "log triglycerides",
    "s6": "blood sugar",
    "bp": "blood pressure",
}


def write(name: str, columns: list[str], rows: np.ndarray, target: str, answers: list[str]) -> None:
    """Write a table with its target as the last column."""
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([*columns, target])
        for row, answer in zip(rows, answers, strict=True):
            table.writerow([*(number(it) for it in row), answer])


def number(value: float) -> str:
    """The shortest decimal number that is read as `value`."""
    return np.format_float_positional(value, trim="-")


def classes(names: list[str], labels: np.ndarray) -> list[str]:
    """The name of each label."""
    return [str(names[label]) for label in labels]


iris, wine, cancer = load_iris(), load_wine(), load_breast_cancer()
diabetes = load_diabetes(scaled=False)
named = [BLOOD.get(it, it) for it in diabetes.feature_names]
sizes = [it.removesuffix(" (cm)") for it in iris.feature_names]
dilution = {"od280/od315_of_diluted_wines": "od280/od315 of diluted wine"}
parts = [dilution.get(it, it.replace("_", " ")) for it in wine.feature_names]
write("iris", sizes, iris.data, "species", classes(iris.target_names, iris.target))
write("wine", parts, wine.data, "cultivar", classes(CULTIVARS, wine.target))
write(
    "breast-cancer",
    list(cancer.feature_names),
    cancer.data,
    "diagnosis",
    classes(cancer.target_names, cancer.target),
)
write("diabetes", named, diabetes.data, "progression", [number(it) for it in diabetes.target])
