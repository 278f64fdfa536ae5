from math import sqrt

from tests.cases.schedule import TOTAL, Case
from tui_dl.spec.train.schedules.cosine import Cosine

CASES = [
    Case(
        Cosine(),
        {(0, 0): 1, (TOTAL // 4, 0): (1 + sqrt(1 / 2)) / 2, (TOTAL // 2, 0): 1 / 2, (TOTAL, 0): 0},
    ),
    Case(Cosine(epochs=6), {(21, 0): 1 / 2, (42, 0): 0, (TOTAL - 1, 0): 0}),
]
