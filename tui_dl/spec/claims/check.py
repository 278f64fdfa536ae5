"""Checks the claims of an experiment before it is trained: their grammar and all names in them."""

from __future__ import annotations

from collections.abc import Mapping

from tui_dl.spec.claims.names import Names, names
from tui_dl.spec.claims.reader import NUMBERED, SELECTORS, Figure, read, refused
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.experiment import Experiment
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.terminal_text import is_printable

LONGEST = 200  # characters of a claim in words


def check_claims(experiment: Experiment, variants: Mapping[str, Experiment]) -> None:
    """Raise ConfigError where a claim of `experiment`, which has these variants, cannot be tested.

    The path is the claim's key, and the message begins with the column.
    """
    runs = {"": experiment, **variants}
    known = {variant: names(it) for variant, it in runs.items()} if experiment.claim else {}
    for variant in variants:
        if known and variant in known[""].all:
            where = f"variant[{list(variants).index(variant)}].name"
            raise ConfigError(where, f"{variant} is the name of a figure: choose another one")
    for index, claim in enumerate(experiment.claim):
        for key, text in (("says", claim.says), ("ko", claim.ko)):
            if not is_printable(text) or len(text) > LONGEST or not (text.strip() or key == "ko"):
                what = f"is not one line of 1 to {LONGEST} characters"
                raise ConfigError(f"claim[{index}].{key}", what)
        try:
            for figure in read(claim.test).figures():
                _check_figure(figure, runs, known)
        except ConfigError as error:
            raise error.at(f"claim[{index}].test") from None


def _check_figure(
    figure: Figure, runs: Mapping[str, Experiment], known: Mapping[str, Names]
) -> None:
    """Raise ConfigError unless the run that the figure is of has it."""
    variants = [it for it in runs if it]
    if figure.variant not in runs:
        if figure.variant in known[""].all:
            selectors = suggest(figure.name, SELECTORS)
            raise refused(figure.column, f"{figure.variant} has no .{figure.name}{selectors}")
        hint = suggest(figure.variant, variants) if variants else ": the experiment has none"
        raise refused(figure.column, f"{figure.variant} is no variant{hint}")
    there, name = known[figure.variant], figure.name
    if name not in there.series | there.figures:
        if name in variants:
            raise refused(figure.column, f"{name} is a variant: write {name}.test_loss or another")
        raise refused(figure.column, f"{name} is no figure of its runs{suggest(name, there.all)}")
    keys = there.keys.get(name)
    if keys is not None and figure.key not in keys:
        if not figure.key:
            raise refused(figure.column, f"{name} needs a key, such as {name}[{keys[0]!r}]")
        hint = suggest(figure.key, keys)
        raise refused(figure.column, f"{name} has no {figure.key!r}{hint}")
    if keys is None and figure.key:
        raise refused(figure.column, f"{name} is one figure: leave the key out")
    if figure.selector and name not in there.series:
        says = f"{name} is one number, no series: leave .{figure.selector} out"
        raise refused(figure.column, says)
    if figure.selector == NUMBERED[0]:
        last = runs[figure.variant].train.epochs
        if figure.number not in range(1, last + 1):
            raise refused(figure.column, f".at needs an epoch, a whole number from 1 to {last:,}")
