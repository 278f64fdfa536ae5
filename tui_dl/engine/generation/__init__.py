"""Generation: tokens drawn from logits, and sequences that a network continues."""
