"""What `check` says a run takes, and what real workers take at their peak."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import ROOT
from tui_dl.process.spawn import command
from tui_dl.runs.folder import create
from tui_dl.spec.memory.need import need
from tui_dl.spec.toml.reading import parse

WITHIN = 0.15
UNIT = 1 if sys.platform == "darwin" else 1024  # bytes, of getrusage's figure

# A process inherits the peak of the one it was forked from: a small one stands between.
LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

DENSE = "{kind='dense', units=10}"
NETWORKS = {
    "small": f"data = {{source='digits'}}\nnetwork = [{{kind='flatten'}}, {DENSE}]\n",
    "wide": "data = {source='digits', batch_size=512}\nnetwork = [{kind='flatten'}, "
    f"{{kind='dense', units=2500}}, {{kind='tanh'}}, {{kind='dense', units=2500}}, {DENSE}]\n",
    "deep": "data = {source='digits', batch_size='all'}\nnetwork = [{kind='flatten'}, "
    "{kind='repeat', times=200, layers=[{kind='dense', units=100}, {kind='sigmoid'}]}, "
    f"{DENSE}]\n",
    "images": "data = {source='digits', resize=[160, 160]}\nnetwork = [{kind='avg_pool2d', size=8},"
    f" {{kind='flatten'}}, {DENSE}]\n",
    "convolutions": "data = {source='digits', resize=[24, 24], batch_size='all'}\nnetwork = ["
    "{kind='conv2d', filters=8, kernel=5, padding=2}, {kind='batch_norm'}, {kind='relu'}, "
    "{kind='conv2d', filters=8, kernel=3, padding='same'}, {kind='max_pool2d'}, {kind='flatten'}, "
    f"{DENSE}]\n",
    "sequences": "data = {source='recall', length=100, samples=1000, batch_size='all'}\nnetwork = ["
    "{kind='embedding', size=16}, {kind='gru', units=64, output='sequence', bidirectional=true}, "
    "{kind='lstm', units=32}, {kind='dense', units=8}]\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_counted_is_what_a_worker_takes(name: str, home: Path) -> None:
    """The second worker finds its kernels in the cache."""
    experiment = parse(f"title = 'x'\n{NETWORKS[name]}[train]\nepochs = 1\n", name)
    peaks = []
    for _ in range(2):
        run = create(home, name, experiment)
        worker = command("tui_dl.process.worker", str(run.path), "--threads", "1")
        told = subprocess.run(
            [sys.executable, "-c", LAUNCHER, *worker], check=True, stdout=subprocess.PIPE, cwd=ROOT
        )
        peaks.append(int(told.stdout) * UNIT)
    counted = need(experiment).bytes
    assert abs(counted / peaks[-1] - 1) < WITHIN, (counted, peaks)
