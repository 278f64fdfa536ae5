from tests.cases.schedule import TOTAL, Case
from tui_dl.spec.train.schedules.steps import Exponential

CASES = [Case(Exponential(factor=0.8), {(6, 0): 1, (7, 0): 0.8, (TOTAL - 1, 0): 0.8**11})]
