"""A step that is not finite is undone exactly and reported."""

from typing import Any

import numpy as np
import pytest

from tests.engine.test_resume import at, copied, last
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.protocol.commands import Save, Stop
from tui_dl.protocol.events import Diagnosed
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError

pytestmark = pytest.mark.usefixtures("one_by_one")

LINEAR = """
title = "a linear autoencoder that diverges"
data = { source = "digits" }
network = [
    { kind = "flatten" },
    { kind = "batch_norm" },
    { kind = "dense", units = 32 },
    { kind = "dropout", rate = 0.1 },
    { kind = "dense", units = 64 },
]
[train]
loss = "mean_squared_error"
target = "input"
optimizer = { kind = "sgd", learning_rate = RATE }
"""


def diverging(rate: float) -> Experiment:
    return parse(LINEAR.replace("RATE", str(rate)), "linear.toml")


def until_it_fails(outputs: Any) -> tuple[list[Any], str]:
    told: list[Any] = []
    try:
        for h in outputs:
            told.append(h.copy() if isinstance(h, np.ndarray) else h)
    except UserError as error:
        return told, str(error)
    raise AssertionError("it did not fail")


@pytest.mark.parametrize(("rate", "what"), [(220.0, "gradient"), (1000.0, "loss")])
@pytest.mark.parametrize("saved_at", [None, 1])
def test_what_is_kept_is_the_state_before_the_bad_step(
    rate: float, what: str, saved_at: int | None
) -> None:
    experiment = diverging(rate)
    told, why = until_it_fails(train(experiment, 2, at({saved_at or 0: [Save()]})))
    records = [h for h in told if isinstance(h, np.ndarray)]
    bad = len(records) + 1
    (said,) = (h for h in told if isinstance(h, Diagnosed))
    assert said.kind == "learning_rate_too_high"
    assert said.remedy.startswith("--set train.optimizer.learning_rate=")
    reason = f"the {what} is not finite at step {bad}, at a learning rate of {rate:g}"
    assert why == f"{reason}: try {said.remedy}"
    kept = last(told)
    assert kept.step == bad - 1
    assert all(np.isfinite(tensor).all() for tensor in kept.tensors.values())
    stopped = copied(train(experiment, 1, at({bad - 1: [Stop()]})))
    clean = next(h for h in stopped if isinstance(h, Checkpoint) and h.name == "last")
    assert [h["loss"] for h in records] == [h["loss"] for h in stopped if isinstance(h, np.ndarray)]
    for name, tensor in clean.tensors.items():
        np.testing.assert_array_equal(kept.tensors[name], tensor, err_msg=name)
    assert until_it_fails(train(experiment, 1, checkpoint=kept))[1] == why
