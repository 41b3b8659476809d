"""The data sheet for works councils: fields, who sees them, how long.

The fields are those of the store, of roster.csv and of codes.csv as they are now; one without words
is an error, so that no field can be added without saying here what it is for.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from programme.directory import ProgrammeDirectory
from programme.papers.words import paper_language, paper_words
from programme.text_direction import text_direction
from xapi_lrs_reports.people.hotel_codes.register import COLUMNS as CODE_COLUMNS
from xapi_lrs_reports.people.retention.periods import periods_of
from xapi_lrs_reports.people.roster import COLUMNS as ROSTER_COLUMNS
from xapi_lrs_reports.report.renderers.page import render_page
from xapi_lrs_reports.report.views import SMALL_GROUP
from xapi_lrs_reports.store import store_schema

PAPER = "privacy_sheet"
_PEOPLE = ("learner", "hr", "programme", "public", "police")
_AGREED = ("controller", "contact", "basis", "kept", "consent")
_WIDTH = 96
_OF_COPIES = {
    "batch": "fact_first_batch",
    "target_id": "void_target_id",
    "by_authority": "void_by_authority",
}
_OF_CODES = {"hotel": "roster_hotel", "learner": "fact_learner"}


def fields() -> dict[str, dict[str, str]]:
    """Give {kind of table: {column: key of its words}}; what means the same has the same words."""
    tables: dict[str, Mapping[str, object]] = {
        "fact": store_schema.STORED_FACT_COLUMNS,
        "void": store_schema.VOID_COLUMNS,
        "quarantine": store_schema.QUARANTINE_COLUMNS,
        "roster": ROSTER_COLUMNS,
    }
    found = {kind: {name: f"{kind}_{name}" for name in columns} for kind, columns in tables.items()}
    copies = {**store_schema.GIVEN_COLUMNS, **store_schema.GIVEN_VOID_COLUMNS}
    found["given"] = {name: _OF_COPIES.get(name, f"fact_{name}") for name in copies}
    found["codes"] = {name: _OF_CODES.get(name, f"codes_{name}") for name in CODE_COLUMNS}
    return found


def sheet_text(programme: ProgrammeDirectory, language: str | None) -> str:
    """Give the sheet as plain text."""
    content = _content(programme, language)
    lines = [content["title"], "=" * len(content["title"]), "", *_wrapped(content["intro"])]
    for heading, words, table, _ in content["sections"]:
        lines += ["", heading, "-" * len(heading)]
        lines += [line for text in words for line in _wrapped(text)]
        for name, meaning in table:
            lines += textwrap.wrap(
                meaning, _WIDTH, initial_indent=f"{name:<24}  ", subsequent_indent=" " * 26
            )
    lines += ["", content["agreed"], "-" * len(content["agreed"])]
    lines += [f"{label}: {value or '_' * 40}" for label, value in content["blanks"]]
    return "\n".join(lines) + "\n"


def sheet_html(programme: ProgrammeDirectory, language: str | None) -> str:
    """Give the sheet as one HTML page without script or network, for print and screen."""
    return render_page(
        "privacy_sheet.html.jinja", ("privacy_sheet.css",), **_content(programme, language)
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH)


def _content(programme: ProgrammeDirectory, language: str | None) -> dict[str, Any]:
    settings, kept = programme.settings, periods_of(programme)
    spoken = paper_language(PAPER, *filter(None, (language, settings.language)))
    w = paper_words(PAPER, spoken)
    heads = (w["field"], w["meaning"])
    tables = {
        kind: [(name, w[key]) for name, key in columns.items()]
        for kind, columns in fields().items()
    }
    months = settings.rule.completion_window_months
    window = w["how_long_window"].format(months=months) if months else w["how_long_always"]
    who = [(w[f"who_{one}"], w[f"sees_{one}"].format(small=SMALL_GROUP)) for one in _PEOPLE]
    months_kept = w["how_long_words"].format(
        validity=kept.after_validity, leaving=kept.after_leaving
    )
    purpose = w["purpose_words"].format(threshold=settings.rule.threshold)
    values = {"controller": settings.issuer, "contact": settings.contact}
    return {
        "language": spoken,
        "direction": text_direction(spoken),
        "title": w["title"],
        "intro": w["intro"].format(programme=settings.name),
        "sections": [
            (w["purpose"], [purpose], [], heads),
            (w["pseudonym"], [w["pseudonym_words"]], [], heads),
            (w["not_kept"], [w["not_kept_words"]], [], heads),
            (w["who"], [], who, (w["person"], w["sees"])),
            (w["how_long"], [window, months_kept, w["forgotten_list"]], [], heads),
            (w["stored"], [], tables["fact"], heads),
            (w["roster"], [], tables["roster"], heads),
            (w["codes"], [], tables["codes"], heads),
            (w["given"], [], tables["given"], heads),
            (w["voids"], [], tables["void"], heads),
            (w["quarantine"], [], tables["quarantine"], heads),
            (w["acting"], [w["acting_words"]], [], heads),
        ],
        "agreed": w["agreed"],
        "blanks": [(w[f"agreed_{one}"], values.get(one) or "") for one in _AGREED],
    }
