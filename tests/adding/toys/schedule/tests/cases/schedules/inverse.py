from tests.cases.schedule import TOTAL, Case
from tui_dl.spec.train.schedules.inverse import Inverse

CASES = [Case(Inverse(decay=0.5), {(6, 0): 1, (7, 0): 1 / 1.5, (TOTAL - 1, 0): 1 / 6.5})]
