from tui_dl.spec.data.stripes import Stripes

CASES = [Stripes(), Stripes(side=3, samples=200)]
