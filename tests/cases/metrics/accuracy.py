from tests.cases.metric import CLASSES, LABELS, PREDICTED, Case, scores

CASES = [Case(scores(PREDICTED, CLASSES), LABELS, 1 / 2)]
