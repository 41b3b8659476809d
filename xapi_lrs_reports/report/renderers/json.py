"""Report -> JSON as docs/contracts.md section 7 spells it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xapi_lrs_reports.report.report_model import Report


def render_json(report: Report) -> str:
    """Give the report as indented JSON with a final newline."""
    return json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n"
