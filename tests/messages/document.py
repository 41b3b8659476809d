"""A document of messages: every problem code with an example, its cause and its cure.

What is written by hand stands in a folder of YAML files, one per area. Each has `<code>: {cause,
cure, example}`; `example` is left out where a test makes the message for real.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from programme.yaml_source import read_yaml

ROOT = Path(__file__).parent.parent.parent
ENTRIES = Path(__file__).parent
_CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True)
class Entry:
    """What the document says of one code; `example` is None where a real message is shown."""

    cause: str
    cure: str
    example: str | None = None


@dataclass(frozen=True)
class MessagesDocument:
    """One document. `real` gives a real message for each code that the tests can provoke.

    `sources` are the folders whose codes it explains, `other_words` the words with a hyphen in
    them that are no codes, and `other_codes` those that have none or are put together.
    """

    name: str
    entries_in: str
    introduction: str
    sources: tuple[str, ...]
    real: Callable[[], dict[str, str]]
    other_words: frozenset[str]
    other_codes: frozenset[str]

    @property
    def file(self) -> Path:
        """The place of the document."""
        return ROOT / "docs" / self.name

    @functools.cached_property
    def entries(self) -> dict[str, Entry]:
        """What is written by hand, by code; no code may stand in two files."""
        found: dict[str, Entry] = {}
        for file in sorted((ENTRIES / self.entries_in).glob("*.yaml")):
            data = read_yaml(file).data
            assert isinstance(data, dict)
            assert not found.keys() & data.keys(), (file.name, found.keys() & data.keys())
            found |= {code: _entry(said) for code, said in data.items()}
        return found

    @functools.cached_property
    def strings(self) -> frozenset[str]:
        """Every text constant of the sources."""
        files = (file for folder in self.sources for file in (ROOT / folder).rglob("*.py"))
        return frozenset(
            node.value
            for file in files
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )

    def codes(self) -> set[str]:
        """Give every problem code that the sources can use."""
        found = {text for text in self.strings if _CODE.fullmatch(text)}
        return (found - self.other_words) | self.other_codes

    def text(self) -> str:
        """Give the document, the codes in alphabetical order.

        A written example of what the tests show for real would only grow stale, so it is refused.
        """
        real = self.real()
        parts = [self.introduction]
        for code, said in sorted(self.entries.items()):
            assert (said.example is None) == (code in real), f"{code}: one example, not two"
            example = said.example or real[code]
            parts.append(f"## {code}\n\n{said.cause} {said.cure}\n\n```\n{example}\n```")
        return "\n\n".join(parts) + "\n"


def first_of_each(messages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the first message of each code."""
    found: dict[str, str] = {}
    for code, message in messages:
        found.setdefault(code, message)
    return found


def _entry(said: object) -> Entry:
    assert isinstance(said, dict)
    return Entry(**said)
