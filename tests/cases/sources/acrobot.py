from tui_dl.spec.data import Acrobot

CASES = [Acrobot(episodes=20), Acrobot(episodes=3, limit=9)]
