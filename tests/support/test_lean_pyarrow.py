"""pyarrow imports no more than it needs in processes of this program; the system's allocator."""

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.shell import ROOT

COMMAND = """
import json, sys
from tui_dl.__main__ import main
sys.argv = ["tui-dl", "data", "wine", "--json"]
status = main()
pool = sys.modules["pyarrow"].default_memory_pool().backend_name
print(json.dumps([sorted(sys.modules), pool]), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.skipif(find_spec("pandas") is None, reason="pandas is not installed")
def test_reading_a_table() -> None:
    done = subprocess.run([sys.executable, "-c", COMMAND], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    loaded, pool = json.loads(done.stderr.splitlines()[-1])
    assert "pyarrow" in loaded
    assert not {"pandas", "cloudpickle", "pydoc", "numpy.ma"} & set(loaded)
    assert pool == "system"


FUNCTIONS = """
from tui_dl.support import lean_pyarrow
{before}
lean_pyarrow.lean_pyarrow()
import pyarrow.compute as pc
made = len(vars(pc))
values = [True, None], [False, True]
assert pc.or_(*values).to_pylist() == [True, None]
assert pc.utf8_trim([" a", "b "], characters=" ").to_pylist() == ["a", "b"]
assert pc.utf8_zfill is pc.utf8_zero_fill and pc.or_ is pc.or_
assert len(pc.function_registry().list_functions()) > 200
try:
    pc.no_such_function
except AttributeError as error:
    assert "no_such_function" in str(error)
else:
    raise AssertionError
print(made)
"""


@pytest.mark.parametrize(
    ("before", "all_at_once"),
    [("", False), ("lean_pyarrow._TAKEN = 'utf8_lower'", True)],  # as if pyarrow took another
)
def test_functions_are_made_when_they_are_asked_for(before: str, all_at_once: bool) -> None:
    program = FUNCTIONS.format(before=before)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert (int(done.stdout) > 300) == all_at_once
