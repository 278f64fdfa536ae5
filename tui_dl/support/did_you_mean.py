"""The word that was perhaps meant: ours for what others call so, or one that is much like it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

OURS = {  # for words of PyTorch, Keras and papers, as `_plain` has them
    "acc": "accuracy", "auc": "roc_auc", "avgpool": "avg_pool2d", "averagepooling2d": "avg_pool2d",
    "bce": "binary_cross_entropy",
    "bcewithlogitsloss": "binary_cross_entropy", "bn": "batch_norm", "bs": "batch_size",
    "ce": "cross_entropy", "channels": "filters", "clipnorm": "clip", "conv": "conv2d",
    "convolution": "conv2d", "criterion": "loss", "crossentropyloss": "cross_entropy",
    "dataset": "source", "earlystop": "early_stopping", "ema": "weight_average", "eps": "epsilon",
    "fc": "dense", "filtersize": "kernel", "gamma": "factor", "gradclip": "clip",
    "hidden": "units", "hiddendim": "units", "hiddensize": "units", "initial": "initializer",
    "kaiming": "he", "kernelinitializer": "initializer", "kernelsize": "kernel",
    "l1loss": "mean_absolute_error", "linear": "dense", "ln": "layer_norm", "lr": "learning_rate",
    "lrscheduler": "schedule", "lrschedule": "schedule", "mae": "mean_absolute_error",
    "maxepochs": "epochs", "maxpool": "max_pool2d", "maxpooling2d": "max_pool2d",
    "lowest": "min_learning_rate", "minlr": "min_learning_rate",
    "mindelta": "min_delta", "minibatch": "batch_size", "model": "network", "layers": "network",
    "mse": "mean_squared_error", "mseloss": "mean_squared_error", "nepochs": "epochs",
    "nll": "cross_entropy", "numepochs": "epochs", "optim": "optimizer",
    "outchannels": "filters", "outfeatures": "units", "p": "rate", "plateau": "reduce_on_plateau",
    "pool": "max_pool2d", "poolsize": "size", "randomstate": "seed",
    "reducelronplateau": "reduce_on_plateau", "reinforce": "policy_gradient",
    "returnsequences": "output", "scheduler": "schedule", "smoothing": "label_smoothing",
    "smoothl1loss": "huber", "steplr": "step", "strides": "stride", "testsize": "test",
    "testsplit": "test", "valacc": "accuracy", "valaccuracy": "accuracy",
    "valloss": "validation_loss", "valsplit": "validation",
    "validationsplit": "validation", "wd": "weight_decay", "xavier": "glorot",
}  # fmt: skip

ROW = "write it as a row of its own"
GIVEN = "leave it out: what comes in is known"
ADVICE = {  # where there is nothing to be named instead
    "activation": ROW, "batchnorm": ROW, "dropout": ROW, "infeatures": GIVEN, "inchannels": GIVEN,
    "inputshape": GIVEN, "inputsize": GIVEN, "inputdim": GIVEN, "numembeddings": GIVEN,
}  # fmt: skip


def suggest(name: str, valid: Sequence[str], otherwise: str | None = None) -> str:
    """The valid name that was perhaps meant, or `otherwise`, or all of them; begins with ``; ``."""
    close = same(name, valid) or get_close_matches(name.lower(), valid, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; {otherwise or 'known: ' + ', '.join(valid)}"


def same(name: str, valid: Sequence[str]) -> list[str]:
    """The valid names that are `name` but for its spelling, or mean the same."""
    plain = _plain(name)
    return [word for word in valid if _plain(word) == plain or word == OURS.get(plain)]


def advice(name: str) -> str | None:
    """What to do about a key that others have, and we have in no place."""
    return ADVICE.get(_plain(name))


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")
