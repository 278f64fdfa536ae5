"""The screens and the windows over them."""
