"""Suggestions for unknown names: our word for one of PyTorch or Keras, or the nearest spelling."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

OURS = {  # by words of PyTorch, Keras and papers, in the form of `_plain`
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
KNOWN = "leave it out: the input size is inferred"
ADVICE = {  # for words without a counterpart
    "activation": ROW, "batchnorm": ROW, "dropout": ROW, "infeatures": KNOWN, "inchannels": KNOWN,
    "inputshape": KNOWN, "inputsize": KNOWN, "inputdim": KNOWN, "numembeddings": KNOWN,
}  # fmt: skip


def suggest(name: str, valid: Sequence[str], otherwise: str | None = None) -> str:
    """End of an error message: the nearest valid name, else `otherwise`, else all valid names.

    It is empty where there are none.
    """
    close = same(name, valid) or get_close_matches(name.lower(), valid, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    hint = otherwise or (f"known: {', '.join(valid)}" if valid else "")
    return f"; {hint}" * bool(hint)


def same(name: str, valid: Sequence[str]) -> list[str]:
    """The valid names that differ from `name` in case and hyphens only, or mean the same."""
    plain = _plain(name)
    return [word for word in valid if _plain(word) == plain or word == OURS.get(plain)]


def advice(name: str) -> str | None:
    """What to do instead of a key of other libraries that has no counterpart here."""
    return ADVICE.get(_plain(name))


def _plain(name: str) -> str:
    """`name` in lower case without hyphens and underscores."""
    return name.lower().replace("_", "").replace("-", "")
