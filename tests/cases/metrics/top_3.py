import numpy as np

from tests.cases.metric import Case

ROW = [3.0, 2, 1, 0]
CASES = [
    Case([ROW] * 4, [0, 1, 2, 3], 3 / 4),
    Case([[1.0, 1, 1, 1]] * 4, [0, 1, 2, 3], 3 / 4),  # of equal scores the lower class is first
    Case([ROW, [3, 2, 1, np.nan]], [0, 0], 1 / 2),
]
