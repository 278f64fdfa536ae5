from tests.cases.metric import Case, scores

NAMES = "O", "B-a", "I-a"
PREDICTED = [[1, 2, 0, 0], [1, 0, 1, 1]]  # one right, one missed, one too many
CASES = [Case(scores(PREDICTED, 3), [[1, 2, 0, 1], [0, 0, -1, -1]], 1 / 2, NAMES)]
