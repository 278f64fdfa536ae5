from pathlib import Path

from tui_dl.spec.data.sentences import Sentences

TAGGED = str(Path(__file__).with_name("tagged.conll"))

CASES = [Sentences(samples=500), Sentences(path=TAGGED, validation=0.3, test=0.3)]
TYPED = ["Ada Lovelace lived in London .", "nobody"]
