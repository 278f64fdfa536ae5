"""Threads that compute, and the choice of how many."""
