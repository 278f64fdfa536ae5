from pathlib import Path

from tui_dl.spec.data.table import TableFile

THINGS = str(Path(__file__).with_name("things.csv"))

CASES = [
    TableFile(path=THINGS),
    TableFile(path=THINGS, target="price", validation=0.2),
    *(TableFile(path=f"bundled:{name}") for name in TableFile.bundled),
    TableFile(path=THINGS, target="colour", columns={"made": "category", "note": "identifier"}),
]
