from tests.cases.metric import Case, scores

LABELS = [[1, 2, -1], [1, 2, 0], [-1, -1, -1]]
CASES = [Case(scores([[1, 2, 5], [1, 2, 5], [0, 0, 0]], 6), LABELS, 2 / 3)]
