"""Copies of the tree, to which toys are added from files."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.shell import ROOT

TOYS = Path(__file__).parent / "toys"
PARTS = ("kernels", "presets", "tui_dl", "tests", "docs")
IGNORED = shutil.ignore_patterns("__pycache__", "adding", "e2e", "faults", "fixtures", "images")


class Tree:
    """A copy of the package with its two links, its tests and its documents.

    Attributes:
        root: the folder of the copy.
        cache: of the kernels compiled in copies; it is kept from one test run to the next.
    """

    cache = ROOT / ".pytest_cache" / "kernels-of-copies"

    def __init__(self, root: Path, toys: Sequence[str] = ()) -> None:
        """Copy the tree to `root`, and add `toys`."""
        self.root = root
        for part in PARTS:
            shutil.copytree(ROOT / part, root / part, symlinks=True, ignore=IGNORED)
        shutil.copy(ROOT / "pyproject.toml", root)
        self.original = self.content()
        for toy in toys:
            self.add(toy)

    def add(self, toy: str) -> None:
        """Add the files of a toy; none of them may be there already."""
        for file in files_of(toy):
            target = self.root / file
            assert not target.exists(), file
            shutil.copy(TOYS / toy / file, target)

    def content(self) -> dict[str, str]:
        """A digest of every file, by its path."""
        return {
            str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m` with these arguments; this tree comes first on its path."""
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=280,
            cwd=self.root,
            env=os.environ | {"TUI_DL_CACHE": str(self.cache)},
        )

    def tui_dl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program of this tree."""
        return self.run("tui_dl", *arguments)

    def pytest(self, *arguments: str) -> str:
        """Run tests of this tree without leaving a cache in it; return what is printed.

        They have a temporary folder of their own: without one pytest ends by clearing away what
        earlier sessions left, and hundreds of thousands of files take minutes.
        """
        own = f"--basetemp={self.root.parent / 'temporary'}"
        done = self.run("pytest", "-p", "no:cacheprovider", "--tb=short", own, *arguments)
        return done.stdout + done.stderr


def files_of(toy: str) -> list[str]:
    """The files of a toy, as paths in the tree."""
    folder = TOYS / toy
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*") if path.is_file())
