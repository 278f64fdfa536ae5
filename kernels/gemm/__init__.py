"""Matrix products and their gradients, for dense layers, convolutions and recurrent steps alike.

tile                   the loops over sums in registers, as LLVM instructions
pack                   weights in the order in which the tile reads them
gemm                   products, tile by tile
transpose              (features, lanes) to (lanes, features)
weight_gradient        the gradient of a matrix, as another gemm
convolution_gradient   the gradient of a convolution's weights
"""
