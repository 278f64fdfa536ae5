"""Side-by-side benchmarks: ``make bench``, or ``python -m bench [PART ...] [--json]``.

peer.py      PyTorch's network for an experiment, from the same weights
race.py      the same steps by tui-dl and PyTorch, in turn
products.py  kernels against OpenBLAS and oneDNN, and against the machine's peak
report.py    the machine, the table, results.md
networks/    what is raced
"""
