from tui_dl.spec.data.cartpole import CartPole

CASES = [CartPole(), CartPole(episodes=3, limit=9)]
