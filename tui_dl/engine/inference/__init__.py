"""Predictions of a trained network."""
