"""Transforms: how a column of a table becomes numbers, fitted on the training part.

One file a transform; a file that is here is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tui_dl.data.readers.table import Column
from tui_dl.data.transforms.base import Rows, Transform
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.registry import declarations, union

TRANSFORMS: dict[str, type[Transform]] = declarations(__name__, Transform)

if TYPE_CHECKING:
    AnyTransform: TypeAlias = Transform
else:
    AnyTransform = union(TRANSFORMS)


def choose(column: Column, train: Rows, named: str | None) -> type[Transform]:
    """The transform `named` for a column, else the one that suits it best.

    Raises:
        UserError: there is none of that name for columns of this kind.
    """
    found = {name: it for name, it in TRANSFORMS.items() if it.column_kind == column.kind}
    if named is None:
        by_rank = sorted(found.values(), key=lambda it: -it.rank)
        return next(it for it in by_rank if it.suits(column, train))
    if named not in found:
        raise UserError(
            f"data.transform.{column.name}: no transform of a {column.kind} is {named!r}"
            f"{suggest(named, list(found))}"
        )
    return found[named]
