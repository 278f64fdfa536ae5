"""Readers: from the bytes of a user's file to a table, with everything found out by looking."""
