"""Plain forms of the losses: of one set of logits, or of every output by itself."""
