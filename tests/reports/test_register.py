"""The register as a chain: whatever is done to it is seen, and a crash does no harm."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.directory import ProgrammeDirectory
from programme.files import read_bytes
from programme.problems import InputError
from tests.reports.invented import AS_OF, COUNTED, hotel, programme, report
from tests.reports.signing import append, signer
from xapi_lrs_reports.certificates.audit import audit
from xapi_lrs_reports.certificates.chain import check_signatures, read_chain
from xapi_lrs_reports.certificates.events import lapse, record_sent, revoke
from xapi_lrs_reports.certificates.issue import issue_certificates
from xapi_lrs_reports.certificates.read_code import Shown
from xapi_lrs_reports.certificates.register import (
    Entry,
    certificate_states,
    read_register,
    register_path,
)
from xapi_lrs_reports.certificates.reissue import reissue
from xapi_lrs_reports.certificates.standing import known_from_entries, standing_of
from xapi_lrs_reports.certificates.verify import verify
from xapi_lrs_reports.certificates.writing import open_register

DAY = datetime.timedelta(days=1)
OLD = (
    '{"event": "issued", "number": "2025-0001", "hotel": "acme-0042", "name": "Acme", '
    '"issued_on": "2025-11-21", "valid_until": "2027-11-21", "language": "nl", "as_of": '
    '"2025-11-21", "rule_version": "01234567", "rule": {"threshold": 60, "operator": "ge"}, '
    '"percent": 67, "course_versions": ["1.0.0"]}\n'
)
NOTES = st.characters(codec="utf-8")
HOTELS = "hotel,name,chain\nacme-0042,Acme Newname,acme\n"


def codes(run: Callable[[], object]) -> set[str]:
    with pytest.raises(InputError) as error:
        run()
    return {problem.code for problem in error.value.problems}


def with_events(folder: Path, events: list[str]) -> Path:
    """Write a register of one certificate and some things that happened to it."""
    path = folder / "register.jsonl"
    issued = {"event": "issued", "number": "2026-0001", "hotel": "a", "name": "A",
              "issued_on": "2026-01-01", "valid_until": None}  # fmt: skip
    append(path, issued, signer())
    for note in events:
        sent = {"event": "sent", "number": "2026-0001", "sent_on": "2026-01-02", "by": "post"}
        append(path, {**sent, "note": note}, signer())
    return path


@given(st.lists(st.text(NOTES), max_size=5))
@settings(max_examples=25)
def test_every_chain_that_was_written_is_whole(notes: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = with_events(Path(name), notes)
        check_signatures(read_chain(path), signer().keys)
        (entry,) = read_register(path)
        assert [sending.note for sending in entry.sent] == notes


@given(st.data())
@settings(max_examples=60)
def test_no_change_of_any_kind_goes_unseen(data: st.DataObject) -> None:
    """One byte, one line taken out, two swapped, one repeated, the end cut off."""
    with tempfile.TemporaryDirectory() as name:
        path = with_events(Path(name), ["one", "two", "three"])
        before = path.read_bytes()
        lines = before.splitlines(keepends=True)
        one, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        place = data.draw(st.integers(0, len(before) - 1))
        inside = [
            before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :],
            b"".join([*lines[:one], lines[other], *lines[one + 1 :]]),
            b"".join([*lines[:one], *lines[one + 1 :], lines[one]]),
            before + lines[one],
        ]
        changed = data.draw(st.sampled_from([*inside, before[:place], b"".join(lines[:one])]))
        if changed != before:
            path.write_bytes(changed)
            with pytest.raises(InputError):
                check_signatures(read_chain(path), signer().keys)


def test_a_line_by_another_key_is_refused(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    forged = {"event": "revoked", "number": "2026-0001", "revoked_on": "2026-11-21", "reason": ""}
    append(register_path(home), forged, signer(2))
    found = report(hotel("Acme Poort", 6, 10))
    assert codes(lambda: issue_certificates(home, found, today=AS_OF, hotel=None)) == {
        "register-signature"
    }
    assert codes(lambda: audit(home)) == {"register-signature"}


def test_an_old_copy_put_back_gives_no_number_twice(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    old = register_path(home).read_bytes()
    found = report(COUNTED, hotel("Acme Poort", 6, 10))
    issue_certificates(home, found, today=AS_OF, hotel=None)
    register_path(home).write_bytes(old)
    third = report(hotel("Acme Kade", 6, 10))
    assert codes(lambda: issue_certificates(home, third, today=AS_OF, hotel=None)) == {
        "register-truncated"
    }
    register_path(home).unlink()
    assert codes(lambda: certificate_states(home, AS_OF)) == {"register-truncated"}


def test_a_register_that_is_gone_gives_no_number_twice(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED, hotel("Acme Poort", 6, 10)), today=AS_OF, hotel=None)
    kits = sorted((tmp_path / "certificates").glob("2026-*"))
    register_path(home).unlink()
    register_path(home).with_name("register.head").unlink()
    again = report(hotel("Acme Kade", 6, 10))
    for run in (lambda: issue_certificates(home, again, today=AS_OF, hotel=None),
                lambda: audit(home)):  # fmt: skip
        with pytest.raises(InputError, match="2026-0002-acme-poort") as refused:
            run()
        assert [one.code for one in refused.value.problems] == ["register-kits"]
    assert sorted((tmp_path / "certificates").glob("2026-*")) == kits


def test_a_register_that_lost_one_line_gives_its_number_to_nobody_else(tmp_path: Path) -> None:
    """Put back from last night, with its head: to us it looks as after a crash."""
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    files = [register_path(home), register_path(home).with_name("register.head")]
    before = [file.read_bytes() for file in files]
    poort, kade = hotel("Acme Poort", 6, 10), hotel("Acme Kade", 6, 10)
    (handed_out,) = issue_certificates(home, report(poort), today=AS_OF, hotel=None)
    pdf = handed_out.path.read_bytes()
    for file, content in zip(files, before, strict=True):
        file.write_bytes(content)
    both = issue_certificates(home, report(kade, poort), today=AS_OF, hotel=None)
    assert handed_out.number == "2026-0002"
    assert [one.number for one in both] == ["2026-0003", "2026-0004"]
    for file, content in zip(files, before, strict=True):
        file.write_bytes(content)
    for one in both:
        shutil.rmtree(one.path.parent)
    handed_out.path.parent.mkdir()
    handed_out.path.write_bytes(pdf)
    (again,) = issue_certificates(home, report(poort), today=AS_OF, hotel=None)
    assert (again.number, again.path.read_bytes()) == ("2026-0002", pdf)


def test_a_number_is_never_issued_twice_in_a_register(tmp_path: Path) -> None:
    path = with_events(tmp_path, [])
    again = {"event": "issued", "number": "2026-0001", "hotel": "b", "issued_on": "2026-01-01",
             "valid_until": None}  # fmt: skip
    append(path, again, signer())
    assert codes(lambda: read_register(path)) == {"register-line"}


def test_a_swapped_pdf_is_found(tmp_path: Path) -> None:
    home = programme(tmp_path)
    found = report(COUNTED, hotel("Acme Poort", 6, 10))
    one, other = issue_certificates(home, found, today=AS_OF, hotel=None)
    assert audit(home).certificates == 2
    one.path.write_bytes(other.path.read_bytes())
    assert codes(lambda: audit(home)) == {"register-pdf"}


def old_programme(folder: Path) -> ProgrammeDirectory:
    """Make a programme with a register from before certificates were signed."""
    home = programme(folder)
    (folder / "hotels.csv").write_text(HOTELS, encoding="utf-8")
    (folder / "chains" / "acme").mkdir(parents=True)
    (folder / "chains" / "acme" / "chain.yaml").write_text("name: Acme\n", encoding="utf-8")
    register_path(home).write_text(OLD, encoding="utf-8")
    from programme.directory import read_programme

    return read_programme(folder)


def test_a_register_from_before_goes_on_and_is_sealed(tmp_path: Path) -> None:
    home = old_programme(tmp_path)
    assert certificate_states(home, AS_OF) == {"acme-0042": "valid"}
    assert "register reissue" in audit(home).notes[0]
    found = report(COUNTED, hotel("Acme Poort", 6, 10))
    issued = issue_certificates(home, found, today=AS_OF, hotel=None)
    assert [(one.hotel, one.number) for one in issued] == [("acme-poort", "2026-0001")]
    path = register_path(home)
    path.write_text(path.read_text(encoding="utf-8").replace("Acme", "Acne", 1), encoding="utf-8")
    assert codes(lambda: read_register(path)) == {"register-chain", "register-truncated"}


def test_a_line_by_hand_after_the_first_signed_one_is_refused(tmp_path: Path) -> None:
    path = with_events(tmp_path, [])
    path.write_text(path.read_text(encoding="utf-8") + OLD, encoding="utf-8")
    assert codes(lambda: read_register(path)) == {"register-chain"}


def test_a_renamed_hotel_gets_a_new_paper_with_the_old_end(tmp_path: Path) -> None:
    home = old_programme(tmp_path)
    one = reissue(home, "acme-0042", AS_OF)
    assert (one.number, one.valid_until) == ("2026-0001", datetime.date(2027, 11, 21))
    old, new = read_register(register_path(home))
    assert (old.replaced_by, new.replaces, new.name) == ("2026-0001", "2025-0001", "Acme Newname")
    assert audit(home).notes == []
    assert codes(lambda: reissue(home, "2025-0001", AS_OF)) == {"register-ended"}
    assert codes(lambda: revoke(home, "2025-0001", "x", AS_OF)) == {"register-over"}


def test_reissuing_needs_the_hotel(tmp_path: Path) -> None:
    home = old_programme(tmp_path)
    (tmp_path / "hotels.csv").write_text("hotel,name,chain\nother,O,acme\n", encoding="utf-8")
    assert codes(lambda: reissue(home, "acme-0042", AS_OF)) == {"register-hotel"}


@pytest.mark.parametrize(
    ("event", "said"),
    [("closed,", "closed for good"), ("merged,other", 'was merged into "other"')],
)
def test_a_hotel_that_is_gone_gets_no_new_paper(event: str, said: str, tmp_path: Path) -> None:
    home = old_programme(tmp_path)
    hotels = tmp_path / "hotels.csv"
    hotels.write_text(hotels.read_text(encoding="utf-8") + "other,Other,acme\n", encoding="utf-8")
    events = tmp_path / "hotel-events.csv"
    events.write_text(f"hotel,on,event,value\nacme-0042,{AS_OF},{event}\n", encoding="utf-8")
    before = register_path(home).read_bytes()
    with pytest.raises(InputError) as refused:
        reissue(home, "acme-0042", AS_OF)
    assert [(one.code, one.file) for one in refused.value.problems] == [
        ("register-hotel", "hotel-events.csv")
    ]
    assert said in refused.value.problems[0].what
    assert register_path(home).read_bytes() == before
    assert reissue(home, "acme-0042", AS_OF - DAY).number == "2026-0001"


def test_what_ends_a_certificate_is_dated_and_happens_once(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    assert codes(lambda: lapse(home, "acme-0042", "x", AS_OF - DAY)) == {"register-before"}
    lapse(home, "acme-0042", "It closed.", AS_OF + DAY)
    assert certificate_states(home, AS_OF) == {"acme-0042": "valid"}
    assert certificate_states(home, AS_OF + DAY) == {"acme-0042": "lapsed"}
    assert codes(lambda: lapse(home, "acme-0042", "x", AS_OF + DAY)) == {"register-over"}
    revoke(home, "2026-0001", "It was invented.", AS_OF + 2 * DAY)
    assert certificate_states(home, AS_OF + 2 * DAY) == {"acme-0042": "revoked"}
    assert codes(lambda: revoke(home, "2026-0001", "x", AS_OF + 3 * DAY)) == {"register-over"}
    assert codes(lambda: revoke(home, "2026-0009", "x", AS_OF)) == {"register-unknown"}


@pytest.mark.parametrize(("end", "said"), [(revoke, "revoked"), (lapse, "ended")])
def test_what_ends_for_a_hotel_ends_for_all_that_it_holds(
    end: Callable[..., list[Entry]], said: str, tmp_path: Path
) -> None:
    home = programme(tmp_path, "rule: {validity_months: 12}\n")
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    later = datetime.date(2027, 10, 1)
    issue_certificates(home, report(COUNTED), today=later, hotel=None, renew_days=60)
    ended = end(home, "acme-0042", "x", later)
    assert [one.number for one in ended] == ["2026-0001", "2027-0001"]
    entries = read_register(register_path(home))
    assert [standing_of(one, later)[0] for one in entries] == [said, said]
    assert codes(lambda: end(home, "acme-0042", "x", later)) == {"register-over"}


def test_after_the_new_one_by_number_the_hotel_s_id_ends_the_old_one(tmp_path: Path) -> None:
    home = programme(tmp_path, "rule: {validity_months: 12}\n")
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    later = datetime.date(2027, 10, 1)
    issue_certificates(home, report(COUNTED), today=later, hotel=None, renew_days=60)
    assert [one.number for one in revoke(home, "2027-0001", "x", later)] == ["2027-0001"]
    assert [one.number for one in revoke(home, "acme-0042", "x", later)] == ["2026-0001"]


def test_an_end_that_was_set_too_late_can_be_set_earlier(tmp_path: Path) -> None:
    home = programme(tmp_path, "rule: {validity_months: 12}\n")
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    later, far = datetime.date(2027, 10, 1), datetime.date(2062, 11, 22)
    issue_certificates(home, report(COUNTED), today=later, hotel=None, renew_days=60)
    lapse(home, "2026-0001", "It closes in a while.", later + 9 * DAY)
    revoke(home, "2027-0001", "A slip in the year.", far)
    ended = revoke(home, "acme-0042", "Invented.", later)
    assert [one.number for one in ended] == ["2026-0001", "2027-0001"]
    entries = read_register(register_path(home))
    assert [standing_of(one, later)[0] for one in entries] == ["revoked", "revoked"]
    assert codes(lambda: revoke(home, "2027-0001", "x", far)) == {"register-over"}


def test_a_day_before_its_issue_or_its_replacement_is_answered_as_of_that_day(
    tmp_path: Path,
) -> None:
    home = old_programme(tmp_path)
    register_path(home).unlink()
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    (entry,) = read_register(register_path(home))
    shown = Shown("given", attached=entry.code)
    early = AS_OF - DAY
    for known in (None, known_from_entries([entry], early)):
        assert verify(shown, signer().keys, known, early).standing == "not_yet_valid"
    reissue(home, "acme-0042", AS_OF + 2 * DAY)
    old, new = read_register(register_path(home))
    days = [AS_OF + DAY, AS_OF + 2 * DAY]
    assert [standing_of(old, day)[0] for day in days] == ["valid", "replaced"]
    assert [standing_of(new, day)[0] for day in days] == ["not_yet_valid", "valid"]


def test_however_many_are_certified_the_register_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, read = programme(tmp_path), []
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)

    def counted(path: Path, limit: int) -> bytes:
        read.append(path.name)
        return read_bytes(path, limit)

    monkeypatch.setattr("xapi_lrs_reports.certificates.chain.read_bytes", counted)
    monkeypatch.setattr("xapi_lrs_reports.certificates.head.read_bytes", counted)
    found = report(COUNTED, *(hotel(f"Acme {number}", 6, 10) for number in range(3)))
    assert len(issue_certificates(home, found, today=AS_OF, hotel=None)) == 3
    assert sorted(read) == ["register.head", "register.jsonl"]
    assert audit(home).certificates == 4


def test_a_register_that_somebody_changes_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    path = register_path(home)
    sent = {"event": "sent", "number": "2026-0001", "sent_on": "2026-11-21", "by": "post"}
    with open_register(home, "adding lines") as register:
        register.add(sent)
        path.write_bytes(path.read_bytes() + b"\n")
        changed = path.read_bytes()
        assert codes(lambda: register.add(sent)) == {"register-truncated"}
    assert path.read_bytes() == changed


def test_each_sending_is_kept(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    record_sent(home, ["acme-0042"], "post", "", AS_OF)
    record_sent(home, ["2026-0001"], "e-mail", "again", AS_OF + DAY)
    wrong = ["2026-0001", "2026-0009"]
    assert codes(lambda: record_sent(home, wrong, "post", "", AS_OF)) == {"register-unknown"}
    (entry,) = read_register(register_path(home))
    assert [(one.day, one.by, one.note) for one in entry.sent] == [
        (AS_OF, "post", ""), (AS_OF + DAY, "e-mail", "again"),
    ]  # fmt: skip


def test_certificates_about_to_end_are_renewed_in_time(tmp_path: Path) -> None:
    home = programme(tmp_path, "rule: {validity_months: 12}\n")
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    later = datetime.date(2027, 10, 1)
    found = report(COUNTED)
    assert issue_certificates(home, found, today=later, hotel=None, renew_days=30) == []
    (renewed,) = issue_certificates(home, found, today=later, hotel=None, renew_days=60)
    assert (renewed.number, renewed.valid_until) == ("2027-0001", datetime.date(2028, 10, 1))
    assert issue_certificates(home, found, today=later, hotel=None, renew_days=60) == []
