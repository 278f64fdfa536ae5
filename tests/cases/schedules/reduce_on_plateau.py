from tests.cases.schedule import Case
from tui_dl.spec.train.schedules.reduce_on_plateau import ReduceOnPlateau

CASES = [Case(ReduceOnPlateau(factor=0.5), {(0, 0): 1, (50, 0): 1, (50, 1): 1 / 2, (60, 3): 1 / 8})]
