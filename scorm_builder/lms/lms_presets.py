"""presets/*.yaml: what is known of each LMS family, as data.

A preset recommends standards and options, and carries the facts behind them. Every fact says
whether it is confirmed, and from where it comes: what nobody has confirmed is shown as such in
every guide.
"""

import difflib
import functools
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field

from programme.lms_options import LmsOptions, merge
from programme.problems import InputError, Problem
from programme.settings import Chain
from programme.validate import Strict, validate
from programme.words import Fits, Word
from programme.yaml_source import Source, read_yaml
from scorm_builder.standards import STANDARDS

FOLDER = Path(__file__).parent / "presets"
SHOWN = "scorm_builder/lms/presets"
DEFAULT = "portable12"
_OTHERS = FOLDER / "others.yaml"

FactId = Annotated[
    str, AfterValidator(Fits("[a-z][a-z0-9_]*", "Write small letters, digits and low lines."))
]
Model = TypeVar("Model", bound=Strict)


class Fact(Strict):
    """One thing that is known of an LMS family, and how well."""

    text: Word
    confirmed: bool
    source: Word


class Limits(Strict):
    """Sizes of packages in megabytes (1,000,000 bytes); null where none was found."""

    warn: Annotated[int, Field(ge=1)] = 50
    refuse: Annotated[int, Field(ge=1)] | None = None


class Minds(Strict):
    """Codes of findings (`noroom inspect`) that this family minds, by how that is known."""

    seen: list[Word] = []
    documented: list[Word] = []
    unconfirmed: list[Word] = []


class Family(Strict):
    """An LMS, a player or a test suite without a preset of its own."""

    name: Word
    minds: Minds = Minds()
    facts: list[Fact] = []


class Others(Strict):
    """presets/others.yaml."""

    families: list[Family]


class Guide(Strict):
    """What a person does in this LMS, as numbered sentences; `confirmed` is about menu names."""

    confirmed: bool
    source: Word
    upload: Annotated[list[Word], Field(min_length=1)]
    settings: Annotated[list[Word], Field(min_length=1)]
    test: list[Word] = []


class Preset(Strict):
    """One file of presets/; `kind` is `general` where it fits many LMSs.

    The ids of `facts` stay as they are, since translations hang on them (preset_texts.py).
    """

    name: Word
    kind: Literal["general", "family"]
    standards: Annotated[list[Literal[STANDARDS]], Field(min_length=1)]  # type: ignore[valid-type]
    options: LmsOptions = LmsOptions()
    limits: Limits = Limits()
    minds: Minds = Minds()
    guide: Guide
    facts: Annotated[dict[FactId, Fact], Field(min_length=1)]
    update: Fact | None = None

    @property
    def ignores_sequencing(self) -> bool:
        """Tell whether a course in several SCOs cannot work there, as far as is known."""
        minds = self.minds
        return "sequencing-ignored" in [*minds.seen, *minds.documented, *minds.unconfirmed]


@functools.cache
def presets() -> dict[str, Preset]:
    """Give every preset by its id, sorted; raises InputError for a file that is wrong."""
    return {name: read_preset(name) for name in preset_names()}


def minded() -> list[tuple[str, Minds]]:
    """Give every family that is known, with or without a preset, and what it minds."""
    found = [(one.name, one.minds) for one in presets().values()]
    return found + [(one.name, one.minds) for one in others()]


@functools.cache
def others() -> tuple[Family, ...]:
    """Give the families for which there is no preset."""
    return tuple(_validated(Others, _source(_OTHERS)).families)


def preset_of(chain: Chain | None) -> Preset:
    """Give the chain's preset; that for any LMS where it names none, or an unknown one."""
    return read_preset(preset_name_of(chain))


def preset_name_of(chain: Chain | None) -> str:
    """Give the id of what `preset_of` gives."""
    wanted = chain.preset if chain and chain.preset else DEFAULT
    return wanted if wanted in preset_names() else DEFAULT


def options_of(chain: Chain | None) -> LmsOptions:
    """Give the options of a chain's packages: the chain's own, the preset's, the defaults."""
    if chain is None:
        return merge()
    if chain.preset is None:
        return merge(chain.options)
    return merge(preset_of(chain).options, chain.options)


def preset_names() -> list[str]:
    """Give the ids of all presets."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml") if file != _OTHERS)


@functools.cache
def read_preset(name: str) -> Preset:
    """Give one preset; KeyError if there is none of that name."""
    if name not in preset_names():
        raise KeyError(name)
    return _validated(Preset, preset_source(name))


def preset_source(name: str) -> Source:
    """Give the file of a preset with the places in it."""
    return _source(FOLDER / f"{name}.yaml")


def unknown_preset(name: str) -> tuple[str, str] | None:
    """Give what is wrong with the name of a preset and the cure, None if nothing."""
    names = preset_names()
    if name in names:
        return None
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    fix = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(names)}."
    return f'there is no preset "{name}"', fix


def _source(file: Path) -> Source:
    return read_yaml(file, f"{SHOWN}/{file.name}")


def _validated(shape: type[Model], source: Source) -> Model:
    found, problems = validate(shape, source)
    if found is None:
        raise InputError(problems)
    return found


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
