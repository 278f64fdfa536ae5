"""Side-by-side benchmarks: ``make bench``, or ``python -m bench [PART ...] [--json]``.

race.py       the same steps by tui-dl and PyTorch, in turn
products.py   kernels against OpenBLAS and oneDNN, and against the machine's peak
scaling.py    more threads against one
growth.py     a step's cost against the size of the batch, the network and the sequence
start.py      time to the first step, with kernels to compile and with kernels in the cache
memory.py     peak memory of a worker
telemetry.py  steps with their records against steps without

tables.py     real tables beside scikit-learn; million_rows.py  reading a long one beside pandas

own.py        our trainer, step by step
peer.py       PyTorch's network for an experiment, from the same weights; peer_losses.py
compiled.py   the same through torch.compile
turns.py      timing by alternating turns
report.py     the machine, rows as tables, results.md
networks/     the networks of the race
"""
