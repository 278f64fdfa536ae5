from tests.cases.metric import CLASSES, LABELS, PREDICTED, Case, scores

CASES = [
    Case(
        scores(PREDICTED, CLASSES), LABELS, [[2, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    )
]
