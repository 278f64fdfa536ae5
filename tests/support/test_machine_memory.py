"""Available memory: control groups of both versions, and limits of a process."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tui_dl.support.machine_memory import MAPPED, Available, available

MB = 1_000_000


def group(folder: Path, names: tuple[str, str, str], most: str, used: int, pages: int) -> None:
    folder.mkdir(parents=True)
    limit, usage, cache = names
    (folder / limit).write_text(f"{most}\n")
    (folder / usage).write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"anon 1\n{cache} {pages}\n")


V1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
V2 = ("memory.max", "memory.current", "inactive_file")


@pytest.mark.parametrize(
    ("line", "where", "names"),
    [
        ("0::/job/step", "", V2),
        ("4:memory:/job/step", "memory", V1),
        ("4:cpu,memory:/job/step", "memory", V1),
    ],
)
@pytest.mark.parametrize("outer", ["max", str(1 << 63), str(90 * MB)])
def test_what_a_control_group_leaves(
    tmp_path: Path, line: str, where: str, names: tuple[str, str, str], outer: str
) -> None:
    job = tmp_path / "groups" / where / "job"
    group(job, names, outer, 50 * MB, 0)
    group(job / "step", names, str(100 * MB), 40 * MB, 10 * MB)
    cgroup = tmp_path / "cgroup"
    cgroup.write_text(f"1:name=systemd:/\n{line}\n")
    left = 40 * MB if outer == str(90 * MB) else 70 * MB
    assert available(cgroup, tmp_path / "groups").bytes == left


def test_in_a_container_the_group_may_be_the_root(tmp_path: Path) -> None:
    group(tmp_path / "groups", V2, str(100 * MB), 40 * MB, 0)
    cgroup = tmp_path / "cgroup"
    cgroup.write_text("0::/system.slice/docker-1.scope\n")
    assert available(cgroup, tmp_path / "groups").bytes == 60 * MB


@pytest.mark.parametrize("text", ["", "0::/\n", "nonsense", "4:memory:/not/there\n"])
def test_without_groups_it_is_what_the_machine_has(tmp_path: Path, text: str) -> None:
    cgroup = tmp_path / "cgroup"
    cgroup.write_text(text)
    assert available(cgroup, tmp_path / "none").bytes > 10 * MB


@pytest.mark.parametrize("kind", ["RLIMIT_AS", "RLIMIT_DATA"])
def test_what_a_process_may_take_is_known(kind: str) -> None:
    code = "from tui_dl.support.machine_memory import available; print(available().bytes)"
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(getattr(resource, kind), (700 * MB, 700 * MB)),
    )
    assert int(told.stdout) == (700 * MB - MAPPED if kind == "RLIMIT_AS" else 700 * MB)


def test_addresses_hold_what_is_never_written_too() -> None:
    some = Available(bytes=500 * MB, addresses=1500 * MB)
    assert some.holds(400 * MB, 500 * MB)
    assert not some.holds(400 * MB, 700 * MB)
    assert not some.holds(501 * MB, 0)
