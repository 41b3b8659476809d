"""Papers that were printed today already, kept in a folder by what is on them.

A file is named after its day and the SHA-256 of template, content and day, so a word, a contact or
a template that changes makes another file. Those of other days are removed: what was linked into a
kit stays there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from programme.atomic import write_atomically
from scorm_builder.materials.print_papers import Press

_READ_ONLY = 0o444
"""A paper is linked into many kits: whoever changed it in one would change it in all."""


@dataclass(frozen=True)
class KeptPapers:
    """The folder, and the press for what is not in it yet."""

    folder: Path
    press: Press
    day: date

    def pdf(self, template: str, content: dict[str, Any], name: str) -> Path:
        """Give the file of a paper, printed if need be. Raises InputError as `Press.pdf`."""
        typeset = (self.press.folder / template).read_bytes()
        told = json.dumps(content, sort_keys=True).encode()
        digest = hashlib.sha256(b"\0".join((typeset, self._shared(), told))).hexdigest()
        path = self.folder / f"{self.day.isoformat()}-{digest}.pdf"
        if not path.exists():
            paper = self.press.pdf(template, content, name, self.day)
            write_atomically(path, paper, _READ_ONLY)
        return path

    def forget_other_days(self) -> None:
        """Remove what is of another day."""
        for path in self.folder.glob("*.pdf"):
            if not path.name.startswith(self.day.isoformat()):
                path.unlink(missing_ok=True)

    def _shared(self) -> bytes:
        """Give what every template may include."""
        return b"".join(path.read_bytes() for path in sorted(self.press.folder.glob("*.typ")))
