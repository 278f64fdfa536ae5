"""Worker and warm-up processes, and the functions that start them."""
