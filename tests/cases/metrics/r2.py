from tests.cases.metric import Case

TARGETS = [[1.0], [2], [3]]
CASES = [
    Case(TARGETS, TARGETS, 1),
    Case([[2.0]] * 3, TARGETS, 0),
    Case([[1.0], [2], [4]], TARGETS, 1 / 2),
]
