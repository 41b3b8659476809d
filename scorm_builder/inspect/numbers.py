"""Numbers as manifests write them."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")


def number(text: str) -> Decimal | None:
    """Give a plain decimal number; None for anything else, such as `80%` or `1e2`."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None
