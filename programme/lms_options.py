"""How packages talk to an LMS: the options that a preset sets and a chain may override."""

from typing import Literal

from programme.validate import Strict


class LmsOptions(Strict):
    """Options of presets and of chain.yaml; what is None is left to the next in line."""

    fail_status: Literal["incomplete", "failed"] | None = None
    pass_status: Literal["passed", "completed"] | None = None
    revisit: Literal["keep", "reset"] | None = None
    exit_unfinished: Literal["suspend", "empty"] | None = None
    also_passed: bool | None = None
    force_score: bool | None = None
    interactions: Literal["off", "safe", "full"] | None = None
    mastery: bool | None = None
    scos: Literal["one", "per_block"] | None = None


DEFAULTS = LmsOptions.model_validate(
    {
        "fail_status": "incomplete",
        "pass_status": "passed",
        "revisit": "keep",
        "exit_unfinished": "suspend",
        "also_passed": False,
        "force_score": False,
        "interactions": "off",
        "mastery": True,
        "scos": "one",
    }
)
"""What holds where neither preset nor chain says anything."""


def merge(*layers: LmsOptions) -> LmsOptions:
    """Give the options of all layers, the later ones first in line; no None is left."""
    found = DEFAULTS.model_dump()
    for layer in layers:
        found |= layer.model_dump(exclude_none=True)
    return LmsOptions.model_validate(found)
