"""Many runs at once: a queue of them, and the launchers that work it off.

job.py          one run of a batch
local.py        starts them on this machine, as many at a time as it has processors
queue.py        the same in a process of its own, for the dashboard
"""
