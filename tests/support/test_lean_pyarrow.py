"""No process of this program imports pandas, which pyarrow would where it is installed."""

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
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.skipif(find_spec("pandas") is None, reason="pandas is not installed")
def test_reading_a_table_does_not_import_pandas() -> None:
    done = subprocess.run([sys.executable, "-c", COMMAND], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stderr.splitlines()[-1])
    assert "pyarrow" in loaded
    assert "pandas" not in loaded
