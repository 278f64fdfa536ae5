"""Plain forms of the optimizers."""
