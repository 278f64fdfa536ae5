from math import log

from tests.cases.metric import Case

CASES = [Case([[0.0, 0, 0, 0]] * 2, [0, 3], 4), Case([[0.0, log(3)]], [0], 4)]
