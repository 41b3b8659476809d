"""The register, opened to add to it: alone, whole, and with the key that signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from programme.directory import ProgrammeDirectory
from programme.problems import InputError, Problem
from xapi_lrs_reports.alone import alone
from xapi_lrs_reports.certificates.chain import Chain, check_signatures, read_chain
from xapi_lrs_reports.certificates.keys import programme_keys
from xapi_lrs_reports.certificates.register import Entry, entries_of, register_path
from xapi_lrs_reports.certificates.register_end import RegisterEnd
from xapi_lrs_reports.certificates.signing_key import Signer, find_signer
from xapi_lrs_reports.certificates.standing import holds


@dataclass
class OpenRegister:
    """A register that nobody else writes to now; made by `open_register`."""

    programme: ProgrammeDirectory
    chain: Chain
    end: RegisterEnd

    @property
    def path(self) -> Path:
        """Give the place of the register."""
        return self.chain.path

    @cached_property
    def entries(self) -> list[Entry]:
        """Give the certificates that stood in it when it was opened."""
        return entries_of(self.path, self.chain.lines)

    @cached_property
    def signer(self) -> Signer:
        """Give the key; found when it is needed. Raises InputError."""
        return find_signer(self.programme)

    def add(self, line: Mapping[str, object]) -> None:
        """Sign and add one line; raises InputError."""
        self.end.add(line, self.signer)

    def find(self, wanted: str) -> Entry:
        """Give the certificate of this number, else the newest of this hotel; raises InputError."""
        entries = self.entries
        found = [one for one in entries if one.number == wanted]
        found = found or [one for one in entries if one.hotel == wanted]
        if not found:
            what = f'there is no certificate "{wanted}", and no hotel of this id that had one'
            fix = "noroom register list shows numbers and hotels."
            raise InputError([Problem(str(self.path), 0, 0, "register-unknown", what, fix)])
        return found[-1]

    def find_holding(self, wanted: str, day: date) -> list[Entry]:
        """Give what `find` does, and for a hotel its earlier certificates that hold on a day.

        One that was renewed before its last day holds to that day, beside the new one.
        """
        found = self.find(wanted)
        earlier = [one for one in self.entries if one.hotel == wanted != found.number]
        return [*(one for one in earlier if one != found and holds(one, day)), found]


@contextmanager
def open_register(programme: ProgrammeDirectory, doing: str) -> Iterator[OpenRegister]:
    """Hold the lock and read the register, with every link and signature checked.

    Raises InputError if another command writes (`doing` says what this one does), or if the
    register is not what noroom wrote.
    """
    path = register_path(programme)
    with alone(programme, "certify-busy", doing, path):
        chain = read_chain(path)
        check_signatures(chain, programme_keys(programme))
        yield OpenRegister(programme, chain, RegisterEnd(chain))
