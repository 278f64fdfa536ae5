from tests.cases.schedule import TOTAL, Case
from tui_dl.spec.train.schedules.steps import Constant

CASES = [
    Case(Constant(), {(0, 0): 1, (50, 3): 1, (TOTAL - 1, 0): 1}),
    Case(Constant(warmup=2), {(0, 0): 1 / 14, (6, 0): 1 / 2, (13, 0): 1, (50, 0): 1}),
]
