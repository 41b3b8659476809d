"""A programme with one chain and one hotel of five employees, written to disk for the proof."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.lrs.real_lrs import User

CHAIN_KEY = User("acme", "append-only", ("statements/write",))
READER = User("reader", "reads-all", ("statements/read",))
VOIDER = User("programme", "may-void", ("statements/write",))

EMPLOYEES = ("E-0001", "E-0002", "E-0003", "E-0004", "E-0005")
HOTEL = "acme-harbour"


@dataclass(frozen=True)
class Employee:
    """One line of the roster."""

    number: str
    department: str

    def line(self) -> str:
        """Give the line of roster.csv."""
        return f"{HOTEL},{self.number},{self.department},permanent,2024-01-01,\n"


def write_programme(folder: Path, lrs_endpoint: str, resume: str = "everything") -> Path:
    """Write the programme directory; `everything` is for an LRS that filters by the wrong clock."""
    (folder / "chains" / "acme").mkdir(parents=True)
    (folder / "programme.yaml").write_text(
        f"""\
name: Proof programme
iri: https://id.noroom.example
language: nl
lrs:
  - id: main
    endpoint: {lrs_endpoint}
    resume: {resume}
authorities:
  - mbox: {CHAIN_KEY.mbox}
    chain: acme
  - mbox: {VOIDER.mbox}
    may_void: true
""",
        encoding="utf-8",
    )
    (folder / "chains" / "acme" / "chain.yaml").write_text(
        f"""\
name: Acme Hotels
manager_title:
  en: the duty manager
  nl: de dienstdoende manager
lrs:
  endpoint: {lrs_endpoint}
  key: "{CHAIN_KEY.key}"
""",
        encoding="utf-8",
    )
    (folder / "hotels.csv").write_text(
        f"hotel,name,chain,headcount,language\n{HOTEL},Harbour Hotel,acme,,nl\n", encoding="utf-8"
    )
    departments = ("housekeeping", "housekeeping", "front_desk", "food_beverage", "security")
    lines = [Employee(*pair).line() for pair in zip(EMPLOYEES, departments, strict=True)]
    (folder / "roster.csv").write_text(
        "hotel,employee,department,contract,joined,left\n" + "".join(lines), encoding="utf-8"
    )
    return folder
