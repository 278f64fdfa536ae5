from tui_dl.spec.data import CartPole

CASES = [CartPole(), CartPole(episodes=3, limit=9)]
