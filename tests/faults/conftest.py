"""What all tests of faults share: a process that forks, and a run that nothing went wrong with."""

from collections.abc import Iterator

import pytest

from tests.faults.server import Server
from tests.faults.tiny import EXPERIMENT, HEADLESS
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    it = Server()
    yield it
    it.close()


@pytest.fixture(scope="session")
def undisturbed(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The run that nothing went wrong with."""
    home = tmp_path_factory.mktemp("undisturbed")
    file = home / "tiny.toml"
    file.write_text(EXPERIMENT)
    (done,) = server.ask(["train", str(file), *HEADLESS, "--runs", str(home)])
    assert done.status == 0, done
    return all_runs(home)[0]
