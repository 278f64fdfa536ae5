"""The network of an experiment: its parameters and its kernels, ready to be called."""
