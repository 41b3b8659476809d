"""docs/bad-input.md: what noroom says of each kind of file and each fault, made by the matrix."""

from __future__ import annotations

import fcntl
from collections.abc import Mapping
from pathlib import Path

from tests.bad_input.kinds import KINDS, Kind

FILE = Path(__file__).parent.parent.parent / "docs" / "bad-input.md"
INTRODUCTION = """# Bad input

<!-- Made by tests/bad_input, all of it slow; NOROOM_UPDATE_GOLDEN=1 writes it anew -->

What noroom does with every kind of file that a person hands in, and every fault that we could
think of. Each line below was made by running the command, and a test runs it again. The same test
holds for all of them that

- there is no trace and no word of Python's own, and the exit code is 1, or 2 where the command
  line refuses the name;
- with any error, every file is as it was before, and nothing is left beside it;
- what cannot be read (a folder, a pipe, a device, a link that leads nowhere, a file that is too
  large or not yours) is never taken for an absent file, and never waited for;
- a byte order mark and Windows line ends change nothing, except in what is signed byte by byte;
- no password and no key is in any output.

The codes are explained in messages.md and messages-reports.md. "read" means that the command did
its work; a code behind it is a warning, or says what was put aside: statements are read one by
one, and a bad one is quarantined and costs no other.
"""


def section(kind: Kind, outcomes: Mapping[str, str]) -> str:
    """Give the part about one kind: what is said, and of which faults."""
    said: dict[str, list[str]] = {}
    for fault, outcome in outcomes.items():
        said.setdefault(outcome, []).append(fault)
    lines = [f"## {kind.name}", "", f"`{kind.file}`, by `noroom {' '.join(kind.command)}`", ""]
    lines += ["| What noroom says | of |", "|---|---|"]
    lines += [f"| {outcome} | {'; '.join(faults)} |" for outcome, faults in sorted(said.items())]
    return "\n".join(lines) + "\n"


def read_sections() -> dict[str, str]:
    """Give the parts of the document by the name of their kind."""
    text = FILE.read_text("utf-8") if FILE.exists() else ""
    parts = text.split("\n## ")[1:]
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}


def write_section(kind: Kind, text: str) -> None:
    """Put one part into the document; parts stand in the order of the kinds."""
    with Path(__file__).open("rb") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # tests run in several processes
        parts = {**read_sections(), kind.name: text}
        ordered = [parts[one.name] for one in KINDS if one.name in parts]
        FILE.write_text("\n".join([INTRODUCTION, *ordered]), "utf-8")
