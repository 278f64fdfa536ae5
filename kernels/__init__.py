"""Arithmetic on arrays: numpy and numba only, nothing of tui_dl."""
