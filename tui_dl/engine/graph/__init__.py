"""The network of an experiment: its parameters, and its layers as kernel calls."""
