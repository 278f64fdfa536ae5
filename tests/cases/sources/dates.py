from tui_dl.spec.data.dates import Dates

CASES = [
    Dates(samples=500),
    Dates(samples=500, task="tag"),
    Dates(samples=500, languages=("de", "ko")),
]
