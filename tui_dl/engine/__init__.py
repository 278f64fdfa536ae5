"""Training and inference of networks: an experiment in, events out. Prints nothing, writes no run.

graph/       an experiment's layers as kernel calls over one array of parameters
train/       steps, epochs, optimizers, schedules, early stopping, checkpoints
threads/     the thread pool, and the tuner that chooses how many threads work
inference/   predictions and decoding with trained weights
generation/  tokens drawn from logits, and sequences that a network continues
diagnosis/   rules that find what goes wrong in a run and advise a change
metrics/     accuracy, F1, ROC AUC and others over all samples of a split
observers/   what is recorded beside the numbers: samples, feature maps, histograms, texts
baselines/   models without a network, beside which its result stands
"""

from tui_dl.kernels.core.cache import STORE
from tui_dl.support.kernel_cache import trusted_home

if home := trusted_home():
    STORE.keep_in(home)
