"""How much memory an experiment takes."""
