from tests.cases.schedule import TOTAL, Case
from tui_dl.spec.train.schedules.one_cycle import OneCycle

CASES = [
    Case(
        OneCycle(warm_up_fraction=0.5, start_divisor=10, end_divisor=100),
        {(0, 0): 1 / 10, (TOTAL // 2 - 1, 0): 1, (TOTAL - 1, 0): 1 / 1000},
    ),
]
