"""The program's entry: `tui-dl`, and ``python -m tui_dl``, which is the same."""

# Built in, unlike `signal`: a file of that name may lie in the working folder.
import _signal  # type: ignore[import-not-found]
import os
import sys

IGNORED = _signal.getsignal(_signal.SIGINT) == _signal.SIG_IGN  # as in a script's background
if not IGNORED:  # before all else: whatever is still to be imported would print a traceback
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
# NumPy's BLAS starts threads when it is imported, which takes 60 ms. Our kernels have their own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> int:
    """Carry out the command line and return its exit status.

    While Python still loads, and once all is said, Ctrl-C ends the process without a traceback.
    """
    leave_out_working_folder()
    from tui_dl.cli.exit_status import INTERRUPTED
    from tui_dl.cli.main import main as carry_out
    from tui_dl.support.lean_pyarrow import lean_pyarrow

    try:
        if not IGNORED:
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        lean_pyarrow()
        return carry_out()
    except KeyboardInterrupt:  # just before, or after, the command line is carried out
        return INTERRUPTED
    finally:
        if not IGNORED:
            _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


def leave_out_working_folder() -> None:
    """Take the working folder off the module path: a `queue.py` that lies there is not ours.

    `python -m` and PYTHONPATH put it before the standard library. Where this package itself is
    in it, what else is installed there is found, but last. Only modules are used that Python has
    loaded before.
    """
    folder_of, full = os.path.dirname, os.path.realpath
    try:
        here = full(os.curdir)
    except FileNotFoundError:  # it is gone
        return
    standard = sys.path.index(folder_of(os.__file__))
    sys.path[:standard] = [folder for folder in sys.path[:standard] if full(folder) != here]
    installed_in = folder_of(folder_of(full(__file__)))
    if installed_in not in map(full, sys.path):
        sys.path.append(installed_in)


if __name__ == "__main__":
    sys.exit(main())
