"""Optimizers, a file each; `base` has what they share, `clip` and `average` go with any of them."""
