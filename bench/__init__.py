"""Side-by-side benchmarks: ``make bench``, or ``python -m bench [PART ...] [--json]``.

race.py       the same steps by tui-dl and PyTorch, in turn
products.py   kernels against OpenBLAS and oneDNN, and against the machine's peak
scaling.py    more threads against one
growth.py     a step's cost against the size of the batch, the network and the sequence
start.py      from the command to the first step, kernels to compile and kernels in the cache
memory.py     the most memory a worker takes
telemetry.py  steps with their records against steps without

own.py        our trainer, to be stepped at will
peer.py       PyTorch's network for an experiment, from the same weights; peer_recipe.py
compiled.py   the same through torch.compile
turns.py      timing by alternating turns
report.py     the machine, rows as tables, results.md
networks/     what is raced
"""
