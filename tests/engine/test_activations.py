"""What is seen of a layer's outputs, and when units are said to be dead or saturated."""

import numpy as np
import pytest

from tests.engine.epochs import SHALLOW, epoch, kinds, remember, subject
from tui_dl.engine.diagnosis.probe import activation, full_blocks
from tui_dl.protocol.events import Activation
from tui_dl.spec.toml.reading import read


def look(idle: float | None = None, saturated: float | None = None) -> dict[str, Activation]:
    return {"relu_1": Activation(0.1, 0.2, idle, None), "tanh_1": Activation(0, 1, None, saturated)}


@pytest.mark.parametrize(
    ("looks", "loss", "said"),
    [
        ([look(idle=0.95), look(idle=0.92)], 2.0, ["dead_relu"]),
        ([look(idle=0.5), look(idle=0.95)], 2.0, []),
        ([look(idle=0.95)], 2.0, []),
        ([look(idle=0.95), look(idle=0.95)], 0.1, []),
        ([look(saturated=0.9), look(saturated=0.85)], 2.0, ["saturation"]),
        ([look(saturated=0.9), look(saturated=0.75)], 2.0, []),
    ],
)
def test_activations(looks: list[dict[str, Activation]], loss: float, said: list[str]) -> None:
    assert kinds(remember([epoch(1, loss)], probes=looks), SHALLOW) == said


def test_an_output_may_be_sure_of_itself() -> None:
    of = subject("first-network", "network[3].kind=dense")
    named = {of.nodes[-1].name: Activation(0.0, 1.0, None, 1.0)}
    assert kinds(remember([epoch(1, 2.0)], probes=[named, named]), of) == []


def test_units_are_channels_of_images_and_features_of_sequences() -> None:
    relu = read("lenet5").nodes[1]
    image = np.zeros((2, 4, 3, 3, 16), np.float32)
    image[1, 0, 2, 1, 5] = 1  # one place of one sample is enough for its channel
    assert activation(relu, image).idle == 0.75
    sequence = np.zeros((2, 7, 5, 16), np.float32)
    sequence[0, 3, 4, 0] = 1
    assert activation(relu, sequence).idle == 0.8
    assert activation(relu, np.zeros((2, 5, 16), np.float32)).idle == 1.0


@pytest.mark.parametrize("blocks", [4, 5, 8])
@pytest.mark.parametrize("samples", [5, 16, 63, 64, 70, 100, 127, 128, 136, 270])
def test_only_blocks_without_an_empty_lane_are_used(samples: int, blocks: int) -> None:
    lanes = np.zeros((blocks, 16), bool)
    for start in range(0, samples, lanes.size):
        count = min(samples - start, lanes.size)
        lanes[: -(-count // 16)] = False  # whole blocks are computed
        lanes.reshape(-1)[:count] = True
    seen = lanes[full_blocks(samples, blocks)]
    assert seen.all()
    assert len(seen) >= min(2, samples // 16)
