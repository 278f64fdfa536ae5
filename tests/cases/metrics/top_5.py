from tests.cases.metric import Case

CASES = [Case([[5.0, 4, 3, 2, 1, 0]] * 6, [0, 1, 2, 3, 4, 5], 5 / 6)]
