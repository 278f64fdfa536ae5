"""The process that predicts with a run's network: for a file, or line after line.

`tui-dl predict` and the dashboard start it, for neither computes.
"""
