"""Names of months in English, German and French, full and short."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

MONTHS = (  # in small letters, without points behind short ones
    ("jan", "january", "januar", "jänner", "janv", "janvier"),
    ("feb", "february", "februar", "fév", "fev", "févr", "fevr", "février", "fevrier"),
    ("mar", "march", "mär", "mrz", "märz", "maerz", "mars"),
    ("apr", "april", "avr", "avril"),
    ("may", "mai"),
    ("jun", "june", "juni", "juin"),
    ("jul", "july", "juli", "juil", "juillet"),
    ("aug", "august", "aou", "août", "aout"),
    ("sep", "sept", "september", "septembre"),
    ("oct", "october", "okt", "oktober", "octobre"),
    ("nov", "november", "novembre"),
    ("dec", "december", "dez", "dezember", "déc", "décembre", "decembre"),
)
LETTERS = "A-Za-zäéûÄÉÛ"
NAME = rf"(?:[{LETTERS}]{{3,10}})"
START = (  # of each of them: what is one in other texts is not told by letters alone
    "(?i:jan|jän|feb|f[eé]v|m[aä]r|mrz|maer|apr|avr|ma[iy]|ju[inl]|ao[uû]|aug|sep|o[ck]t|nov|"
    "d[eé][cz])"
)
_NUMBER_OF = {name: month for month, names in enumerate(MONTHS, 1) for name in names}


def months_of(names: pa.StringArray) -> npt.NDArray[np.int64]:
    """The number of each month, 1 to 12; 0 for other words."""
    places = pc.index_in(pc.utf8_lower(names), pa.array(_NUMBER_OF))
    numbers = np.array([*_NUMBER_OF.values(), 0], np.int64)
    found: npt.NDArray[np.int64] = numbers[places.fill_null(-1).to_numpy(zero_copy_only=False)]
    return found
