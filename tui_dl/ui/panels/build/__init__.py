"""What the builder shows: rows, facts, and the file as it is."""
