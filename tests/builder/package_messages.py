"""What `noroom inspect` says of the packages of tests/builder/packages.BROKEN."""

from __future__ import annotations

import io

from scorm_builder.inspect.archive_rules import archive_findings
from scorm_builder.inspect.findings import Finding
from scorm_builder.inspect.inspect_package import describe
from scorm_builder.inspect.read_archive import open_archive
from tests.builder.packages import BROKEN


def examples() -> dict[str, str]:
    """Give a real message for each code that a broken package shows."""
    found = {}
    for code, make in BROKEN.items():
        archive = open_archive(io.BytesIO(make()))
        findings = [archive] if isinstance(archive, Finding) else [
            *(one for part in describe(archive) for one in part.findings),
            *archive_findings(archive, verify=True),
        ]  # fmt: skip
        finding = next(one for one in findings if one.code == code)
        place = ":".join(str(one) for one in (finding.file, finding.line, finding.column) if one)
        found[code] = f"{place or 'package.zip'}: {finding.what}  [{code}]\n  {finding.fix}"
    return found
