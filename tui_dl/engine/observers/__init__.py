"""Observers: what they see of the network at the end of an epoch becomes an artifact of the run.

moments.py      which epochs are observed, and which artifacts are removed
base.py         the base of all observers, and what they look at
registry.py     finds all observers
observe.py      runs the observers of an experiment
answers.py      what the network answers in a whole split
shown.py        samples as small arrays
layers.py       the layers that are observed, where a network has many

Each other file is one kind of artifact: it defines one `Observer`, and its name is the kind. A file
that is here is found.
"""
