"""How much memory a run takes, known before it starts, and how much there is.

need.py       what a run of an experiment takes at its peak, part by part
libraries.py  of that, what takes it whatever the experiment
machine.py    what a new process may take
fit.py        is that enough?
"""
