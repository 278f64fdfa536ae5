"""The struct of every layer and loss has what its kernels read, with the types that they expect."""

from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    Protocol,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec
import pytest

from tests.kernels.test_losses import KINDS as LOSSES
from tui_dl.kernels import layers, losses
from tui_dl.kernels.layers.conv2d import Conv2dFields
from tui_dl.kernels.layers.rnn import RnnFields
from tui_dl.spec.layers import KINDS as LAYERS
from tui_dl.spec.layers.base import kind

ROWS: list[tuple[Any, Any]] = [
    (layers.of, struct) for name, struct in LAYERS.items() if name != "repeat"
]
ROWS += [(losses.of, struct) for struct in LOSSES.values()]


def fields_of(kernels: Any) -> Any:
    """The Protocol for which a class fills in the parameter of `Layer` or `Loss`."""
    for cls in kernels.__mro__:
        for base in vars(cls).get("__orig_bases__", ()):
            for argument in get_args(base):
                if not isinstance(argument, TypeVar):
                    return argument
    raise AssertionError(f"{kernels.__name__} does not say which fields it reads")


def provided(struct: Any) -> dict[str, Any]:
    """Types of a struct's fields, class attributes and properties, by name."""
    found: dict[str, Any] = {}
    for cls in reversed(struct.__mro__):
        for name, value in vars(cls).items():
            if isinstance(value, property):
                found[name] = get_type_hints(value.fget)["return"]
    return found | get_type_hints(struct)


def fits(own: Any, expected: Any) -> bool:
    """Whether every value of the type `own` is one of the type `expected`."""
    if get_origin(own) in (Annotated, ClassVar):
        return fits(get_args(own)[0], expected)
    if get_origin(own) in (Union, UnionType):
        return all(fits(one, expected) for one in get_args(own))
    if get_origin(expected) in (Union, UnionType):
        return any(fits(own, one) for one in get_args(expected))
    if get_origin(own) is Literal:
        if get_origin(expected) is Literal:
            return set(get_args(own)) <= set(get_args(expected))
        return all(fits(type(value), expected) for value in get_args(own))
    if get_origin(own) and get_args(expected):
        pairs = zip(get_args(own), get_args(expected), strict=True)
        return issubclass(get_origin(own), get_origin(expected)) and all(
            one is other is ... or fits(one, other) for one, other in pairs
        )
    return (
        isinstance(own, type)
        and isinstance(expected, type)
        and issubclass(own, (int, float) if expected is float else expected)
    )


def lacking(struct: Any, protocol: Any) -> list[str]:
    """Names of the protocol that the struct lacks, or has with another type."""
    own = provided(struct)
    return [
        name
        for name, expected in get_type_hints(protocol).items()
        if name not in own or not fits(own[name], expected)
    ]


@pytest.mark.parametrize(("of", "struct"), ROWS, ids=lambda it: it.__name__)
def test_a_struct_has_the_fields_that_its_kernels_read(of: Any, struct: Any) -> None:
    kernels = of(kind(struct))
    assert issubclass(fields_of(kernels), Protocol)
    assert lacking(struct, fields_of(kernels)) == []


def test_a_field_that_is_missing_or_of_another_type_is_found() -> None:
    assert fields_of(layers.of("rnn")) is RnnFields
    assert lacking(LAYERS["lstm"], RnnFields) == ["activation"]

    class Other(msgspec.Struct):
        kernel: float
        stride: int
        margins: tuple[int, str]
        fixed: Literal["sobel_x"] | None

    assert lacking(Other, Conv2dFields) == ["kernel", "margins"]
    assert fits(NoneType, str | None)
    assert not fits(str, Literal["tanh", "relu"])
