"""Gradient boosting and the MLP of scikit-learn on a table, which pandas reads and they prepare."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from bench.table_files import TableFile, text_of

Indices = npt.NDArray[np.intp]
WORDS = 2.5  # on average, from which on a column is text
MANY = 10_000  # rows from which on the MLP stops early; boosting does by itself
MOST_WORDS = {"boosting": 1_000, "mlp": 10_000}


class PeerResult(NamedTuple):
    """Accuracy or R2 in percent on the test rows, and seconds of preparation and training."""

    score: float
    seconds: float


def read(file: TableFile, path: Path) -> pd.DataFrame:
    """The table, as pandas reads it."""
    if file.name.endswith(".json"):
        return pd.read_json(path, convert_dates=False)
    header = None if file.target.startswith("column_") else 0
    sep = ";" if file.semicolons else "\t" if file.name.endswith(".tsv") else ","
    frame = pd.read_csv(
        text_of(path), sep=sep, header=header, decimal="," if file.semicolons else "."
    )
    if header is None:
        frame.columns = pd.Index([f"column_{it + 1}" for it in range(frame.shape[1])])
    return frame.rename(columns={"Unnamed: 0": ""})


def compare(
    file: TableFile, path: Path, train: Indices, test: Indices, classes: bool
) -> dict[str, PeerResult]:
    """Both, trained on the rows `train` and scored on `test`."""
    frame = read(file, path)
    y = frame.pop(file.target)
    inputs = _with_date_parts(frame.drop(columns=list(file.left_out)), file.dates)
    y = y.astype(str) if classes else y.astype(float)
    results = {}
    for name in ("boosting", "mlp"):
        began = time.perf_counter()
        model = make_pipeline(
            _preparation(inputs.iloc[train], MOST_WORDS[name]), _model(name, classes, len(train))
        )
        model.fit(inputs.iloc[train], y.iloc[train])
        score = float(model.score(inputs.iloc[test], y.iloc[test]))
        results[name] = PeerResult(100 * score, time.perf_counter() - began)
    return results


def _with_date_parts(frame: pd.DataFrame, dates: tuple[str, ...]) -> pd.DataFrame:
    """The table with each column of dates as its moment, year, month, weekday and hour."""
    frame = frame.copy()
    for name in dates:
        moments = pd.to_datetime(frame.pop(name), format="mixed").dt.tz_localize(None)
        frame[f"{name} moment"] = moments.astype("int64") / 1e9
        for part in ("year", "month", "dayofyear", "dayofweek", "hour"):
            frame[f"{name} {part}"] = getattr(moments.dt, part)
    return frame


def _preparation(inputs: pd.DataFrame, most_words: int) -> ColumnTransformer:
    """Numbers imputed and standardised, categories one-hot, texts as tf-idf."""
    numbers = list(inputs.select_dtypes(["number", "bool"]).columns)
    others = [name for name in inputs.columns if name not in numbers]
    texts = [name for name in others if _is_text(inputs[name])]
    categories = [name for name in others if name not in texts]
    parts: list[Any] = [
        (
            "numbers",
            make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()),
            numbers,
        ),
        (
            "categories",
            make_pipeline(
                SimpleImputer(strategy="constant", fill_value="missing"),
                OneHotEncoder(
                    handle_unknown="infrequent_if_exist", min_frequency=2, max_categories=200
                ),
            ),
            categories,
        ),
    ]
    parts += [
        (name, TfidfVectorizer(min_df=2, max_features=most_words, sublinear_tf=True), name)
        for name in texts
    ]
    # Boosting takes dense arrays alone; so does the MLP where most columns are numbers.
    return ColumnTransformer(parts, sparse_threshold=0.0 if most_words <= 1_000 else 0.3)


def _is_text(column: pd.Series[Any]) -> bool:
    """Whether cells are of several words and mostly different."""
    cells = column.dropna().astype(str)
    return bool(cells.nunique() * 2 > len(cells) and cells.str.split().str.len().mean() >= WORDS)


def _model(name: str, classes: bool, rows: int) -> Any:
    """The model with its own defaults; the MLP stops early where there are rows enough for it."""
    if name == "boosting":
        return (HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor)(
            random_state=0
        )
    how: dict[str, Any] = {"random_state": 0, "early_stopping": rows > MANY}
    if classes:
        return MLPClassifier(**how)
    return TransformedTargetRegressor(MLPRegressor(**how), transformer=StandardScaler())
