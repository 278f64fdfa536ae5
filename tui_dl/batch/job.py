"""One run of a batch, before it is started."""

from __future__ import annotations

from typing import NamedTuple

from tui_dl.runs.folder import with_suffix
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.variants import Describe, variants


class Job(NamedTuple):
    """What to train.

    Attributes:
        name: of the run.
        experiment: what is trained.
        variant: its variant's name; empty for the experiment itself.
    """

    name: str
    experiment: Experiment
    variant: str = ""


def jobs_of(name: str, experiment: Experiment, describe: Describe) -> list[Job]:
    """The experiment and its variants, as jobs whose runs have names that begin with `name`.

    Raises:
        ConfigError: a variant is none.
    """
    made = variants(experiment, describe)
    others = [Job(with_suffix(name, variant), it, variant) for variant, it in made.items()]
    return [Job(name, experiment), *others]
