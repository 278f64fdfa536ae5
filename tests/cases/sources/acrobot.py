from tui_dl.spec.data.acrobot import Acrobot

CASES = [Acrobot(episodes=20), Acrobot(episodes=3, limit=9)]
