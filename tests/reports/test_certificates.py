"""Certificates: who gets one, what it says, and that nothing is ever issued twice or half."""

from __future__ import annotations

import dataclasses
import datetime
import fcntl
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from programme.problems import InputError
from tests.reports.invented import AS_OF, COUNTED, hotel, programme, report, suppressed
from xapi_lrs_reports.certificates.award import months_later, percent_to_show
from xapi_lrs_reports.certificates.events import lapse, revoke
from xapi_lrs_reports.certificates.issue import held_back, issue_certificates
from xapi_lrs_reports.certificates.names import printable
from xapi_lrs_reports.certificates.register import certificate_states, register_path
from xapi_lrs_reports.certificates.register_end import RegisterEnd
from xapi_lrs_reports.certificates.render import Certificate, content, open_printer
from xapi_lrs_reports.certificates.texts import language_for, languages, long_date, read_texts

CERTIFICATE = Certificate(
    number="2026-0001",
    hotel_name="Acme Lindengracht",
    programme="Hotels Awake",
    issuer="Foundation Awake",
    language="nl",
    issued_on=AS_OF,
    valid_until=datetime.date(2028, 11, 21),
    threshold=60,
    operator="ge",
    rule_version="01234567",
    percent=67,
)


def registered(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "certificates" / "register.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_at_review_only_a_hotel_that_is_named_gets_one(tmp_path: Path) -> None:
    home = programme(tmp_path)
    found = report(COUNTED, hotel("Acme Poort", 6, 10))
    at_review = dataclasses.replace(found, rule={**found.rule, "award_mode": "at_review"})
    assert issue_certificates(home, at_review, today=AS_OF, hotel=None) == []
    [first] = issue_certificates(home, at_review, today=AS_OF, hotel="acme-poort")
    assert first.hotel == "acme-poort"
    end = first.valid_until or AS_OF
    soon = dataclasses.replace(at_review, as_of=end)
    assert issue_certificates(home, soon, today=end, hotel=None, renew_days=60) == []
    assert issue_certificates(home, soon, today=end, hotel="acme-poort", renew_days=60)
    on_reach = issue_certificates(home, found, today=AS_OF, hotel=None)
    assert [one.hotel for one in on_reach] == ["acme-0042"]


def test_every_hotel_that_meets_the_rule_gets_one_and_only_one(tmp_path: Path) -> None:
    home = programme(tmp_path)
    found = report(COUNTED, hotel("Acme Kade", 5, 10), hotel("Acme Poort", 6, 10))
    first = issue_certificates(home, found, today=AS_OF, hotel=None)
    again = issue_certificates(home, found, today=AS_OF, hotel=None)
    assert [item.hotel for item in first] == ["acme-0042", "acme-poort"]
    assert again == []
    assert [item.path.read_bytes()[:5] for item in first] == [b"%PDF-", b"%PDF-"]
    kit = tmp_path / "certificates" / "2026-0001-acme-0042"
    assert first[0].path == kit / "certificate-2026-0001.pdf"
    assert sorted(path.name for path in kit.iterdir()) == [
        "certificate-2026-0001.pdf", "letter-en.pdf", "letter-nl.pdf", "open-badge.json",
        "open-badge.jwt",
    ]  # fmt: skip
    assert first[0].valid_until == datetime.date(2028, 11, 21)
    assert [line["number"] for line in registered(tmp_path)] == ["2026-0001", "2026-0002"]
    assert registered(tmp_path)[0]["course_versions"] == ["1.0.0"]


def test_a_hotel_that_joins_later_gets_one_only_if_it_is_named(tmp_path: Path) -> None:
    home = programme(tmp_path)
    found = report(hotel("Acme Poort", 6, 10, flags=("not_joined_yet",)))
    assert issue_certificates(home, found, today=AS_OF, hotel=None) == []
    assert len(issue_certificates(home, found, today=AS_OF, hotel="acme-poort")) == 1


def test_nothing_due_writes_nothing(tmp_path: Path) -> None:
    home = programme(tmp_path)
    assert issue_certificates(home, report(hotel("A", 5, 10)), today=AS_OF, hotel=None) == []
    assert [path.name for path in (tmp_path / "certificates").iterdir()] == ["keys.json"]


def test_one_hotel_can_be_named(tmp_path: Path) -> None:
    home = programme(tmp_path)
    found = report(hotel("Acme Poort", 6, 10), hotel("Acme Kade", 6, 10))
    issued = issue_certificates(home, found, today=AS_OF, hotel="acme-poort")
    assert [item.hotel for item in issued] == ["acme-poort"]


@pytest.mark.parametrize(
    ("named", "code"), [("nowhere", "certify-hotel"), ("acme-kade", "certify-not-met")]
)
def test_a_named_hotel_must_be_known_and_meet_the_rule(
    tmp_path: Path, named: str, code: str
) -> None:
    home = programme(tmp_path)
    with pytest.raises(InputError) as refused:
        issue_certificates(home, report(hotel("Acme Kade", 5, 10)), today=AS_OF, hotel=named)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(
    ("completed", "headcount", "shown"),
    [
        (112, 187, 59),
        (6, 10, 60),
        (7, 9, None),
        (12, 12, None),
        (26, 20, None),
        (11, 12, None),
        (10, 12, 83),
    ],
)
def test_a_percentage_is_shown_only_where_it_tells_nothing_about_persons(
    completed: int, headcount: int, shown: int | None
) -> None:
    assert percent_to_show(hotel("A", completed, headcount)) == shown


def test_two_processes_do_not_give_out_one_number(tmp_path: Path) -> None:
    home = programme(tmp_path)
    with (tmp_path / "programme.yaml").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(InputError) as refused:
            issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
        assert [problem.code for problem in refused.value.problems] == ["certify-busy"]
    assert not register_path(home).exists()
    assert len(issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)) == 1


def test_what_the_view_hides_stays_hidden() -> None:
    assert percent_to_show(suppressed("A", met=True)) is None


def test_neither_pdf_nor_register_holds_counts(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(hotel("Acme Poort", 7, 9)), today=AS_OF, hotel=None)
    line = registered(tmp_path)[0]
    assert line["percent"] is None
    assert not {"completed", "headcount"} & set(line)


def test_texts_say_threshold_or_percent() -> None:
    with_percent = content(CERTIFICATE)
    assert {key: str(with_percent[key]).count("67") for key in ("main", "english")} == {
        "main": 1,
        "english": 1,
    }
    without = content(dataclasses.replace(CERTIFICATE, percent=None, operator="gt"))
    assert "meer dan 60" in str(without["main"])
    assert "more than 60" in str(without["english"])
    assert "67" not in str(without["main"]) + str(without["english"])


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_language_has_all_words_and_dates(language: str) -> None:
    read_texts(language)
    assert "2026" in long_date(AS_OF, language)
    with open_printer() as printer:
        pdf = printer.pdf(dataclasses.replace(CERTIFICATE, language=language))
    assert pages(pdf) == 1


def test_the_language_is_the_hotels_else_the_programmes_else_english() -> None:
    assert language_for("en", "nl") == "en"
    assert language_for("nl-BE", "en") == "nl"
    assert language_for("is", "nl") == "nl"
    assert language_for("is", "fo") == "en"


def test_the_same_certificate_has_the_same_bytes() -> None:
    with open_printer() as printer:
        first = printer.pdf(CERTIFICATE)
    with open_printer() as printer:
        assert printer.pdf(CERTIFICATE) == first


@pytest.mark.parametrize(
    "name",
    [
        'Hôtel "L\'Étoile" & Søns',
        "#panic() $x$ *b* _i_ [x] @ref <label> // c /* \\ `raw`",
        "فندق النجمة",
        "Отель «Звезда»",
        "🏨 Hotel 👩‍👩‍👧",
        "x" * 5_000,
        "word " * 2_000,
        "a\x00b\x1bc\ud800",
    ],
)
def test_no_name_breaks_the_page(name: str) -> None:
    odd = dataclasses.replace(
        CERTIFICATE, hotel_name=name, programme=name, issuer=name, signatory=name,
        code="ey" * 310, page=f"https://awake.example/{'check' * 18}/",
    )  # fmt: skip
    with open_printer() as printer:
        assert pages(printer.pdf(odd)) == 1


def test_what_the_fonts_cannot_draw_is_left_out() -> None:
    assert printable("🏨 Hotel  Ster\n") == "Hotel Ster"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 11, 21), 24, (2028, 11, 21)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 12, 31), 1, (2027, 1, 31)),
    ],
)
def test_validity_counts_calendar_months(
    day: tuple[int, int, int], months: int, later: tuple[int, int, int]
) -> None:
    assert months_later(datetime.date(*day), months) == datetime.date(*later)


def test_states_follow_the_calendar(tmp_path: Path) -> None:
    home = programme(tmp_path, "rule: {validity_months: 12, grace_days: 90}\n")
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    day = datetime.timedelta(days=1)
    last = datetime.date(2027, 11, 21)

    def state(on: datetime.date) -> str | None:
        return certificate_states(home, on).get("acme-0042")

    assert state(AS_OF - day) is None
    assert [state(AS_OF), state(last)] == ["valid", "valid"]
    assert [state(last + day), state(last + 90 * day)] == ["grace", "grace"]
    assert state(last + 91 * day) == "lapsed"


def test_an_expired_certificate_is_renewed_with_a_new_number(tmp_path: Path) -> None:
    home = programme(tmp_path, "rule: {validity_months: 12}\n")
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    later = datetime.date(2028, 1, 5)
    renewed = issue_certificates(home, report(COUNTED), today=later, hotel=None)
    assert [item.number for item in renewed] == ["2028-0001"]
    assert certificate_states(home, later) == {"acme-0042": "valid"}


def test_certifying_as_of_a_past_day_issues_nothing_twice(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    before = AS_OF - datetime.timedelta(days=30)
    assert issue_certificates(home, report(COUNTED), today=before, hotel=None) == []


def test_without_validity_a_certificate_never_ends(tmp_path: Path) -> None:
    home = programme(tmp_path, "rule: {validity_months: null}\n")
    issued = issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    assert issued[0].valid_until is None
    assert certificate_states(home, datetime.date(2060, 1, 1)) == {"acme-0042": "valid"}


@pytest.mark.parametrize(("end", "state"), [(revoke, "revoked"), (lapse, "lapsed")])
def test_what_somebody_ended_comes_back_only_by_name(
    end: Callable[..., object], state: str, tmp_path: Path
) -> None:
    """A hotel that left the programme is not certified again by the next noroom certify."""
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    end(home, "acme-0042", "The roster was invented.", datetime.date(2026, 11, 22))
    later = datetime.date(2026, 11, 23)
    assert certificate_states(home, AS_OF) == {"acme-0042": "valid"}
    assert certificate_states(home, later) == {"acme-0042": state}
    assert issue_certificates(home, report(COUNTED), today=later, hotel=None) == []
    assert held_back(home, report(COUNTED, as_of=later)) == ["acme-0042"]
    named = issue_certificates(home, report(COUNTED), today=later, hotel="acme-0042")
    assert [item.number for item in named] == ["2026-0002"]
    assert certificate_states(home, later) == {"acme-0042": "valid"}
    assert held_back(home, report(COUNTED, as_of=later)) == []


def test_a_crash_before_the_register_leaves_nothing_and_its_number_to_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = programme(tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(RegisterEnd, "add", interrupted)
        with pytest.raises(KeyboardInterrupt):
            issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    assert certificate_states(home, AS_OF) == {}
    other = report(hotel("Acme Poort", 6, 10))
    issued = issue_certificates(home, other, today=AS_OF, hotel=None)
    kept = sorted(path.name for path in (tmp_path / "certificates").iterdir())
    assert [item.number for item in issued] == ["2026-0002"]
    assert kept == ["2026-0002-acme-poort", "keys.json", "register.head", "register.jsonl"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "a key in double quotes should stand here"),
        ("[]", "not a JSON object"),
        ('{"event": "issued"}', "'number' is missing"),
        ('{"event": "sold", "number": "1"}', "no event of a register"),
        ('{"event": "revoked", "number": "9", "revoked_on": "2026-01-01"}', "never issued"),
        (
            '{"event": "issued", "number": "1", "hotel": "a", "issued_on": "May", '
            '"valid_until": null}',
            "issued_on is no date such as 2026-11-21",
        ),
        ('{"event": "issued", "number": 1}', "number is not text"),
    ],
)
def test_a_damaged_register_is_reported_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    home = programme(tmp_path)
    path = register_path(home)
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    (problem,) = refused.value.problems
    assert (problem.line, problem.code) == (2, "register-line")
    assert said in problem.what
