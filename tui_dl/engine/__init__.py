"""Training: an experiment in, events out. Prints nothing, draws nothing, knows no files.

session.py     first words, what it is told, last words
saving.py      when weights are kept, and going back to them
train.py       the loop: steps and epochs
score.py       how well a network does
step.py        one optimiser step, and evaluation, over threads that own shards
reinforce.py   the same of episodes that the network plays itself
team.py        the threads
crew.py        how many of them pay
network.py     an experiment's layers as bound kernel calls
parameters.py  all weights in one array, by name
initial.py     their first values
optimizer.py   the update
batches.py     which samples make a step
augment.py     how they are changed from epoch to epoch
schedule.py    the learning rate of each step
stopping.py    which epoch was best
metrics.py     what outputs are worth beside the loss
meters.py      one record a step
pace.py        how long steps take
model.py       a trained network that predicts
diagnosis/     what goes wrong, and what to change
state.py       what must be kept to go on
compile.py     compiling kernels, and saying so
"""

from tui_dl.kernels.core.cache import STORE
from tui_dl.support.kernel_cache import trusted_home

if home := trusted_home():
    STORE.keep_in(home)
