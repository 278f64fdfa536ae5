from tui_dl.spec.data.mountain_car import MountainCar

CASES = [MountainCar(episodes=3, limit=9)]
