"""Shapes, parameters and FLOPs, worked out by hand and by looking at what windows there are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers import KINDS
from tui_dl.spec.layers.activations import Gelu, LeakyRelu, Relu, Sigmoid, Softmax, Tanh
from tui_dl.spec.layers.base import Layer, TensorSpec
from tui_dl.spec.layers.composed import Repeat
from tui_dl.spec.layers.normalisation import LayerNorm
from tui_dl.spec.layers.pooling import AvgPool2d, GlobalAvgPool, MaxPool2d, Upsample2d
from tui_dl.spec.layers.products import Conv1d, Conv2d, Dense
from tui_dl.spec.layers.recurrent import Decoder, Embedding, Rnn
from tui_dl.spec.layers.shapes import Flatten, Reshape
from tui_dl.spec.shape_inference import infer_shapes

DATE = TensorSpec((11,), vocab_size=12)
sides = st.integers(1, 40)


def windows(side: int, size: int, stride: int) -> int:
    """How many windows fit, counted one by one."""
    return len(range(0, side - size + 1, stride))


def test_a_convolution_by_hand() -> None:
    layer = Conv2d(filters=6, kernel=5, stride=2, padding=0)
    image = TensorSpec((3, 39, 39))
    assert layer.output(image) == TensorSpec((6, 18, 18))
    assert layer.parameters(image) == {"weight": (6, 3, 5, 5), "bias": (6,)}
    assert layer.flops(image) == 2 * (3 * 5 * 5) * (6 * 18 * 18)


@given(sides, sides, sides, st.integers(1, 5), st.integers(0, 4))
def test_a_convolution_has_one_output_a_window(
    height: int, width: int, kernel: int, stride: int, padding: int
) -> None:
    layer = Conv2d(filters=4, kernel=kernel, stride=stride, padding=padding)
    image = TensorSpec((2, height, width))
    tall, wide = height + 2 * padding, width + 2 * padding
    if kernel > min(tall, wide):
        with pytest.raises(ConfigError, match=f"kernel {kernel} is larger than its input"):
            layer.output(image)
    else:
        shape = (4, windows(tall, kernel, stride), windows(wide, kernel, stride))
        assert layer.output(image) == TensorSpec(shape)


@given(sides, sides, st.integers(1, 9))
def test_padding_of_the_same_keeps_every_place(height: int, width: int, kernel: int) -> None:
    assert sum(Conv1d(4, kernel, padding="same").margins) == kernel - 1
    sequence, image = TensorSpec((height, 2)), TensorSpec((2, height, width))
    assert Conv1d(4, kernel, padding="same").output(sequence) == TensorSpec((height, 4))
    assert Conv2d(4, kernel, padding="same").output(image) == TensorSpec((4, height, width))
    with pytest.raises(ConfigError, match='padding "same" keeps every place, a stride of 2'):
        Conv2d(4, kernel, padding="same", stride=2).output(image)


@pytest.mark.parametrize("pool", [MaxPool2d, AvgPool2d])
@given(sides, sides, st.integers(1, 6), st.none() | st.integers(1, 5))
def test_pooling_has_one_output_a_window(
    pool: type[MaxPool2d | AvgPool2d], height: int, width: int, size: int, stride: int | None
) -> None:
    layer = pool(size=size, stride=stride)
    image = TensorSpec((3, height, width))
    if size > min(height, width):
        with pytest.raises(ConfigError, match="pool less"):
            layer.output(image)
    else:
        step = stride or size
        shape = (3, windows(height, size, step), windows(width, size, step))
        assert layer.output(image) == TensorSpec(shape)


def test_parameters_and_flops_by_hand() -> None:
    flat = TensorSpec((400,))
    assert Dense(120).parameters(flat) == {"weight": (120, 400), "bias": (120,)}
    assert Dense(120, bias=False).parameters(flat) == {"weight": (120, 400)}
    assert Dense(120).flops(flat) == 2 * 400 * 120
    letters = TensorSpec((30,), vocab_size=8)
    assert Embedding(16).parameters(letters) == {"weight": (8, 16)}
    assert Embedding(16).output(letters) == TensorSpec((30, 16))
    sequence = TensorSpec((30, 16))
    assert Rnn(64).output(sequence) == TensorSpec((64,))
    assert Rnn(64).parameters(sequence) == {
        "weight_ih_l0": (64, 16),
        "weight_hh_l0": (64, 64),
        "bias_ih_l0": (64,),
        "bias_hh_l0": (64,),
    }
    assert Rnn(64).flops(sequence) == 30 * 2 * 64 * (16 + 64)
    vector = TensorSpec((64,), target=DATE)
    assert Decoder(64, 16).output(vector) == TensorSpec((11, 64))
    assert Decoder(64, 16, "rnn").parameters(vector) == {
        "embedding.weight": (13, 16),
        **{f"rnn.{name}": shape for name, shape in Rnn(64).parameters(sequence).items()},
    }
    assert Decoder(64, 16, "rnn").flops(vector) == 11 * 2 * 64 * (16 + 64)
    assert Flatten().output(TensorSpec((16, 5, 5))) == flat
    assert Conv1d(8, 5, stride=2, padding=1).output(sequence) == TensorSpec((14, 8))
    assert Conv1d(8, 5).parameters(sequence) == {"weight": (8, 16, 5), "bias": (8,)}
    assert Conv1d(8, 5).flops(sequence) == 2 * (16 * 5) * (26 * 8)
    assert not Conv2d(1, 3, fixed="laplace").parameters(TensorSpec((3, 8, 8)))
    assert GlobalAvgPool().output(TensorSpec((16, 5, 5))) == TensorSpec((16,))
    assert GlobalAvgPool().output(sequence) == TensorSpec((16,))
    assert Upsample2d(3).output(TensorSpec((16, 5, 4))) == TensorSpec((16, 15, 12))
    assert Reshape((25, 16)).output(flat) == TensorSpec((25, 16))
    assert LayerNorm().parameters(sequence) == {"weight": (16,), "bias": (16,)}
    assert LayerNorm().parameters(TensorSpec((3, 5, 4)))["weight"] == (3, 5, 4)


@pytest.mark.parametrize("layer", [Relu(), LeakyRelu(), Gelu(), Sigmoid(), Tanh()])
@given(shape=st.lists(sides, min_size=1, max_size=3))
def test_activations_keep_the_shape_and_train_nothing(layer: Layer, shape: list[int]) -> None:
    signal = TensorSpec(tuple(shape))
    assert layer.output(signal) == signal
    assert not layer.parameters(signal)


@pytest.mark.parametrize(
    ("layer", "signal", "says"),
    [
        (Dense(3), TensorSpec((1, 8, 8)), "put a flatten row before it"),
        (Dense(3), TensorSpec((5,), vocab_size=4), "put an embedding row before it"),
        (Conv2d(2, 3), TensorSpec((64,)), "needs an image"),
        (MaxPool2d(), TensorSpec((8, 8)), "needs an image"),
        (Rnn(4), TensorSpec((64,)), "needs a sequence"),
        (Conv1d(2, 3), TensorSpec((64,)), "needs a sequence"),
        (GlobalAvgPool(), TensorSpec((64,)), "needs an image or a sequence"),
        (Upsample2d(), TensorSpec((64,)), "needs an image"),
        (Softmax(), TensorSpec((3, 8, 8)), "put a flatten row before it"),
        (
            Reshape((8, 9)),
            TensorSpec((64,)),
            "8 × 9 takes 72 numbers, and its input 64 has 64",
        ),
        (Conv2d(2, 3, fixed="sobel_x"), TensorSpec((1, 8, 8)), "write filters = 1 and kernel = 3"),
        (Embedding(4), TensorSpec((64,)), "needs token ids"),
        (
            Decoder(8, 4),
            TensorSpec((5, 8), target=DATE),
            "needs a vector, an encoder's last state, not",
        ),
        (Decoder(8, 4), TensorSpec((8,), 5, DATE), "not 8 tokens of 5"),
        (Decoder(8, 4), TensorSpec((8,)), "this data is no sequence"),
        (
            Decoder(8, 4),
            TensorSpec((8,), target=TensorSpec((), vocab_size=10)),
            "this data is no sequence",
        ),
        (Decoder(8, 4), TensorSpec((8,), target=TensorSpec((3,))), "this data is no sequence"),
        (Decoder(8, 4), TensorSpec((9,), target=DATE), "units = 8: use units = 9"),
    ],
)
def test_a_layer_says_what_it_needs(layer: Layer, signal: TensorSpec, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        layer.output(signal)


def test_repeat_is_unrolled_and_rows_are_numbered() -> None:
    rows = infer_shapes([Repeat(3, [Dense(8), Tanh()]), Dense(2)], TensorSpec((4,)))
    names = ["dense_1", "tanh_1", "dense_2", "tanh_2", "dense_3", "tanh_3", "dense_4"]
    assert [row.name for row in rows] == names
    assert [row.key for row in rows][:3] == [
        "network[0].layers[0]",
        "network[0].layers[1]",
        "network[0].layers[0]",
    ]
    assert [row.parameter_count for row in rows] == [40, 0, 72, 0, 72, 0, 18]
    assert all(before.output == after.input for before, after in pairwise(rows))


def test_an_error_names_the_row_in_the_file() -> None:
    with pytest.raises(ConfigError, match=r"^network\[1\]\.layers\[0\] \(conv2d\): needs an image"):
        infer_shapes([Flatten(), Repeat(2, [Conv2d(2, 3)])], TensorSpec((1, 8, 8)))


def test_a_network_too_long_to_lay_out_is_refused_at_once() -> None:
    deep = Repeat(1_000_000, [Repeat(1_000_000, [Relu()])])
    with pytest.raises(ConfigError, match="more than"):
        infer_shapes([deep], TensorSpec((4,)))


def test_every_kind_has_a_formula_or_a_sentence() -> None:
    assert all(layer.__doc__ for layer in KINDS.values())
