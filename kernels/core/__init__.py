"""What all kernels stand on: compilation and its cache, lanes, vectors, and tables of calls."""
