from tui_dl.spec.data import Digits

CASES = [Digits(), Digits(resize=(32, 32)), Digits(resize=(3, 5), validation=0.3)]
