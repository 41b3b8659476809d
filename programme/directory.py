"""The programme directory: find it, read programme.yaml and the chains.

Whoever only needs to know what a programme directory is does not load what checks its files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from programme.files import is_there
from programme.problems import InputError, Problem

if TYPE_CHECKING:
    from programme.settings import Chain, Programme

FILE, CHAIN_FILE = "programme.yaml", "chain.yaml"


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


def require_programme(
    given: Path | None, read: Callable[[Path], ProgrammeDirectory] | None = None
) -> ProgrammeDirectory:
    """Find and read the programme directory, with `read_programme` or `read`; raises InputError."""
    path = find_programme(given)
    if path is None:
        what = "no programme.yaml here or in any folder above"
        fix = "Go to the programme's folder, or name it: --programme DIR."
        raise InputError([Problem(".", 0, 0, "programme-missing", what, fix)])
    return (read or read_programme)(path)


def require_chains(programme: ProgrammeDirectory, wanted: Sequence[str]) -> list[str]:
    """Give the chains wanted, each once; raises InputError for those that are not there."""
    import difflib

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


def read_programme(path: Path) -> ProgrammeDirectory:
    """Read programme.yaml and every chain.yaml; raises InputError with all problems."""
    from programme.read_settings import read_settings

    return ProgrammeDirectory(path, *read_settings(path))


def chain_folders(path: Path) -> list[Path]:
    """Give the folders of chains/, sorted; hidden ones belong to other tools."""
    folders = (path / "chains").glob("[!.]*")
    return sorted(folder for folder in folders if folder.is_dir())
