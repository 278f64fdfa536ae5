"""One file a kind of layer."""
