"""The run folder: the only thing worker, dashboard, command line and other machines share.

home.py    where runs live, and which one a user means
folder.py  what is in a run folder; making one
files.py   opening what is in it: nothing waits, follows a link or is read without bound
entries.py is everything in it the file or folder that it has to be?
atomic.py  replacing a whole file, or appending, so that no reader sees half of it
log.py     appending and following events.jsonl
steps.py   appending and reading steps.bin
record.py  one record of it, without numpy
room.py    will the disk hold what a run writes?
reduce.py  a million steps to a few hundred points, no spike lost
control.py the mailbox of commands to a live worker
lock.py    is the worker alive?
startable.py  can a run be started here?
launch.py  starting a worker that outlives whoever started it
checkpoint.py  tensors by name, with a checksum
rewind.py  back to the last checkpoint
status.py  what a run's events say of it, in one struct
summary.py its figures, as every --json has them
"""
