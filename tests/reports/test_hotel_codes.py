"""Personal codes: issued, printed, counted; and attempts to count without one."""

from __future__ import annotations

import datetime
import fcntl
import io
import json
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

import cli
from programme.completion_code import PREFIX, CompletionCode, course_mark, spell_code
from programme.directory import ProgrammeDirectory
from programme.personal_codes import code_pseudonym, hotel_code, new_personal_code, printed
from programme.problems import InputError
from tests.reports.programme_files import IRI, Json, authority, make_programme, statement, unprinted
from tests.reports.return_sheets import write_sheet
from xapi_lrs_reports.hotel_register.hotels import Hotel
from xapi_lrs_reports.people.hotel_codes.hand_out import hand_out
from xapi_lrs_reports.people.hotel_codes.issue import Sheet, issue_codes
from xapi_lrs_reports.people.hotel_codes.register import FILE, add_issued, read_issued
from xapi_lrs_reports.people.hotel_codes.sheet import sheet_content, sheet_pdf
from xapi_lrs_reports.report.report_model import HotelDecision
from xapi_lrs_reports.rule.decide import decide
from xapi_lrs_reports.rule.parameters import today
from xapi_lrs_reports.statements.reading import import_path
from xapi_lrs_reports.store.opening import open_store

HOTELS = (
    "hotel,name,chain,headcount,language\n"
    "zon,De Zon,acme,5,nl\nanker,Anker,acme,5,en\nother,Other,bellevue,5,en\n"
)
DAY = today("Europe/Amsterdam")


@pytest.fixture
def programme(tmp_path: Path) -> ProgrammeDirectory:
    """Two hotels of one chain, and one of another."""
    return make_programme(tmp_path / "programme", HOTELS)


def passed(hotel: str | None, code: str, personal: str, chain: str = "acme") -> Json:
    """Give what the web site sends of somebody with these codes."""
    made = statement("someone", chain=chain, hotel=hotel)
    made["actor"]["account"]["name"] = code_pseudonym(code, personal, chain)
    made["context"]["platform"] = "web"
    return {**made, "authority": authority(chain)}


def counted(programme: ProgrammeDirectory, *statements: Json) -> dict[str, HotelDecision]:
    """Import the statements, twice, and give the decision of each hotel."""
    file = programme.path / "statements.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in statements), "utf-8")
    with open_store(programme.path) as store:
        import_path(store, programme, file)
        import_path(store, programme, file)
    return {one.hotel: one for one in decide(programme).hotels}


def sheet(programme: ProgrammeDirectory, hotel: str = "zon", count: int = 3) -> Sheet:
    return issue_codes(programme, hotel, count, DAY, unprinted)


def test_who_holds_a_code_counts_once_for_the_hotel_that_issued_it(
    programme: ProgrammeDirectory,
) -> None:
    zon = sheet(programme)
    found = counted(programme, *(passed("zon", zon.hotel_code, one) for one in zon.personal_codes))
    assert (found["zon"].completed, found["zon"].headcount, found["zon"].status) == (3, 5, "met")
    assert found["anker"].completed == 0
    named_elsewhere = passed("anker", zon.hotel_code, zon.personal_codes[0])
    assert counted(programme, named_elsewhere)["anker"].completed == 0


def test_an_invented_code_counts_for_nobody_and_is_shown(programme: ProgrammeDirectory) -> None:
    zon = sheet(programme, count=1)
    anker = hotel_code(f"{IRI}/hotel/anker")
    forged = [passed("zon", zon.hotel_code, new_personal_code()) for _ in range(4)]
    borrowed = passed("anker", anker, zon.personal_codes[0])
    found = counted(programme, *forged, borrowed)
    assert [found[one].completed for one in ("zon", "anker")] == [0, 0]
    excluded = [found[one].excluded for one in ("zon", "anker")]
    assert [one.unmatched for one in excluded if one] == [4, 1]
    assert decide(programme).data.unmatched == 5


def test_in_a_chain_with_codes_a_forger_cannot_pass_for_another_package(
    programme: ProgrammeDirectory,
) -> None:
    """The key of a web site is public: with it anybody can write `scorm12` and any pseudonym."""
    sheet(programme, count=1)
    forged = [statement(f"E-{n}", hotel="anker") for n in range(5)]
    assert counted(programme, *forged)["anker"].completed == 0


def test_a_chain_without_codes_counts_as_before(programme: ProgrammeDirectory) -> None:
    sheet(programme, count=1)
    others = [statement(f"E-{n}", chain="bellevue", hotel="other") for n in range(3)]
    assert counted(programme, *others)["other"].completed == 3


def test_without_a_personal_code_a_completion_stands_beside(programme: ProgrammeDirectory) -> None:
    sheet(programme, count=1)
    made = passed("zon", "AAAAA", "00000000")
    made["actor"]["account"]["name"] = "anonymous"
    found = counted(programme, made)["zon"]
    assert found.completed == 0
    assert found.excluded is not None
    assert found.excluded.anonymous == 1


def test_a_roster_decides_alone(tmp_path: Path) -> None:
    roster = "hotel,employee\nzon,E-1\nzon,E-2\n"
    programme = make_programme(tmp_path / "programme", HOTELS, roster)
    zon = sheet(programme, count=1)
    assert zon.has_roster
    found = counted(programme, passed("zon", zon.hotel_code, zon.personal_codes[0]))["zon"]
    assert (found.completed, found.headcount) == (0, 2)


def test_codes_are_never_the_same_twice_and_never_in_the_clear(
    programme: ProgrammeDirectory,
) -> None:
    first, second = sheet(programme, count=2), sheet(programme, count=3)
    assert len({*first.personal_codes, *second.personal_codes}) == 5
    assert second.issued == 5
    text = (programme.path / FILE).read_text("ascii")
    assert len(text.splitlines()) == 6
    for code in (*first.personal_codes, *second.personal_codes):
        assert code not in text


def test_more_codes_than_people_are_refused_unless_asked_for(programme: ProgrammeDirectory) -> None:
    sheet(programme, count=5)
    with pytest.raises(InputError, match="codes-too-many"):
        sheet(programme, count=1)
    assert len(read_issued(programme.path, {"zon"})[0]) == 5
    again = issue_codes(programme, "zon", 1, DAY, unprinted, beyond_headcount=True)
    assert again.issued == 6


def test_a_damaged_register_stops_the_report(programme: ProgrammeDirectory) -> None:
    sheet(programme, count=1)
    add_issued(programme.path, [])
    with (programme.path / FILE).open("a") as file:
        file.write("zon,Anna,2026-11-22\n")
    with pytest.raises(InputError, match="codes-learner"):
        decide(programme)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(one) for one in arguments])


def test_the_command_writes_a_sheet_once(programme: ProgrammeDirectory, tmp_path: Path) -> None:
    out = tmp_path / "codes.pdf"
    command = ("hotel", "codes", "zon", "--count", "2", "--address", "course.example/nl")
    folder = ("--programme", programme.path)
    result = run(*command, "--out", out, *folder)
    assert result.exit_code == 0, result.stderr
    assert out.read_bytes().startswith(b"%PDF")
    assert "2 new codes for zon; 2 in all." in result.stderr
    assert run(*command, "--out", out, *folder).exit_code == 2
    assert run("hotel", "codes", "son", *command[3:], *folder).exit_code == 1
    assert len(read_issued(programme.path, {"zon"})[0]) == 2


def test_a_sheet_has_every_code_and_the_same_bytes(programme: ProgrammeDirectory) -> None:
    zon = sheet(programme)
    content = sheet_content(zon, "course.example/nl", DAY)
    assert content["codes"] == [printed(code) for code in zon.personal_codes]
    assert content["lang"] == "nl"
    assert sheet_pdf(zon, "a", DAY) == sheet_pdf(zon, "a", DAY)


@pytest.mark.parametrize("language", ["ar", "de", "uk"])
def test_four_slips_fill_a_page_and_no_code_is_turned_round(language: str) -> None:
    zon = Hotel("zon", "Hotel De Zon", "acme", 9, language, None)
    codes = ("253GAFQC", "36HBGRDA", "473JCHSE", "58KDJTFC", "69MEKVGD")
    made = sheet_pdf(Sheet(zon, "7QKM2", codes, 5, False), "https://course.example/", DAY)
    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    shown = [printed(code) for code in codes]
    assert [one in first for one in shown] == [True, True, True, True, False]
    assert shown[4] in second and printed("7QKM2") in first and "https://course.example/" in first


def held(*_: object) -> NoReturn:
    raise RuntimeError("no")


@pytest.mark.parametrize("step", ["sheet_pdf", "_publish"])
def test_a_sheet_that_cannot_be_made_or_handed_out_issues_no_code(
    programme: ProgrammeDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    sheet(programme, count=2)
    before = (programme.path / FILE).read_bytes()
    monkeypatch.setattr(f"xapi_lrs_reports.people.hotel_codes.hand_out.{step}", held)
    out = tmp_path / "codes.pdf"
    with pytest.raises(RuntimeError):
        issue_codes(programme, "zon", 1, DAY, hand_out("a", DAY, out))
    assert (programme.path / FILE).read_bytes() == before
    assert list(tmp_path.glob("*codes.pdf*")) == []


def test_codes_reach_nobody_before_they_are_registered(
    programme: ProgrammeDirectory, tmp_path: Path
) -> None:
    (programme.path / FILE).mkdir()
    out = tmp_path / "codes.pdf"
    with pytest.raises(InputError):
        issue_codes(programme, "zon", 1, DAY, hand_out("a", DAY, out))
    assert list(tmp_path.glob("*codes.pdf*")) == []


def test_a_sheet_made_meanwhile_is_not_written_over(
    programme: ProgrammeDirectory, tmp_path: Path
) -> None:
    out = tmp_path / "codes.pdf"
    out.write_bytes(b"the first")
    with pytest.raises(InputError, match="printed once"):
        issue_codes(programme, "zon", 1, DAY, hand_out("a", DAY, out))
    assert out.read_bytes() == b"the first"
    assert not (programme.path / FILE).exists()


def test_two_commands_do_not_issue_codes_at_once(programme: ProgrammeDirectory) -> None:
    with (programme.path / "programme.yaml").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="codes-busy"):
            sheet(programme)
    assert not (programme.path / FILE).exists()


def test_a_register_that_a_spreadsheet_saved_is_added_to_in_its_own_form(
    programme: ProgrammeDirectory,
) -> None:
    sheet(programme, count=1)
    file = programme.path / FILE
    text = file.read_text("ascii").strip().replace(",", ";").replace("\n", "\r\n")
    file.write_text(f"\ufeff{text}", "utf-8", newline="")
    sheet(programme, count=2)
    assert len(read_issued(programme.path, {"zon"})[0]) == 3


def test_explain_tells_how_many_codes_are_out(programme: ProgrammeDirectory) -> None:
    sheet(programme, count=4)
    folder = ("--programme", programme.path)
    assert "4  personal codes issued\n" in run("explain", "zon", *folder).stdout
    assert json.loads(run("explain", "zon", "--json", *folder).stdout)["codes_issued"] == 4
    (programme.path / "roster.csv").write_text("hotel,employee\nzon,E-1\n", "utf-8")
    assert "(not used: the roster decides)" in run("explain", "zon", *folder).stdout


def completion_code(pseudonym: str) -> str:
    mark = course_mark(f"{IRI}/course/no-room")
    utc_day = datetime.datetime.now(datetime.UTC).date()
    return spell_code(CompletionCode(pseudonym[:PREFIX], utc_day, "1.0.0", mark))


def test_the_completion_code_of_who_holds_a_personal_code_counts(
    programme: ProgrammeDirectory,
) -> None:
    """The last page of the web site shows one while the LRS cannot be reached."""
    zon = sheet(programme, count=2)
    own, other = (code_pseudonym(zon.hotel_code, one, "acme") for one in zon.personal_codes)
    nobody = code_pseudonym(zon.hotel_code, new_personal_code(), "acme")
    rows = [("zon", completion_code(own)), ("zon", completion_code(nobody)),
            ("anker", completion_code(other))]  # fmt: skip
    book = write_sheet(programme.path / "sheet.xlsx", codes=rows)
    result = run("import", book, "--programme", programme.path)
    assert result.exit_code == 0, result.stderr
    found = {one.hotel: one for one in decide(programme).hotels}
    assert (found["zon"].completed, found["anker"].completed) == (1, 0)
    assert found["zon"].evidence is not None
    assert found["zon"].evidence.code == 1
    assert decide(programme).data.codes_in_review == 2
