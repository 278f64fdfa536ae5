"""The course of a run in sentences, in both languages, with the figures of `show`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tui_dl.drawing.run_in_words import sentences
from tui_dl.protocol import events
from tui_dl.runs.status import State
from tui_dl.runs.summary import summary
from tui_dl.support.formatting import rate
from tui_dl.support.translations import use


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


def test_a_run_that_early_stopping_ended(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(5)
    worker.append(events.Acknowledged, command="set", step=107, learning_rate=0.01)
    worker.train(12, best=9).stop_early(patience=8)
    state, parameters = State(worker.run), worker.experiment.parameter_count
    assert sentences(state, "en") == [
        f"Run {worker.run.id}: LeNet-5 reads handwritten digits.",
        f"A network of {parameters:,} parameters learns from 1,257 samples; 270 validate it and "
        "270 test it.",
        "The training loss went from 1.5764 after epoch 1 to 0.0076 after epoch 17.",
        "Half of that way was done after epoch 4.",
        "Epoch 9 was the best, with a validation loss of 0.1895, accuracy 95.5 %.",
        "During epoch 6 the learning rate was set to 0.01 by hand.",
        "Early stopping ended training: 8 epochs were no better than epoch 9.",
        "The weights of epoch 9 were restored.",
        "It is finished, after 17 epochs in 0:06, 6.0 s of it compiling.",
        "With the final weights the training loss is 0.0100, the validation loss 0.0900.",
        "The test loss is 0.0712, accuracy 98.5 %.",
    ]
    use("ko")
    said = sentences(state, "ko")
    assert len(said) == 11
    assert "조기 종료로 훈련이 끝났습니다: 8 에폭 동안 9번째 에폭보다 나아지지 않았습니다." in said
    assert said[-1] == "테스트 손실은 0.0712, 정확도 98.5 %입니다."


def test_a_run_that_goes_wrong(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(6).diagnose()
    worker.fail("the loss is not finite", "")
    said = sentences(State(worker.run), "en")
    assert said[-2].startswith(
        "After epoch 6 a problem was found: vanishing gradient. What helps: "
    )
    assert said[-1] == "The run failed after 6 epochs: the loss is not finite."
    use("ko")
    assert "기울기 소실" in sentences(State(worker.run), "ko")[-2]


def test_a_run_that_has_not_begun(tmp_path: Path) -> None:
    said = sentences(State(Worker(tmp_path).run), "en")
    assert said[1:] == ["Training has not begun yet.", "It is starting, after 0 epochs."]


def test_the_learning_rate_is_that_of_show(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(5)
    worker.append(events.LearningRateChanged, step=20, learning_rate=0.5, scheduled=True)
    state = State(worker.train(10).stop_early(patience=8).run)
    shown = rate(summary(state)["learning_rate"])
    assert shown != rate(0.5)  # that of the event: the steps after it have others
    said = sentences(state, "en")
    assert f"The schedule changed the learning rate, at last to {shown}." in said
