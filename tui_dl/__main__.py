"""Where the program begins: ``tui-dl``, and ``python -m tui_dl`` which is the same."""

import signal
import sys


def main() -> int:
    """Load the command line and carry out what was asked.

    While Python still loads, and once all is said, Ctrl-C ends the process without a traceback.
    """
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # as in a script's background
    if not ignored:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from tui_dl.cli import main as carry_out

    if not ignored:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return carry_out()
    finally:
        if not ignored:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    sys.exit(main())
