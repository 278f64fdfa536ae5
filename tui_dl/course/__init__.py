"""The course: what its runs must show, tested by what they recorded.

figures.py      the figures of one run, read from its folder
verdict.py      whether the claims of an experiment hold, and by how much
judged.py       what one run says of the claims that are meant for it
"""
