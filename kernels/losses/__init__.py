"""Losses, a file each; `base` and `pointwise` have what several share."""
