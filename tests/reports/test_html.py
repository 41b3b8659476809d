"""The HTML report: one file, every number of the report, nothing that the view hides."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.invented import COUNTED, hotel, overview_with_everything, report, suppressed
from xapi_lrs_reports.report.overview import Overview, make_overview, near
from xapi_lrs_reports.report.renderers import html_words
from xapi_lrs_reports.report.renderers.html import render_html
from xapi_lrs_reports.report.report_model import Count, DataCounts, Excluded, Report
from xapi_lrs_reports.report.views import programme_view
from xapi_lrs_reports.rule.insight import Insight

HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>{{7*7}}</style>"


class Page(HTMLParser):
    """The page as a reader meets it: tags, and the text of each hotel's row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: dict[str, str] = {}
        self.order: list[str] = []
        self.text = ""
        self._row: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag; a row with data-hotel starts a hotel."""
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag == "tr":
            self._row = found.get("data-hotel")
            if self._row:
                self.rows[self._row] = ""
                self.order.append(self._row)

    def handle_endtag(self, tag: str) -> None:
        """Leave the hotel at the end of its row."""
        if tag == "tr":
            self._row = None

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        self.text += f" {data}"
        if self._row:
            self.rows[self._row] += f" {data}"


def page(*hotels: object, **changes: object) -> Page:
    return Page(html(report(*hotels, **changes)))  # type: ignore[arg-type]


def html(found: Report, *languages: str, overview: Overview | None = None) -> str:
    bare = overview or make_overview(found, found, [], Insight({}, {}))
    return render_html(found, bare, *languages or ("en",))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(("completed", "headcount"), [(112, 187), (3, 5), (0, 8), (26, 20)])
def test_the_numbers_of_a_hotel_stand_in_its_row(completed: int, headcount: int) -> None:
    shown = hotel("Acme Kade", completed, headcount)
    row = squeezed(page(shown).rows["acme-kade"])
    assert re.search(rf" {completed} of {headcount} · {shown.percent} % ", row)
    if shown.needed:
        assert f" {shown.needed} " in row


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 300)), min_size=1, max_size=12),
)
@settings(deadline=None)
def test_every_hotel_has_one_row_with_its_numbers(numbers: list[tuple[int, int]]) -> None:
    hotels = [hotel(f"Hotel {n}", *pair) for n, pair in enumerate(numbers)]
    rows = page(*hotels).rows
    assert sorted(rows) == sorted(item.hotel for item in hotels)
    for item in hotels:
        expected = f"{item.completed} of {item.headcount} · {item.percent} %"
        assert expected in squeezed(rows[item.hotel])


def test_headlines_count_every_hotel() -> None:
    text = squeezed(
        page(
            hotel("A", 6, 10, certificate="valid"), hotel("B", 9, 10), hotel("C", 119, 200),
            hotel("D", 1, 10), hotel("E", 0, 0), suppressed("F", met=True),
        ).text
    )  # fmt: skip
    assert "Meet the rule 3 of 6" in text
    assert "Hold a valid certificate 1 of 6 waiting to be issued: 2" in text
    assert "Near the threshold 1 of 2" in text
    assert "Cannot say 1 of 6" in text


def test_hotels_near_the_threshold_come_with_what_they_need() -> None:
    text = squeezed(page(hotel("Acme Kade", 119, 200), hotel("Acme Laar", 26, 46)).text)
    assert "Acme Kade : 1 more needed (119 of 200 so far)" in text
    assert "2 more needed (26 of 46 so far)" in text


def test_who_needs_no_more_completions_is_not_near_the_threshold() -> None:
    """A floor keeps the hotel from meeting the rule: one more completion would not do it."""
    refused = hotel("Vloer", 70, 100, certified=False, status="not_met", needed=0)
    assert near(report(refused)) == ()


def test_the_best_come_first_and_hidden_numbers_last_in_their_group() -> None:
    hotels = [
        hotel("N1", 5, 10), hotel("M1", 6, 10), hotel("M2", 9, 10), suppressed("S", met=True),
        hotel("Q", 0, 0), hotel("N2", 1, 10), suppressed("T", met=False),
    ]  # fmt: skip
    assert page(*hotels).order == ["m2", "m1", "s", "n1", "n2", "t", "q"]


def test_chains_stand_apart_and_carry_no_total_percentage() -> None:
    other = hotel("Zeta", 1, 10, chain="zeta", chain_name="Zeta Inns")
    text = squeezed(page(hotel("A", 6, 10), other).text)
    assert "Acme Hotels meet the rule: 1 of 1" in text
    assert "Zeta Inns meet the rule: 0 of 1" in text


def test_a_hidden_hotel_shows_only_its_result_and_its_band() -> None:
    hidden = suppressed("Acme Klein", met=False)
    row = squeezed(page(hidden, view="programme").rows["acme-klein"])
    assert "Not yet" in row
    assert "3–9 employees" in row
    assert not re.search(r"\d", row.replace("3–9", ""))


def test_who_was_left_out_is_for_the_office_only() -> None:
    shown = hotel("Acme Kade", 6, 10, excluded=Excluded(left=2, unmatched=1))
    inside = squeezed(page(shown).rows["acme-kade"])
    assert "Not counted: 2 no longer working there, 1 not on the hotel's list" in inside
    assert "Not counted" not in page(shown, view="programme").rows["acme-kade"]


def test_groups_beside_the_rule_and_evidence_are_kept_apart() -> None:
    row = squeezed(page(COUNTED).rows["acme-0042"])
    assert "Beside the rule: 2 of 5 agency workers." in row
    assert "3 from an LMS" in row
    assert "24 from the course" in row
    empty = hotel("B", 6, 10, beside={"agency": Count(0, 0)})
    assert "agency" not in page(empty).rows["b"]


def test_every_flag_is_explained_in_words() -> None:
    texts = html_words.words_in("en").texts
    flags = [key.removeprefix("flag_") for key in texts if key.startswith("flag_")]
    row = page(hotel("B", 6, 10, flags=(*flags, "something_new"))).rows["b"]
    assert all(texts[f"flag_{code}"] in row for code in flags)
    assert "something new" in row
    assert "_" not in row


@pytest.mark.parametrize(
    ("certificate", "said"),
    [("none", "Due: not issued yet"), ("valid", "Valid"), ("grace", "Due: expired"),
     ("lapsed", "Due: lapsed"), ("revoked", "Revoked")],
)  # fmt: skip
def test_the_certificate_is_said_beside_the_rule(certificate: str, said: str) -> None:
    assert said in page(hotel("B", 6, 10, certificate=certificate)).rows["b"]


def test_the_rule_is_one_sentence_and_every_parameter() -> None:
    found = report(COUNTED)
    text = squeezed(Page(html(found)).text.replace("\u00a0", " "))
    assert (
        "A hotel meets the rule when at least 60 % of its employees have completed the course "
        "and passed its check. Completions of the last 24 months count." in text
    )
    for name in found.rule:
        assert name in text
        assert html_words.words_in("en").texts[f"parameter_{name}"] in text


def test_other_rules_read_as_they_are() -> None:
    rule = {
        "threshold": 80, "operator": "gt", "counts_as_completion": "completed",
        "completion_window_months": None, "min_evidence": "lms_recorded",
    }  # fmt: skip
    said = html_words.rule_sentences(html_words.words_in("en"), rule)
    assert said.replace("\u00a0", " ") == (
        "A hotel meets the rule when more than 80 % of its employees have completed the course. "
        "Only completions from an LMS count."
    )


def test_values_of_parameters_read_as_words() -> None:
    courses = [{"course": "no-room", "tested": True}, {"course": "film", "tested": False}]
    w = html_words.words_in("en")
    assert html_words.parameter_value(w, courses) == "no-room, film (without a check)"
    assert html_words.parameter_value(w, None) == "none"
    assert html_words.parameter_value(w, False) == "false"
    assert html_words.parameter_value(w, ["fixed", "agency"]) == "fixed, agency"


def test_every_count_of_the_data_is_there_with_advice() -> None:
    made = page(COUNTED)
    text = squeezed(made.text)
    for name, count in report(COUNTED).data.as_json().items():
        texts = html_words.words_in("en").texts
        assert f"{texts[f'data_{name}']} {count} {texts[f'advice_{name}']}" in text


def test_only_counts_that_ask_for_something_stand_out() -> None:
    calm = page(COUNTED, data=DataCounts(facts=10, duplicates=3))
    assert not [tag for tag, attrs in calm.tags if attrs.get("class") == "attention"]


def test_hostile_names_stay_text() -> None:
    text = html(
        report(
            hotel("A", 6, 10, name=HOSTILE, chain_name=HOSTILE, flags=(HOSTILE,)),
            hotel("B", 119, 200, name=HOSTILE, chain_name=HOSTILE),
            programme=HOSTILE,
            warnings=(HOSTILE,),
        )
    )
    made = Page(text)
    assert not [tag for tag, _ in made.tags if tag in ("script", "img")]
    assert made.rows["a"].strip().startswith(HOSTILE)
    assert [tag for tag, _ in made.tags].count("style") == 1


def test_the_page_needs_nothing_else() -> None:
    text = html(report(COUNTED))
    made = Page(text)
    assert "http" not in text.replace("http-equiv", "")
    assert "url(" not in text
    for tag, attrs in made.tags:
        assert tag not in ("script", "iframe", "object", "img", "form")
        assert not [name for name in attrs if name.startswith("on") or name in ("src", "style")]
        assert not (attrs.get("href") or "#").startswith(("http", "//", "file"))


def test_the_policy_allows_the_one_style_sheet_and_nothing_else() -> None:
    text = html(report(COUNTED))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(
        attrs["content"]
        for tag, attrs in Page(text).tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy and policy.startswith("default-src 'none'")
    assert f"style-src 'sha256-{digest}';" in policy


def test_a_programme_without_hotels_says_what_to_do() -> None:
    assert "no hotels in this programme yet" in page().text


def full(view: str = "internal") -> tuple[Report, Overview]:
    """A programme with everything that a page can show."""
    hotels = [
        hotel("Kade", 119, 200, flags=("headcount_stale",)), hotel("Laar", 70, 100),
        hotel("Mark", 0, 0), hotel("Neer", 30, 60, chain="zeta", chain_name="Zeta Inns"),
    ]  # fmt: skip
    found = report(*hotels, data_by_chain={"acme": DataCounts(facts=17, duplicates=None)})
    shown = found if view == "internal" else programme_view(found)
    return shown, overview_with_everything(shown, found, "kade", "laar")


def test_the_overview_has_charts_with_their_numbers_behind() -> None:
    found, overview = full()
    text = html(found, overview=overview)
    made, said = Page(text), squeezed(Page(text).text)
    charts = [attrs for tag, attrs in made.tags if tag == "svg" and attrs.get("role") == "img"]
    ids = {attrs["id"] for _, attrs in made.tags if "id" in attrs}
    assert len(charts) == 2
    for chart in charts:
        assert {chart["aria-labelledby"], chart["aria-describedby"]} <= ids
    assert "13 August 2026 4 1 2 1 0 219 360 60 %" in said
    assert "Housekeeping 120 of 200 · 60 %" in said
    assert "Dutch 180" in said and "Polish 60" in said
    assert "Laar : until" in said
    assert "Kade : 119 of 200" in said
    assert "Kade : people: 19" in said
    assert "finished within 3 minutes: 4; finished in a group at night: 6;" in said
    assert "Acme Hotels 17" in said


def test_the_programme_view_of_it_is_rounded_and_accuses_nobody() -> None:
    found, overview = full("programme")
    said = squeezed(Page(html(found, overview=overview)).text)
    assert "13 August 2026 4 1 2 1 0 60 %" in said
    assert "Please look at these" not in said and "Older course version" not in said
    assert not re.search("finished within|people: 19", said)


def test_shares_and_rows_are_written_as_in_arabic() -> None:
    found, overview = full()
    text = html(found, "ar", overview=overview)
    said = squeezed(Page(text).text)
    assert '<html lang="ar" dir="rtl"' in text
    assert "119 من 200 · 59\u200f% " in said and " %" not in said
    assert "أنهوا الدورة في 3 دقائق أو أقل: 4؛ أنهوا الدورة في مجموعة ليلًا: 6؛" in said


def test_the_page_is_whole_in_dutch() -> None:
    found, overview = full()
    text = html(found, "nl-BE", "en", overview=overview)
    said = squeezed(Page(text).text)
    assert '<html lang="nl"' in text
    assert "Welke hotels aan de regel voldoen" in said and "aug" in said
    english = {
        value for key, value in html_words.words_in("en").texts.items()
        if "{" not in value and len(value) > 12 and key != "language_name"
    }  # fmt: skip
    assert not [value for value in english if value in said]


def test_every_link_of_the_page_leads_somewhere() -> None:
    found, overview = full()
    made = Page(html(found, overview=overview))
    ids = [attrs["id"] for _, attrs in made.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = {attrs["href"] for tag, attrs in made.tags if tag == "a"}
    assert links and all(str(link).removeprefix("#") in ids for link in links)
