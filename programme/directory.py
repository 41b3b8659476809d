"""The programme directory: find it, read programme.yaml and the chains."""

from __future__ import annotations

import difflib
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from programme.files import is_there
from programme.problems import InputError, Problem
from programme.settings import ID_FORM, Chain, Programme
from programme.validate import validate
from programme.yaml_source import Source, read_yaml, unreadable_is_a_problem

FILE, CHAIN_FILE = "programme.yaml", "chain.yaml"
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class ProgrammeDirectory:
    """A programme on disk. `chains` maps a chain's id to its settings, sorted by id."""

    path: Path
    settings: Programme
    chains: dict[str, Chain]

    def chain_iri(self, chain: str) -> str:
        """Give the homePage of a chain's accounts (docs/contracts.md section 1)."""
        return f"{self.settings.iri}/chain/{chain}"

    def salt(self, chain: str) -> str:
        """Give the public salt of a chain's pseudonyms; the chain's id where none is set."""
        known = self.chains.get(chain)
        return (known.pseudonym_salt if known else None) or chain


def find_programme(given: Path | None, start: Path | None = None) -> Path | None:
    """Give the folder given (or that of the programme.yaml given), else the nearest upwards."""
    if given is not None:
        return given.parent if given.name == FILE and given.is_file() else given
    here = (start or Path.cwd()).resolve()
    return next((folder for folder in (here, *here.parents) if is_there(folder / FILE)), None)


def require_programme(given: Path | None) -> ProgrammeDirectory:
    """Find and read the programme directory; raises InputError."""
    path = find_programme(given)
    if path is None:
        what = "no programme.yaml here or in any folder above"
        fix = "Go to the programme's folder, or name it: --programme DIR."
        raise InputError([Problem(".", 0, 0, "programme-missing", what, fix)])
    return read_programme(path)


def require_chains(programme: ProgrammeDirectory, wanted: Sequence[str]) -> list[str]:
    """Give the chains wanted, each once; raises InputError for those that are not there."""
    known, problems = list(programme.chains), []
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
            have = f"There are: {', '.join(known)}." if known else "There is no chain yet."
            fix = f'Did you mean "{near[0]}"?' if near else have
            what, file = f'there is no chain "{name}"', str(programme.path / "chains")
            problems.append(Problem(file, 0, 0, "chain-unknown", what, fix))
    if problems:
        raise InputError(problems)
    return list(dict.fromkeys(wanted))


@unreadable_is_a_problem()
def read_programme(path: Path) -> ProgrammeDirectory:
    """Read programme.yaml and every chain.yaml; raises InputError with all problems."""
    problems: list[Problem] = []
    settings, source = _read(path / FILE, Programme, problems)
    if settings and source:
        problems += _check_programme(settings, source)
    chains: dict[str, Chain] = {}
    for folder in _chain_folders(path):
        problems += _chain_id_problems(folder)
        chain, _ = _read(folder / CHAIN_FILE, Chain, problems)
        if chain:
            chains[folder.name] = chain
    if problems or settings is None:
        raise InputError(problems)
    return ProgrammeDirectory(path, settings, chains)


def _chain_folders(path: Path) -> list[Path]:
    """Give the folders of chains/, sorted; hidden ones belong to other tools."""
    folders = (path / "chains").glob("[!.]*")
    return sorted(folder for folder in folders if folder.is_dir())


def _chain_id_problems(folder: Path) -> list[Problem]:
    """The folder's name is in every statement, as a part of an IRI."""
    try:
        ID_FORM(folder.name)
    except ValueError as error:
        what, _, fix = str(error).partition(" | ")
        fix = f"Rename the folder. {fix}"
        return [Problem(str(folder), 0, 0, "chain-id", f"the chain id {what}", fix)]
    return []


def _read(
    file: Path, model: type[Model], problems: list[Problem]
) -> tuple[Model | None, Source | None]:
    try:
        source = read_yaml(file)
    except InputError as error:
        problems += error.problems
        return None, None
    found, wrong = validate(model, source)
    problems += wrong
    return found, source


def _check_programme(settings: Programme, source: Source) -> list[Problem]:
    problems = []
    try:
        zoneinfo.ZoneInfo(settings.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        what = f'"{settings.time_zone}" is not a time zone'
        fix = "Write a name such as Europe/Amsterdam."
        problems.append(source.problem(("time_zone",), "time-zone", what, fix))
    for number, authority in enumerate(settings.authorities):
        if authority.mbox is None and authority.account is None:
            what = "this authority has neither mbox nor account"
            fix = "Add the one that the LRS stamps on its statements."
            path = ("authorities", number)
            problems.append(source.problem(path, "authority-nobody", what, fix))
    return problems
