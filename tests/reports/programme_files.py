"""A small invented programme on disk, and statements for it, for the tests of reading and rule."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from programme.directory import ProgrammeDirectory, read_programme
from programme.pseudonym import pseudonym

IRI = "https://id.noroom.example"
CHAINS = ("acme", "bellevue")
ADMIN = {"objectType": "Agent", "mbox": "mailto:admin@noroom.example"}

PROGRAMME = f"""\
name: Test programme
iri: {IRI}
authorities:
  - mbox: mailto:acme@noroom.example
    chain: acme
  - mbox: mailto:bellevue@noroom.example
    chain: bellevue
  - mbox: mailto:bellevue-hr@noroom.example
    chain: bellevue
    may_void: true
  - mbox: mailto:admin@noroom.example
    may_void: true
  - mbox: mailto:lms@noroom.example
    lms: true
"""

Json = dict[str, Any]


def make_programme(
    folder: Path,
    hotels: str = "hotel,name,chain\nacme-1,Acme One,acme\n",
    roster: str | None = None,
    settings: str = PROGRAMME,
) -> ProgrammeDirectory:
    """Write a programme directory with both chains and read it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "programme.yaml").write_text(settings, encoding="utf-8")
    for chain in CHAINS:
        (folder / "chains" / chain).mkdir(parents=True, exist_ok=True)
        text = f"name: {chain.title()} Hotels\n"
        (folder / "chains" / chain / "chain.yaml").write_text(text, encoding="utf-8")
    (folder / "hotels.csv").write_text(hotels, encoding="utf-8")
    if roster is not None:
        (folder / "roster.csv").write_text(roster, encoding="utf-8")
    return read_programme(folder)


def authority(chain: str) -> Json:
    """Give the authority that an LRS stamps on what a chain's packages send."""
    return {"objectType": "Agent", "mbox": f"mailto:{chain}@noroom.example"}


def statement(
    employee: str = "e-100",
    verb: str = "passed",
    /,
    *,
    chain: str = "acme",
    hotel: str | None = None,
    course: str = "no-room",
    at: str = "2026-11-01T10:00:00.000Z",
    **changes: Any,
) -> Json:
    """Give a statement as the player sends it; `changes` replace whole top-level keys."""
    grouping = [{"id": f"{IRI}/course/{course}/version/1.0.0"}]
    if hotel:
        grouping.append({"id": f"{IRI}/hotel/{hotel}"})
    made: Json = {
        "id": str(uuid.uuid4()),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": f"{IRI}/chain/{chain}", "name": pseudonym(employee, chain)},
        },
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": f"{IRI}/course/{course}"},
        "result": {"completion": True, "success": True},
        "context": {
            "registration": str(uuid.uuid4()),
            "platform": "scorm12",
            "contextActivities": {"grouping": grouping},
        },
        "timestamp": at,
        "authority": authority(chain),
    }
    return {**made, **changes}


def void(target: str, by: Json = ADMIN, **changes: Any) -> Json:
    """Give a statement that voids `target`."""
    made = {
        "id": str(uuid.uuid4()),
        "actor": by,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"},
        "object": {"objectType": "StatementRef", "id": target},
        "timestamp": "2026-11-02T10:00:00.000Z",
        "authority": by,
    }
    return {**made, **changes}


def write_lines(file: Path, statements: Iterable[Json | str]) -> Path:
    """Write NDJSON; a string is written as it stands."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in statements]
    file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return file


def unprinted(sheet: object) -> AbstractContextManager[Callable[[], None]]:
    """Hand codes out to nobody: the printer of tests that read them from what is returned."""
    return nullcontext(lambda: None)
