"""Checks variants and claims of an experiment that was read, or leaves out what overrides undo."""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from tui_dl.spec.claims.check import check_claims
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.overrides import pair, steps_of
from tui_dl.spec.toml.variants import Describe, variants

OWN = ("variant", "claim")


def refuse_question(experiment: Experiment) -> None:
    """Raise ConfigError where the lesson of an experiment without claims asks something."""
    if experiment.lesson and experiment.lesson.en.question:
        raise ConfigError(
            "lesson.en.question",
            "no run can answer it, for there is no claim: add a [[claim]] that tests the answer",
        )


def with_course(experiment: Experiment, overrides: list[str], describe: Describe) -> Experiment:
    """The experiment, its variants and claims being checked.

    They are written for the experiment as its file has it. An override may make of it what a
    variant makes, or take away a layer that a claim names: such variants and claims are left out,
    unless an override is of them. Where no claim is left, the lesson asks nothing.

    Raises:
        ConfigError: one of them is wrong.
    """
    if not experiment.variant and not experiment.claim:
        return experiment
    if not overrides or any(steps_of(pair(it)[0])[0] in OWN for it in overrides):
        check_claims(experiment, variants(experiment, describe))
        return experiment
    spec = experiment.data_spec
    kept = replace(experiment, variant=(), claim=()).described(spec)
    for variant in experiment.variant:
        with suppress(ConfigError):
            more = replace(kept, variant=(*kept.variant, variant)).described(spec)
            variants(more, describe)
            kept = more
    found = variants(kept, describe)
    for claim in experiment.claim:
        with suppress(ConfigError):
            check_claims(replace(kept, claim=(claim,)).described(spec), found)
            kept = replace(kept, claim=(*kept.claim, claim)).described(spec)
    if kept.lesson and experiment.claim and not kept.claim:  # then no run can answer its question
        kept = replace(kept, lesson=kept.lesson.without_question()).described(spec)
    return kept
