"""A run that goes on from the end of another one: its experiment, and how it differs, in words."""

from __future__ import annotations

from msgspec.structs import replace

from tui_dl.protocol.events import Extended
from tui_dl.runs.folder import Run
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse
from tui_dl.support.formatting import whole


def continued(origin: Run, overrides: list[str]) -> Experiment:
    """The experiment of a run that is over, to go on with: changed, and without its stops.

    Raises:
        UserError: an override is wrong, or the experiment is damaged.
    """
    old = origin.experiment
    kept = [change for change in old.train.change if not change.stop]
    text = old.with_train(replace(old.train, change=kept)).to_toml()
    spec = old.data_spec
    return parse(text, origin.id, overrides, of_run=True, describe=lambda it: it.described(spec))


def extension_sentence(event: Extended) -> str:
    """Where the run goes on from, and whether its numbers are those of a longer run."""
    begins = f"goes on from epoch {whole(event.epoch)} of {event.run}"
    if not event.differs:
        return f"{begins}, with the numbers of a run that was this long from its start"
    return f"{begins}; a new run would have other numbers, as until then {', '.join(event.differs)}"
