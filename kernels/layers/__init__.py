"""Layers: one file a kind, and files that several kinds share.

base               what every layer offers
elementwise        the base of gelu, leaky_relu, sigmoid and tanh
convolution        the base of conv1d and conv2d
pool2d             the base of avg_pool2d and max_pool2d
recurrent          the base of rnn, lstm and gru; cell and cell_steps, one direction of them
by_token           gradients of an embedding and the recurrent layer after it
batch_statistics   mean and variance for batch_norm
padding            clearing what is after the end of a sequence
"""
