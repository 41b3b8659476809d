"""Chance that falls the same way everywhere: on every machine and in every version of Python.

Only `random.Random.random` and `getrandbits` are used, whose sequences Python promises to keep;
`choice`, `shuffle`, `gauss` and `randrange` have changed before.
"""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """A stream of chance for one purpose, such as one hotel: `Dice(seed, "hotel", 12)`.

    Streams of different purposes are independent, so hotel 12 is the same in a programme of 20
    hotels and of 2,000.
    """

    def __init__(self, seed: int, *purpose: object) -> None:
        text = "/".join(str(part) for part in (seed, *purpose))
        digest = hashlib.sha256(text.encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:16], "big"))  # noqa: S311 - no secret

    def share(self) -> float:
        """Give a number from 0 up to, not including, 1."""
        return self._random.random()

    def below(self, limit: int) -> int:
        """Give a whole number from 0 to limit - 1."""
        return int(self._random.random() * limit)

    def between(self, low: int, high: int) -> int:
        """Give a whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self._random.random() < probability

    def pick(self, items: Sequence[Item]) -> Item:
        """Give one of the items."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[tuple[Item, int]]) -> Item:
        """Give one item of pairs (item, weight); the weights are whole numbers."""
        left = self.below(sum(weight for _, weight in items))
        for item, weight in items:
            left -= weight
            if left < 0:
                return item
        raise ValueError("no item has a weight")

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Give the items in another order (Fisher and Yates)."""
        found = list(items)
        for last in range(len(found) - 1, 0, -1):
            other = self.below(last + 1)
            found[last], found[other] = found[other], found[last]
        return found

    def uuid4(self) -> str:
        """Give a random UUID (version 4) in lower case."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
