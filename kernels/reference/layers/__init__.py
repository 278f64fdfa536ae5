"""Plain forms of the layers, related ones in one file."""
