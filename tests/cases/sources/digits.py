from tui_dl.spec.data.digits import Digits

CASES = [
    Digits(),
    Digits(resize=(32, 32)),
    Digits(resize=(3, 5), validation=0.3),
    Digits(evaluation_shift=2, label_noise=0.2),
]
