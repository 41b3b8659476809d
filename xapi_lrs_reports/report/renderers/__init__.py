"""Report -> table, CSV, JSON, HTML, XLSX. What a view hides never reaches a renderer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xapi_lrs_reports.report.prepare import Prepared


def render(prepared: Prepared, kind: str, language: str | None = None) -> str | bytes:
    """Give the report as `table`, `csv`, `json`, `html` (text) or `xlsx` (bytes).

    HTML and XLSX need the overview. `language` is of HTML: the first of it, the programme's and
    English that has all the words; and of XLSX: it, or English.
    """
    report = prepared.report
    if kind == "csv":
        from xapi_lrs_reports.report.renderers.csv import render_csv

        return render_csv(report)
    if kind == "json":
        from xapi_lrs_reports.report.renderers.json import render_json

        return render_json(report)
    if prepared.overview is not None and kind == "xlsx":
        from xapi_lrs_reports.report.renderers.xlsx import render_xlsx

        return render_xlsx(report, prepared.overview, language)
    if prepared.overview is not None and kind == "html":
        from xapi_lrs_reports.report.renderers.html import render_html

        return render_html(report, prepared.overview, language or report.language)
    from xapi_lrs_reports.report.renderers.table import render_table

    return render_table(report) + "\n"
