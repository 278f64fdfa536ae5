from tests.cases.metrics import CLASSES, LABELS, PREDICTED, Case, scores

CASES = [Case(scores(PREDICTED, CLASSES), LABELS, 1 / 2)]
