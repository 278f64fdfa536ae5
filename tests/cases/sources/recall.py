from tui_dl.spec.data.recall import Recall

CASES = [Recall(), Recall(vocab_size=2, length=1, samples=100), Recall(shortest=3, samples=100)]
