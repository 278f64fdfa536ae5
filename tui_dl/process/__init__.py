"""Processes that compute, and starting them."""
