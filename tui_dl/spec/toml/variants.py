"""The variants of an experiment, as experiments of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.convert import convert
from tui_dl.spec.course.variant import Variant
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.shape_inference import check_nesting
from tui_dl.spec.toml.error_messages import error_message
from tui_dl.spec.toml.overrides import set_value, steps_of
from tui_dl.spec.toml.short_forms import expand
from tui_dl.spec.validation import check

CHANGEABLE = ("data", "network", "train")  # tables that a variant may change

# Adds to an experiment what its data is, where its source reads a file.
Describe = Callable[[Experiment], Experiment]


def variants(experiment: Experiment, describe: Describe = lambda it: it) -> dict[str, Experiment]:
    """Each variant as an experiment without variants and claims, by name, in the file's order.

    `describe` adds to an experiment what its data is, where a variant changes which file it reads.

    Raises:
        ConfigError: a variant is none; the path is its key.
    """
    made: dict[str, Experiment] = {}
    plain = msgspec.structs.replace(experiment, variant=(), claim=())
    plain = plain.described(experiment.data_spec)
    for index, variant in enumerate(experiment.variant):
        where = f"variant[{index}]"
        if variant.name in made:
            raise ConfigError(f"{where}.name", f"there are two variants {variant.name}: rename one")
        _check_keys(variant, where)
        new = _varied(plain, variant, where, describe)
        if new.train.seed != plain.train.seed:
            raise ConfigError(
                f"{where}.set", "changes train.seed: variants start from the same one"
            )
        if new == plain:
            raise ConfigError(f"{where}.set", "overrides nothing: all is as in the experiment")
        for name, other in made.items():
            if new == other:
                raise ConfigError(f"{where}.set", f"is the same as that of {name}: leave one out")
        made[variant.name] = new
    return made


def _check_keys(variant: Variant, where: str) -> None:
    """Raise ConfigError where nothing is set, or a key twice, or one that no variant may change."""
    if not variant.set:
        raise ConfigError(f"{where}.set", "overrides nothing: name a key, or leave the variant out")
    seen: dict[str, list[str]] = {}
    for key in variant.set:
        path = steps_of(key)
        place = f"{where}.set.{key!r}"
        if path[0] not in CHANGEABLE:
            raise ConfigError(place, f"a variant changes only {', '.join(CHANGEABLE)}")
        for other, old in seen.items():
            least = min(len(old), len(path))
            if old[:least] == path[:least]:
                raise ConfigError(place, f"overrides what {other!r} overrides: leave one out")
        seen[key] = path


def _varied(experiment: Experiment, variant: Variant, where: str, describe: Describe) -> Experiment:
    """The experiment with the overrides of one variant."""
    raw = experiment.to_builtins()
    for key, value in variant.set.items():
        try:
            set_value(raw, key, value, Experiment)
        except ConfigError as error:
            raise ConfigError(f"{where}.set.{key!r}", error.message) from None
        expand(raw, Path())
    try:
        check_nesting(raw["network"])
        new: Experiment = convert(raw, Experiment)
        if raw["data"] == experiment.to_builtins()["data"]:
            new = new.described(experiment.data_spec)
        else:
            new = describe(new)
        check(new)
    except msgspec.ValidationError as error:
        raise _blamed(ConfigError(*error_message(error, raw, Experiment)), variant, where) from None
    except ConfigError as error:
        raise _blamed(error, variant, where) from None
    return new


def _blamed(error: ConfigError, variant: Variant, where: str) -> ConfigError:
    """The error, said of the override that causes it."""
    wrong = steps_of(error.path)
    for key in variant.set:
        path = steps_of(key)
        if path == wrong[: len(path)]:
            exact = path == wrong
            return ConfigError(f"{where}.set.{key!r}", error.message if exact else str(error))
    return ConfigError(f"{where}.set", str(error))
