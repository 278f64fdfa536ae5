"""Helpers for all packages: errors, formatting, printable text, random numbers, the machine."""
