"""The variant that a run of a preset is of: by the run's name, or by what it is."""

from __future__ import annotations

from tui_dl.runs.folder import Run, with_suffix
from tui_dl.runs.preset_name import preset_of
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.differences import described, differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.run_title import short_changes
from tui_dl.spec.toml.variants import variants


def variant_of(run: Run, name: str, preset: Experiment) -> tuple[str, Experiment]:
    """The variant that a run is, or was made from, and its experiment; none is the preset.

    Args:
        run: a run of the preset.
        name: of the preset.
        preset: its experiment.

    Raises:
        UserError: the run's experiment is damaged.
    """
    if not differences(preset, run.experiment):
        return "", preset
    try:
        made = variants(preset, lambda it: it.described(preset.data_spec))
    except ConfigError:  # of a preset that was changed by hand
        made = {}
    for variant, experiment in made.items():
        if not differences(experiment, run.experiment):
            return variant, experiment
    own = {with_suffix(name, variant): variant for variant in made}
    begins = preset_of(run.name, own)
    ends = [variant for variant in made if run.name.endswith(f"-{variant}")]  # of a changed preset
    found = own[begins] if begins else max(ends, key=len, default="")
    return found, made.get(found, preset)


def what_differs(run: Run, name: str, preset: Experiment) -> list[str]:
    """What makes a run of its preset, in short: the variant's name, and what else was changed.

    Raises:
        UserError: the run's experiment is damaged.
    """
    variant, base = variant_of(run, name, preset)
    words = short_changes(described(base, run.experiment), run.experiment)
    return [variant, *words] if variant else words
