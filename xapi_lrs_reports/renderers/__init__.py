"""Report -> table, CSV, JSON, HTML. What a view hides never reaches a renderer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xapi_lrs_reports.report_model import Report


def render(report: Report, kind: str) -> str:
    """Give the report as `table`, `csv`, `json` or `html` text with a final newline."""
    if kind == "csv":
        from xapi_lrs_reports.renderers.csv import render_csv

        return render_csv(report)
    if kind == "json":
        from xapi_lrs_reports.renderers.json import render_json

        return render_json(report)
    if kind == "html":
        from xapi_lrs_reports.renderers.html import render_html

        return render_html(report)
    from xapi_lrs_reports.renderers.table import render_table

    return render_table(report) + "\n"
