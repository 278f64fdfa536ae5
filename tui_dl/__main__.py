"""``python -m tui_dl`` is the same as ``tui-dl``."""

import sys

from tui_dl.cli import main

sys.exit(main())
