"""Experiment files: reading, overrides and error messages."""
