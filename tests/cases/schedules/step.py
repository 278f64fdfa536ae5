from tests.cases.schedule import TOTAL, Case
from tui_dl.spec.train.schedules.steps import StepDecay

CASES = [
    Case(
        StepDecay(every=3, factor=0.4),
        {(0, 0): 1, (20, 0): 1, (21, 0): 0.4, (42, 0): 0.16, (TOTAL - 1, 0): 0.064},
    ),
]
