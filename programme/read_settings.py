"""programme.yaml and every chain.yaml -> checked settings, or every problem at once."""

from __future__ import annotations

import zoneinfo
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from programme.directory import CHAIN_FILE, FILE, chain_folders
from programme.problems import InputError, Problem
from programme.settings import ID_FORM, Chain, Programme
from programme.validate import validate
from programme.yaml_source import Source, read_yaml, unreadable_is_a_problem

Model = TypeVar("Model", bound=BaseModel)


@unreadable_is_a_problem()
def read_settings(path: Path) -> tuple[Programme, dict[str, Chain]]:
    """Give a programme's settings, and those of its chains by id, sorted.

    Raises InputError with all problems.
    """
    problems: list[Problem] = []
    settings, source = _read(path / FILE, Programme, problems)
    if settings and source:
        problems += _check_programme(settings, source)
    chains: dict[str, Chain] = {}
    for folder in chain_folders(path):
        problems += _chain_id_problems(folder)
        chain, _ = _read(folder / CHAIN_FILE, Chain, problems)
        if chain:
            chains[folder.name] = chain
    if problems or settings is None:
        raise InputError(problems)
    return settings, chains


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
    return problems + _authority_problems(settings, source)


def _authority_problems(settings: Programme, source: Source) -> list[Problem]:
    problems = []
    known = []
    for number, authority in enumerate(settings.authorities):
        path = ("authorities", number)
        name = (authority.mbox, authority.account)
        if name == (None, None):
            what = "this authority has neither mbox nor account"
            fix = "Add the one that the LRS stamps on its statements."
            problems.append(source.problem(path, "authority-nobody", what, fix))
        elif name in known:
            what = "this authority is listed before, and can speak for one chain only"
            fix = "Give each chain its own client in the LRS, and each client its own authority."
            problems.append(source.problem(path, "authority-twice", what, fix))
        known.append(name)
    return problems
