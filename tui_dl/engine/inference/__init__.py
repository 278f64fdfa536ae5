"""Inference: predictions and decoded sequences of a trained network."""
