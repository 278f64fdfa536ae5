"""Proposes a network and a training config for texts, tunes and time series in files."""

from __future__ import annotations

from typing import Any, NamedTuple

from tui_dl.spec.data_spec import DataSpec

BATCHES = ((1_000, 16), (10_000, 32))  # samples below which a mini-batch has so many
MOST_BATCH = 64
EPOCHS = 4, 60  # at least and at most
PATIENCE = 5

Layer = dict[str, Any]


class Proposal(NamedTuple):
    """What is proposed of one source.

    Attributes:
        layers: the network without its last layer.
        steps: of a training at most, early stopping aside.
    """

    layers: tuple[Layer, ...]
    learning_rate: float
    steps: int


def _embedding(size: int) -> Layer:
    return {"kind": "embedding", "size": size}


def _gru(units: int, **keys: Any) -> Layer:
    return {"kind": "gru", "units": units} | keys


PROPOSALS = {
    "text": Proposal((_embedding(24), _gru(96, output="sequence")), 0.005, 1_500),
    "surnames": Proposal(
        (_embedding(16), _gru(64, bidirectional=True), {"kind": "dropout", "rate": 0.4}),
        0.004, 1_500,
    ),
    "pairs": Proposal(
        (_embedding(32), _gru(128), {"kind": "decoder", "units": 128, "size": 32}), 0.003, 3_000
    ),
    "melodies": Proposal(
        (_embedding(48), {"kind": "flatten"}, {"kind": "decoder", "units": 48, "size": 24}),
        0.01, 1_500,
    ),
    "sentences": Proposal(
        (
            _embedding(32), _gru(32, output="sequence", bidirectional=True),
            {"kind": "dropout", "rate": 0.3},
        ),
        0.005, 1_500,
    ),
}  # fmt: skip
SERIES_UNITS, SERIES_STEPS, SERIES_EPOCHS = 64, 8_000, (20, 100)


def propose_for_texts(kind: str, spec: DataSpec) -> dict[str, Any]:
    """The tables ``network`` and ``train`` and the size of a mini-batch, for a source of that kind.

    The last layer has as many units as the data has classes.
    """
    it = PROPOSALS[kind]
    train: dict[str, Any] = {
        "optimizer": {"kind": "adam", "learning_rate": it.learning_rate},
        "epochs": _epochs(it.steps, spec, EPOCHS),
        "early_stopping": {"patience": PATIENCE},
    }
    if metrics := _metrics(kind, spec):
        train["metrics"] = metrics
    network = [*it.layers, {"kind": "dense", "units": spec.classes}]
    return {"batch_size": _batch(spec), "network": network, "train": train}


def propose_for_series(spec: DataSpec) -> dict[str, Any]:
    """The same for a time series: a linear forecast, and what two more layers add to it."""
    hidden = [
        {"kind": "dense", "units": SERIES_UNITS},
        {"kind": "relu"},
        {"kind": "dense", "units": spec.input.size},
    ]
    network = [
        {"kind": "flatten"},
        {"kind": "residual", "layers": hidden},
        {"kind": "dense", "units": spec.target.size},
    ]
    train = {
        "loss": "mean_squared_error",
        "optimizer": {"kind": "adam", "learning_rate": 0.002},
        "schedule": {"kind": "cosine"},
        "epochs": _epochs(SERIES_STEPS, spec, SERIES_EPOCHS),
        "early_stopping": {"patience": SERIES_EPOCHS[0]},
    }
    return {"batch_size": _batch(spec), "network": network, "train": train}


def _batch(spec: DataSpec) -> int:
    """How many samples a mini-batch has."""
    return next((size for limit, size in BATCHES if spec.splits[0] < limit), MOST_BATCH)


def _epochs(steps: int, spec: DataSpec, limits: tuple[int, int]) -> int:
    """How many epochs so many steps are, within limits."""
    epochs = steps // max(-(-spec.splits[0] // _batch(spec)), 1)
    return min(max(epochs, limits[0]), limits[1])


def _metrics(kind: str, spec: DataSpec) -> list[str]:
    """The metrics of sequences beside the accuracy, where they can be computed."""
    if kind == "pairs":
        return ["accuracy", "exact_match"]
    if kind == "sentences" and any(name.startswith("B-") for name in spec.class_names):
        return ["accuracy", "entity_f1"]
    return []
