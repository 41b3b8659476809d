"""The workbook in a language of the report: names of sheets, headings, the method, fixed words.

The workbook is made in English, which scripts can rely on; `in_language` puts other words in the
place of those that are ours. What hotels, chains and departments are called stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from programme.papers.words import paper_language, paper_languages, paper_words
from xapi_lrs_reports.report.renderers.html_words import Words, rule_sentences, words_in
from xapi_lrs_reports.report.words import EMPTY_CELLS, SHARE, SHARE_FTE, rule_sentence

if TYPE_CHECKING:
    from xapi_lrs_reports.report.renderers.xlsx import Cell, Row
    from xapi_lrs_reports.report.report_model import Report

PAPER = "workbook"
OTHERS = "all others"
_LONGEST_SHEET_NAME = 31
_AS_IN_THE_REPORT = {
    "Hotels": "col_hotels", "Chains": "chains", "Trend": "trend", "Groups": "groups",
    "Attention": "attention", "Data": "data",
    "status": "col_result", "rule met": "col_met", "completed": "col_completed",
    "headcount": "col_headcount", "share": "col_share", "still needed": "col_needed",
    "certificate": "col_certificate", "recorded by an LMS": "evidence_lms_recorded",
    "sent by the course": "evidence_self_asserted", "by code": "evidence_code",
    "by attendance list": "evidence_attendance_list", "remarks": "col_remarks",
    "hotels": "col_hotels", "not met": "col_not_met", "cannot say": "col_cannot_say",
    "certificates valid": "col_valid", "day": "col_day", "people": "col_people",
    "data": "col_data", "value": "col_value", "department": "col_department",
    "language": "col_language", OTHERS: "others", "near the threshold": "near",
    "expires": "expiring", "no movement": "still", "old course version": "outdated",
    "none": "none", "met": "status_met",
}  # fmt: skip
"""Our English in the workbook, and the key of the report's words that says the same."""
_OF_THE_WORKBOOK = {
    "Method": "method", "hotel": "hotel_id", "name": "name", "chain": "chain_id",
    "chain name": "chain_name", "headcount from": "headcount_from", "size band": "size_band",
    "tier": "tier",
    "hotels shown in full": "shown_hotels", "completed there": "shown_completed",
    "headcount there": "shown_headcount", "kind": "kind", "group": "group", "why": "why",
    "what": "what", "programme": "programme", "as of": "as_of", "view": "view",
    "time zone": "time_zone", "completions from": "completions_from",
    "rule in words": "rule_in_words", "empty cells": "empty_cells", "warning": "warning",
    "whole programme": "whole_programme", "yes": "yes", "no": "no",
}  # fmt: skip
_FIXED = frozenset(["status", "rule met", "certificate", "kind", "why", "data"])
"""Columns whose cells are words of ours, or else stay as they are."""


def in_language(
    report: Report, sheets: Mapping[str, tuple[Row, list[Row]]], *wanted: str
) -> dict[str, tuple[Row, list[Row]]]:
    """Give the sheets in the first language that has all the words; English ones as they are."""
    language = paper_language(PAPER, *wanted)
    if language not in paper_languages("report"):
        language = "en"
    if language == "en":
        return dict(sheets)
    words = words_in(language)
    told = _told(words, paper_words(PAPER, language), report)
    return {
        told.get(name, name)[:_LONGEST_SHEET_NAME]: (_row(told, header), _rows(told, header, rows))
        for name, (header, rows) in sheets.items()
    }


def _told(words: Words, own: Mapping[str, str], report: Report) -> dict[str, str]:
    """Give {our English: the word}, sentences of the method included."""
    codes = {
        text[len(kind) + 1 :].replace("_", " "): word
        for kind in ("certificate", "data")
        for text, word in words.texts.items()
        if text.startswith(f"{kind}_")
    }
    return {
        **codes,
        **{text: words.texts[key] for text, key in _AS_IN_THE_REPORT.items()},
        **{text: own[key] for text, key in _OF_THE_WORKBOOK.items()},
        **_beside(words, report),
        **_method(words, own, report),
    }


def _beside(words: Words, report: Report) -> dict[str, str]:
    """Give the headings of the groups that are reported beside the rule."""
    groups = report.rule.get("report_beside")
    return {
        f"{name} {part}": f"{words.of('group', str(name))}: {words(f'col_{part}')}"
        for name in (groups if isinstance(groups, list) else [])
        for part in ("completed", "headcount")
    }


def _method(words: Words, own: Mapping[str, str], report: Report) -> dict[str, str]:
    """Give the sentences of the sheet on the method, by what they say in English."""
    return {
        rule_sentence(report): rule_sentences(words, report.rule),
        EMPTY_CELLS: own["empty_cells_meaning"],
        SHARE: own["share_meaning"],
        SHARE_FTE: own["share_meaning_fte"],
        report.view: words.texts.get(f"view_{report.view}", report.view),
    }


def _rows(told: Mapping[str, str], header: Row, rows: Iterable[Row]) -> list[Row]:
    words = [_column_words(told, title, is_method="value" in header) for title in header]
    return [[_of(own, cell) for own, cell in zip(words, row, strict=True)] for row in rows]


def _column_words(told: Mapping[str, str], title: Cell, *, is_method: bool) -> Mapping[str, str]:
    """Give the words that a column can hold; names of departments are not ours."""
    if title == "group":
        return {OTHERS: told[OTHERS]}
    return told if is_method or title in _FIXED else {}


def _row(told: Mapping[str, str], header: Row) -> Row:
    return [_of(told, title) for title in header]


def _of(told: Mapping[str, str], cell: Cell) -> Cell:
    return told.get(cell, cell) if isinstance(cell, str) else cell
