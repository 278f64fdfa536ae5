"""The training config, that is the ``[train]`` table of an experiment.

config.py          the table itself: epochs, seed, early stopping, changes made to a run
losses/            losses, and the output that each of them needs
metrics/           metrics, and the data that each of them suits
optimizers/        optimizers
schedules/         learning-rate schedules
clip.py            gradient clipping
batch_schedule.py  mini-batches that grow
pairs.py           keys that cannot be combined
table.py           base class of these tables, and the ranges of their numbers
"""
