"""The problems with which a reader refuses what it was given."""

from __future__ import annotations

from collections.abc import Callable

from programme.problems import InputError, Problem


def refusal(call: Callable[[], object]) -> list[Problem]:
    """Give the problems of the InputError that `call` has to raise."""
    try:
        call()
    except InputError as error:
        return error.problems
    raise AssertionError("nothing was wrong")
