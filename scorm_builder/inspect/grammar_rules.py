"""cmi5.xml and tincan.xml against our own grammars, for what no rule of its own names better."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scorm_builder.inspect.described import Described
from scorm_builder.inspect.findings import Finding, quoted
from scorm_builder.inspect.read_xml import XmlFile
from scorm_builder.standards.grammar import grammar

_GRAMMARS = {"cmi5": "cmi5", "xapi": "tincan"}


def grammar_findings(xml: XmlFile, described: Described) -> Iterator[Finding]:
    """Give the first breach of the grammar, unless something in the file is refused already."""
    name = _GRAMMARS.get(described.kind)
    if name is None or any(one.grade == "rejected" for one in described.findings):
        return
    rules = grammar(name)
    if not rules.validate(xml.root):
        errors: Any = rules.error_log
        said = quoted(str(errors[0].message), 200) if len(errors) else "somewhere"
        what = f"this file is not built as the specification says: {said}"
        fix = "Have the package exported again; importers that validate refuse it."
        line = int(errors[0].line) if len(errors) else 0
        yield Finding("rejected", "manifest-grammar", xml.name, what, fix, line)
