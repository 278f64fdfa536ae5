from tests.cases.observer import Case, artifact, wave

CASES = [
    Case("lenet5", ("train.epochs=1",), {"filters": (6, 1, 5, 5)}),
    Case(
        "lenet5",
        ("train.epochs=1", "network[0].filters=300", "data.validation=0.45", "data.test=0.45"),
        {"filters": (240, 1, 5, 5)},
    ),
    Case(
        "edge-detection",
        ("train.epochs=1",),
        {"filters": (2, 1, 3, 3), "fixed": (2, 1, 3, 3), "correlations": (2,),
         "filter_correlation": (1,)},
    ),
    Case("first-network", ("train.epochs=1",), {}),
]  # fmt: skip
DRAWN = artifact("filters", {"filters": wave(3, 2, 3, 3)}, layers=["conv2d_1"])
