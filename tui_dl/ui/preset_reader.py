"""Reads presets, samples of their data and their runs, in a thread beside the library screen."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from tui_dl.process.read_experiment import describe, read
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.of_preset import Result, by_preset, results
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError

if TYPE_CHECKING:
    from tui_dl.course.progress import Progress
    from tui_dl.data.preview import Preview

RUNS = 12  # of a preset that are read, the newest ones: also those of its variants
SAMPLES = 12


class PresetFacts(NamedTuple):
    """What is known of a preset once its file was read.

    Attributes:
        experiment: None where it cannot be read.
        error: why not.
        results: of its newest runs, newest first.
        progress: what they have shown of its claims; None where there are none, or it is not
            known yet.
    """

    experiment: Experiment | None
    error: str = ""
    results: tuple[Result, ...] = ()
    progress: Progress | None = None

    @property
    def seconds(self) -> float | None:
        """How long the newest run of the preset as it is took; one that was stopped says less."""
        whole = (it.listed for it in self.results if not it.changes)
        times = (it.training_seconds for it in whole if it.status == "finished")
        return next((it for it in times if it is not None), None)


class FactsRead(Message):
    """A preset was read."""

    def __init__(self, name: str, facts: PresetFacts) -> None:
        super().__init__()
        self.name, self.facts = name, facts


class SamplesRead(Message):
    """Samples of a preset's data were read, or cannot be."""

    def __init__(self, name: str, preview: Preview | None, error: str) -> None:
        super().__init__()
        self.name, self.preview, self.error = name, preview, error


class PresetReader:
    """Reads first what is asked for, then everything else, until it is ended."""

    def __init__(self, home: Path, names: Sequence[str]) -> None:
        self._home, self._names = home, names
        self._experiments: dict[str, PresetFacts] = {}
        self._runs: dict[str, list[Run]] = {}
        self._unread: deque[str] = deque()
        self._untested: deque[str] = deque()
        self._progress: dict[tuple[object, ...], Progress] = {}  # by the preset and its runs
        self._with_samples: set[str] = set()
        self._wanted: str | None = None
        self._outdated, self._left, self._waits = True, False, False
        self._changed = Event()

    @property
    def busy(self) -> bool:
        """Whether there is something left to read."""
        return not self._left and (self._changed.is_set() or not self._waits)

    def want(self, name: str) -> None:
        """Read this preset before the others, and samples of its data."""
        self._wanted = name
        self._changed.set()

    def refresh(self) -> None:
        """Read the runs anew."""
        self._outdated = True
        self._changed.set()

    def end(self) -> None:
        """Let `run` return."""
        self._left = True
        self._changed.set()

    def run(self, post: Callable[[Message], object]) -> None:
        """Read until `end` is called, and post what was read."""
        while not self._left:
            self._changed.clear()
            if (message := self._next()) is not None:
                post(message)
                continue
            self._waits = True
            self._changed.wait()
            self._waits = False

    def _next(self) -> Message | None:
        """Read the next thing; None where nothing is left."""
        if self._outdated:
            self._outdated = False
            self._runs = self._list_runs()
            self._unread, self._untested = deque(self._names), deque()
        name = self._wanted or ""
        if name in self._unread:
            self._unread.remove(name)
            return self._facts(name)
        if name and name not in self._with_samples:
            self._with_samples.add(name)
            return self._samples(name)
        if self._unread:
            return self._facts(self._unread.popleft())
        return self._tested(self._untested.popleft()) if self._untested else None

    def _list_runs(self) -> dict[str, list[Run]]:
        try:
            return by_preset(all_runs(self._home), self._names)
        except UserError:  # starting a run says so
            return {}

    def _facts(self, name: str) -> FactsRead:
        facts = self._experiments.get(name)
        if facts is None:
            facts = self._experiments[name] = read_preset(name)
        if (experiment := facts.experiment) is not None:
            runs = self._runs.get(name, [])[:RUNS]
            if (found := tuple(results(runs, experiment))) != facts.results:
                facts = facts._replace(results=found, progress=None)
                self._experiments[name] = facts
            if facts.results and experiment.claim:
                self._untested.append(name)
        return FactsRead(name, facts)

    def _tested(self, name: str) -> FactsRead:
        """The facts of a preset with what its runs have shown of its claims."""
        from tui_dl.course.progress import own_runs, progress  # brings numpy

        facts = self._experiments[name]
        assert facts.experiment is not None
        runs = own_runs(facts.experiment, facts.results, describe)
        key = (name, *(run.path for run in runs.values()))
        try:
            if key not in self._progress:
                self._progress[key] = progress(facts.experiment, runs)
            facts = facts._replace(progress=self._progress[key])
        except (UserError, OSError, ValueError):  # a damaged run has shown nothing
            pass
        self._experiments[name] = facts
        return FactsRead(name, facts)

    def _samples(self, name: str) -> SamplesRead:
        from tui_dl.data.preview import preview  # brings numpy: after the first frame

        experiment = self._experiments[name].experiment
        if experiment is None:
            return SamplesRead(name, None, "")
        try:
            return SamplesRead(name, preview(experiment, SAMPLES), "")
        except (UserError, OSError) as error:
            return SamplesRead(name, None, str(error))


def read_preset(name: str) -> PresetFacts:
    """The facts of a preset without its runs."""
    try:
        return PresetFacts(read(name))
    except UserError as error:
        return PresetFacts(None, str(error))
