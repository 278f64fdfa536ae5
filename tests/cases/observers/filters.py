from tests.cases.observer import Case, artifact, wave

CASES = [
    Case("lenet5", ("train.epochs=1",), {"filters": (6, 1, 5, 5)}),
    Case("lenet5", ("train.epochs=1", "network[0].filters=300"), {"filters": (240, 1, 5, 5)}),
    Case("first-network", ("train.epochs=1",), {}),
]
DRAWN = artifact("filters", {"filters": wave(3, 2, 3, 3)}, layers=["conv2d_1"])
