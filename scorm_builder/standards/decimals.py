"""Shares as the manifests spell them."""

from __future__ import annotations

import math
from fractions import Fraction


def four_places_down(share: Fraction) -> str:
    """Give a share of at most 1 as a decimal with at most four places, such as "0.8".

    Rounded down: for 2 of 3 the player reports more than 0.6666, and nobody who reaches the mark
    may fail by rounding.
    """
    whole, rest = divmod(math.floor(10_000 * share), 10_000)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".")
