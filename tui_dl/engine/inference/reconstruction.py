"""Reconstruction errors of a trained autoencoder: those that its pictures show during training."""

from __future__ import annotations

from tui_dl.engine.metrics.reconstruction import Doubles, reconstructions, scores, threshold

__all__ = ["Doubles", "reconstructions", "scores", "threshold"]
