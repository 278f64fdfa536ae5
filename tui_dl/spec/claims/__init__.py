"""Claims: reading the comparison that one makes, and checking the names in it.

reader.py       a comparison as a tree, from its text
names.py        the figures that a run of an experiment has
evaluate.py     the numbers of its two sides
check.py        checks an experiment's claims before it is trained
"""
