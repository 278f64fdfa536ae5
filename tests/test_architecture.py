"""What holds the project together: who imports whom, what is packed, what is written down."""

import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.fake_run import finished_run
from tests.parsers import parsers
from tests.shell import ROOT
from tui_dl import presets
from tui_dl.spec.data import SOURCES
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import KINDS as LAYERS

LOADED = """
import json, sys
from tui_dl.cli.main import main
status = main(sys.argv[1:])
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


def modules_after(code: str, *arguments: str) -> set[str]:
    """What a fresh interpreter has loaded, by its standard error's last line."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_import_contracts() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["runs"], ["runs", "--json"], ["show", "last"]])
def test_looking_loads_nothing_heavy(arguments: list[str], home: Path) -> None:
    finished_run(home)
    loaded = modules_after(LOADED, *arguments)
    assert "tui_dl.cli.main" in loaded
    assert not loaded & {"numpy", "numba", "llvmlite", "textual", "plotext", "psutil"}


def test_the_dashboard_loads_no_compiler() -> None:
    code = "import json, sys, tui_dl.ui.app; print(json.dumps(list(sys.modules)), file=sys.stderr)"
    loaded = modules_after(code)
    assert "textual" in loaded
    assert not loaded & {"numba", "llvmlite", "tui_dl.engine", "tui_dl.kernels"}


@pytest.mark.slow
def test_the_wheel_made_from_the_sdist_is_complete(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (sdist,) = tmp_path.glob("*.tar.gz")
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert {
        f"tui_dl/presets/{presets.chapter_of(it).folder}/{it}.toml" for it in presets.COURSE
    } <= packed
    for folder, link in (("kernels", "tui_dl/kernels"), ("presets", "tui_dl/presets")):
        ours = {
            f"{link}/{path.relative_to(ROOT / folder)}" for path in (ROOT / folder).rglob("*.py")
        }
        assert len(ours) >= 1
        assert ours <= packed
    kept = ".py", ".tcss", ".npz", ".csv", ".md"
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tui_dl").rglob("*")
        if path.suffix in kept and "__pycache__" not in path.parts
    }
    assert package <= packed
    assert not [name for name in packed if name.startswith(("kernels/", "presets/", "tests/"))]
    with tarfile.open(sdist) as archive:
        assert any("/tests/" in name for name in archive.getnames())


def tables(base: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """The package's subclasses of a struct, of every level."""
    for it in base.__subclasses__():
        if it.__module__.startswith("tui_dl.spec"):
            yield it
        yield from tables(it)


def test_every_key_of_an_experiment_is_documented() -> None:
    text = (ROOT / "docs" / "experiments.md").read_text(encoding="utf-8")
    written = set(re.findall(r"`([a-z_0-9]+)`", text))
    described = "tui_dl.spec.data_spec"  # found out of the data, not written by a user
    found = {table for table in tables(msgspec.Struct) if table.__module__ != described}
    assert {Experiment, *LAYERS.values(), *SOURCES.values()} <= found
    for table in sorted(found, key=lambda it: it.__name__):
        config = table.__struct_config__
        kind = str(config.tag or "")
        wanted = {kind} if kind.islower() else set()  # the bases have their class name
        wanted |= {field.encode_name for field in msgspec.structs.fields(table)}
        missing = sorted(wanted - written)
        assert not missing, f"docs/experiments.md does not name {missing} of {table.__name__}"


def test_the_readme_names_every_layer() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| Layers \| (.*) \|$", text, re.M)
    assert sorted(row.split(", ")) == sorted(LAYERS), "README.md, What is there today: Layers"


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `tui-dl ?([a-z-]*).*?`$\n(.*?)(?=^## |\Z)", text, re.M | re.S))
    everywhere = sections.pop("")
    found = parsers()
    assert set(sections) == set(found) - {""}
    for name, command in found.items():
        for action in command._actions:
            for option in action.option_strings:
                assert f"`{option}" in sections.get(name, "") + everywhere, (name, option)


def test_the_readme_names_every_command_and_package() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first_column = re.findall(r"^\| (`tui-dl.*?`) \|", text, re.M)
    named = re.findall(r"`tui-dl ?([a-z-]*)", " ".join(first_column))
    assert sorted(named) == sorted(parsers())
    for entry in (ROOT / "tui_dl").iterdir():
        if entry.name[0] not in "_." and (entry.suffix == ".py" or entry.is_dir()):
            assert entry.name in text, entry
