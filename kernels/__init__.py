"""The arithmetic of training in NumPy and Numba, independent of the rest of tui_dl.

docs/kernels.md explains how it works.

core/         compilation and its cache, lanes and vectors, call tables, exp and tanh, gathering
gemm/         matrix products: register tiles, packing, weight gradients, transposition
layers/       one file a layer, with forward and backward; files that several layers share
losses/       one file a loss, with its gradient
optimizers/   one file an optimizer; clipping and the average of the weights
reference/    the plain form of every layer, loss and optimizer, with which tests compare
"""
