"""Nothing of the working folder is imported, however this program and its processes are started."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Terminal, eventually
from tests.fake_run import run_folder
from tests.shell import ROOT
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State

SCRIPT = str(Path(sys.executable).with_name("tui-dl"))
MODULE = [sys.executable, "-m", "tui_dl"]
SHORT = ["train", "first-network", "--headless", "--threads", "1", "--set", "train.epochs=1"]
OURS = ["numpy", "numba", "llvmlite", "msgspec", "safetensors", "platformdirs", "psutil"]
OURS += [
    "rich",
    "rich_argparse",
    "textual",
    "plotext",
    "gymnasium",
    "tomli_w",
    "kernels",
    "presets",
]


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder of modules named as those we import, each of which leaves a trace when imported."""
    folder = tmp_path / "foreign"
    folder.mkdir()
    trace = f"open({str(tmp_path / 'trace')!r}, 'a').write(__name__ + '\\n')\n"
    for name in {*sys.stdlib_module_names, *OURS} - {"sys", "builtins"}:
        (folder / f"{name}.py").write_text(trace)
    (folder / "tui_dl").mkdir()
    (folder / "tui_dl" / "__init__.py").write_text(trace)
    (folder / ".numba_config.yaml").write_text("disable_jit: 1\n")
    return folder


def imported(foreign: Path) -> set[str]:
    trace = foreign.parent / "trace"
    return set(trace.read_text().split()) if trace.exists() else set()


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
        env=os.environ | environment,
    )


def test_training_and_warming_up(foreign: Path, home: Path) -> None:
    for command in (SHORT, ["resume", "last", "--headless"], ["warmup", "first-network"]):
        if command[0] == "resume":
            run_folder(home)
        done = run(SCRIPT, *command, cwd=foreign)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    assert {State(it).status for it in all_runs(home)} == {"finished"}
    assert imported(foreign) == set()


@pytest.mark.parametrize("path", [".", "", f"{os.pathsep}/nowhere", f".{os.pathsep}/nowhere"])
def test_a_module_path_with_the_working_folder_in_it(path: str, foreign: Path) -> None:
    """Python starts with it; what we start does without."""
    code = "from tui_dl.process import spawn; print(spawn.environment().get('PYTHONPATH', ''))"
    kept = run(sys.executable, "-P", "-c", code, cwd=foreign.parent, PYTHONPATH=path).stdout
    assert [it for it in kept.strip().split(os.pathsep) if it] == ["/nowhere"] * ("/" in path)


def test_started_as_a_module_or_with_a_module_path(tmp_path: Path, home: Path) -> None:
    """Python itself has then imported a few modules before it comes to this program."""
    trace = tmp_path / "trace"
    for name in ("queue", "random", "msgspec", "numpy", "textual", "typing", "__future__"):
        (tmp_path / f"{name}.py").write_text(f"open({str(trace)!r}, 'w')\n")
    ways = [(MODULE, ""), ([SCRIPT], "."), ([SCRIPT], str(tmp_path))]
    for start, path in ways:
        done = run(*start, "warmup", "first-network", "--json", cwd=tmp_path, PYTHONPATH=path)
        assert json.loads(done.stdout)["ready"] > 5, done.stderr
        assert run(*start, "runs", cwd=tmp_path, PYTHONPATH=path).returncode == 0
    assert not trace.exists()


def test_relative_paths_lead_where_they_did(tmp_path: Path, home: Path) -> None:
    presets = run(SCRIPT, "presets", "first-network", cwd=tmp_path)
    (tmp_path / "mine.toml").write_text(presets.stdout)
    done = run(SCRIPT, "warmup", "mine.toml", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["ready"] > 5
    train = ["train", "mine.toml", "--runs", "here", "--json", "--set", "train.epochs=1"]
    done = run(
        SCRIPT,
        *train,
        cwd=tmp_path,
        TUI_DL_CACHE=os.path.relpath(os.environ["TUI_DL_CACHE"], tmp_path),
    )
    assert done.returncode == 0, done.stderr
    assert Path(json.loads(done.stdout)["path"]).parent == tmp_path / "here"
    assert {it.name for it in tmp_path.iterdir()} == {"mine.toml", "here"}


def test_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = f"rmdir ../gone && exec {SCRIPT} warmup first-network --json"
    done = run("sh", "-c", shell, cwd=gone)
    assert done.returncode == 0, done.stderr


def test_from_the_dashboard(
    open_terminal: Callable[[], Terminal], foreign: Path, home: Path
) -> None:
    terminal = open_terminal()
    terminal.press("-l", f"cd {foreign} && {SCRIPT}")
    terminal.press("Enter")
    terminal.wait_for("first-network", "1 Course")
    terminal.press("Enter")
    eventually(lambda: [State(it).status for it in all_runs(home)] == ["finished"])
    assert imported(foreign) == set()


def test_from_a_copy_that_is_not_installed(tmp_path: Path) -> None:
    """It starts itself, not the installation that the module path leads to."""
    package = tmp_path / "tui_dl"
    copied = "process/__init__.py", "process/spawn.py", "support/__init__.py"
    for name in ("__init__.py", *copied, "support/lean_pyarrow.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_bytes((ROOT / "tui_dl" / name).read_bytes())
    worker = package / "process" / "worker.py"
    worker.write_text(
        "import os, tui_dl\ndef main():\n    print(tui_dl.__file__, os.umask(0))\n    return 3"
    )
    command = [sys.executable, "-P", str(package / "process" / "spawn.py"), "tui_dl.process.worker"]
    done = run(*command, cwd=ROOT, PYTHONPATH=str(ROOT))
    assert done.returncode == 3
    assert done.stdout.split() == [str(package / "__init__.py"), str(0o077)]
