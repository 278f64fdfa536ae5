"""What all kernels share.

jit           how kernels are compiled
cache         compiled kernels on disk
lanes         the layout of a mini-batch, and the tile sizes of each processor
arrays        aligned arrays and shares of them
vectors       sixteen floats as one value
emitter       LLVM instructions that Numba cannot express
functions     exp, tanh, sigmoid, softplus, erf
elementary    copies and sums of whole arrays
sums          sums of gradients over lanes and blocks
argmax        the class that a network predicts
gather        samples into lanes
program       lists of calls run by compiled code, on several threads
step_record   the record of a training step
"""
