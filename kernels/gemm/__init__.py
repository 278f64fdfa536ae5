"""Matrix products: the register tile, weight gradients and transposition."""
