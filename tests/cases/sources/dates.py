from tui_dl.spec.data.dates import Dates

CASES = [Dates(samples=500), Dates(samples=500, task="tag")]
