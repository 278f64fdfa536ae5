"""Makes digits.npz from scikit-learn's copy of the UCI digits: ``python make_digits.py``.

Source: E. Alpaydin, C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine
Learning Repository, https://doi.org/10.24432/C50P49, the 1,797 samples of its test file.
Licence: Creative Commons Attribution 4.0 International (CC BY 4.0). The numbers are unchanged.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

images, labels = load_digits(return_X_y=True)
np.savez_compressed(
    Path(__file__).with_name("digits.npz"),
    images=images.astype(np.uint8).reshape(-1, 8, 8),  # 0..16, the ink in each 4x4 block of pixels
    labels=labels.astype(np.uint8),
)
