from tests.cases.metric import Case

CASES = [
    Case([[4.0], [3], [2], [1]], [1, 0, 1, 0], 3 / 4),  # one output for two classes
    Case([[2.0], [2], [1], [1]], [1, 0, 1, 0], 1 / 2),
    Case([[-1.0], [2], [3], [1]], [0, 1, 0, -1], 1 / 2),
]
