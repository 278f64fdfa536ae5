"""Threads that compute, and how many of them help."""
