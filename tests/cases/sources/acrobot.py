from tui_dl.spec.data.acrobot import Acrobot

CASES = [
    Acrobot(episodes=20),
    Acrobot(episodes=3, limit=9),
    Acrobot(episodes=3, limit=10, repeat=4),
]
