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
