"""presets/*.yaml: what is known of each LMS family, as data.

A preset recommends standards and options, and carries the facts behind them. Every fact says
whether it is confirmed, and from where it comes: what nobody has confirmed is shown as such in
every guide.
"""

from __future__ import annotations

import difflib
import functools
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from programme.lms_options import LmsOptions, merge
from programme.problems import InputError, Problem
from programme.settings import Chain
from programme.validate import Strict, validate
from programme.words import Word
from programme.yaml_source import read_yaml
from scorm_builder.standards import STANDARDS

FOLDER = Path(__file__).parent / "presets"
SHOWN = "scorm_builder/presets"
DEFAULT = "portable12"


class Fact(Strict):
    """One thing that is known of an LMS family, and how well."""

    text: Word
    confirmed: bool
    source: Word
    nl: Word | None = None


class Limits(Strict):
    """Sizes of packages in megabytes (1,000,000 bytes); null where none was found."""

    warn: Annotated[int, Field(ge=1)] = 50
    refuse: Annotated[int, Field(ge=1)] | None = None


class Steps(Strict):
    """What a person does in this LMS, in one language: numbered sentences."""

    upload: Annotated[list[Word], Field(min_length=1)]
    settings: Annotated[list[Word], Field(min_length=1)]
    test: list[Word] = []


class Guide(Strict):
    """The steps in the languages in which guides are written; `confirmed` is about menu names."""

    confirmed: bool
    source: Word
    en: Steps
    nl: Steps


class Preset(Strict):
    """One file of presets/; `kind` is `general` where it fits many LMSs.

    `ignores_sequencing` says that a course in several SCOs cannot work there.
    """

    name: Word
    kind: Literal["general", "family"]
    standards: Annotated[list[Literal[STANDARDS]], Field(min_length=1)]  # type: ignore[valid-type]
    options: LmsOptions = LmsOptions()
    limits: Limits = Limits()
    ignores_sequencing: bool = False
    guide: Guide
    facts: Annotated[list[Fact], Field(min_length=1)]
    update: Fact | None = None


@functools.cache
def presets() -> dict[str, Preset]:
    """Give every preset by its id, sorted; raises InputError for a file that is wrong."""
    return {file.stem: _read(file) for file in sorted(FOLDER.glob("*.yaml"))}


def preset_of(chain: Chain | None) -> Preset:
    """Give the chain's preset; that for any LMS where it names none, or an unknown one."""
    wanted = chain.preset if chain and chain.preset else DEFAULT
    return read_preset(wanted if wanted in preset_names() else DEFAULT)


def options_of(chain: Chain | None) -> LmsOptions:
    """Give the options of a chain's packages: the chain's own, the preset's, the defaults."""
    if chain is None:
        return merge()
    if chain.preset is None:
        return merge(chain.options)
    return merge(preset_of(chain).options, chain.options)


def preset_names() -> list[str]:
    """Give the ids of all presets."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


@functools.cache
def read_preset(name: str) -> Preset:
    """Give one preset; KeyError if there is none of that name."""
    if name not in preset_names():
        raise KeyError(name)
    return _read(FOLDER / f"{name}.yaml")


def unknown_preset(name: str) -> tuple[str, str] | None:
    """Give what is wrong with the name of a preset and the cure, None if nothing."""
    names = preset_names()
    if name in names:
        return None
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    fix = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(names)}."
    return f'there is no preset "{name}"', fix


def _read(file: Path) -> Preset:
    source = read_yaml(file, f"{SHOWN}/{file.name}")
    preset, problems = validate(Preset, source)
    if preset is None:
        raise InputError(problems)
    return preset


def size_problem(path: str, size: int, preset: Preset) -> Problem | None:
    """Give a warning where a package of `size` bytes is more than this LMS family likes."""
    limits, megabytes = preset.limits, size / 1_000_000
    if limits.refuse is not None and megabytes > limits.refuse:
        what = f"{megabytes:.0f} MB is more than the {limits.refuse} MB that {preset.name} takes"
    elif megabytes > limits.warn:
        what = (
            f"{megabytes:.0f} MB is more than the {limits.warn} MB that phones load with patience"
        )
    else:
        return None
    fix = "Make the media smaller."
    return Problem(path, 0, 0, "package-large", what, fix, severity="warning")
