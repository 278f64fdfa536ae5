from tests.cases.metric import CLASSES, LABELS, PREDICTED, Case, scores

CASES = [Case(scores(PREDICTED, CLASSES), LABELS, (2 / 3 + 1 / 2 + 0) / 3)]
