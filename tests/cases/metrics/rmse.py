from math import sqrt

from tests.cases.metric import Case

TARGETS = [[1.0], [2], [3]]
CASES = [Case(TARGETS, TARGETS, 0), Case([[1.0], [2], [0]], TARGETS, sqrt(3))]
