"""The checks of a table: each is one file here, found by being in this folder."""
