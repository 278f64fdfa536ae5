"""The toys are no tests of this tree: they are added to a copy of it."""

collect_ignore = ["toys"]
