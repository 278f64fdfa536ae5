from pathlib import Path

from tui_dl.spec.data.pairs import Pairs

NUMBERS = str(Path(__file__).with_name("numbers.tsv"))

CASES = [Pairs(path=NUMBERS), Pairs(path=NUMBERS, length=12, validation=0.3)]
