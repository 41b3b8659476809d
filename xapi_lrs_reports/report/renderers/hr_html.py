"""HrReport -> one HTML page: each hotel's people, those still to do first; nothing else of them."""

from __future__ import annotations

from typing import Any

from xapi_lrs_reports.report.hr_view import HrReport, Person
from xapi_lrs_reports.report.renderers.html import parameter_rows
from xapi_lrs_reports.report.renderers.html_words import Words, words_in
from xapi_lrs_reports.report.renderers.page import render_page
from xapi_lrs_reports.report.report_model import HotelDecision
from xapi_lrs_reports.report.words import is_fte

PAPER = "hr_report"


def render_hr_html(found: HrReport, *wanted: str) -> str:
    """Give the page. `wanted`: languages, the dearest first; English where none has all words."""
    w = words_in(*wanted, paper=PAPER)
    of_report = words_in(w.language)
    hotels = found.report.hotels
    return render_page(
        "hr.html.jinja",
        ("report.css", "hr.css"),
        w=w,
        programme=found.report.programme,
        chain=next((hotel.chain_name for hotel in hotels), found.chain),
        as_of=found.report.as_of,
        hotels=[_hotel(hotel, found.people, w) for hotel in hotels],
        r=of_report,
        parameters=parameter_rows(found.report, of_report),
        is_fte=is_fte(found.report),
    )


def _hotel(hotel: HotelDecision, people: tuple[Person, ...], w: Words) -> dict[str, Any]:
    own = [person for person in people if person.hotel == hotel.hotel]
    return {
        "id": hotel.hotel,
        "name": hotel.name,
        "people": len(own),
        "to_do": [person for person in own if person.finished_on is None],
        "finished": [person for person in own if person.finished_on is not None],
        "rule": _rule(hotel, w),
        "beside": sum(not person.counts for person in own),
    }


def _rule(hotel: HotelDecision, w: Words) -> str:
    if hotel.status != "not_met":
        return w(hotel.status)
    return w("not_met", needed=hotel.needed) if hotel.needed else w("floor")
