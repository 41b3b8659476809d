"""Which values of a parameter every run takes, and which are left to `make test-all`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def often(values: Iterable[object], first: int = 1) -> list[Any]:
    """Give the values for `parametrize`: the first ones as they are, the others marked as slow."""
    return [
        one if number < first else pytest.param(one, marks=pytest.mark.slow)
        for number, one in enumerate(values)
    ]
