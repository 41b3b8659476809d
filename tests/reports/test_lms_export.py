"""noroom import --preset: exports of LMSs and attendance lists, as offices really have them."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import openpyxl
import pytest
import yaml

from tests.reports.programme_files import PROGRAMME, Json, make_programme, statement
from tests.reports.test_commands import imported, noroom, report
from xapi_lrs_reports.lms_export.models import presets

HOTELS = "hotel,name,chain\nacme-1,Acme One,acme\nacme-2,Acme Two,acme\n"
ROSTER = "hotel,employee,aliases\n" + "".join(
    f"acme-1,e-00{n},e00{n}@acme.example\n" for n in range(5)
)
MOODLE = (
    ',Username,Email address,Welcome,,No Room,\n"{name}",e-001,e001@acme.example,Completed,'
    '"2026-11-01 10:00:00","Completed (achieved pass grade)","2026-11-02 10:00:00"\n'
    '"{name}",e-002,e002@acme.example,Completed,"2026-11-01 10:00:00","Not completed",\n'
    '"{name}",e-003,e003@acme.example,Completed,,"Completed (did not achieve pass grade)",'
    '"2026-11-03 10:00:00"\n'
    '"{name}",e-004,e004@acme.example,Completed,,"Completed","2026-11-04 10:00:00"\n'
).format(name="Zola Unseen")
ACTIVITY = ("--preset", "moodle-activity", "--chain", "acme", "--course", "no-room")
NO_ROOM = ("--column", "status=No Room", "--confirmed-by", "J. Jansen")
OTHER = ("--preset", "other", "--chain", "acme", "--course", "no-room", "--confirmed-by", "J")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_programme(tmp_path, hotels=HOTELS, roster=ROSTER)
    return tmp_path


def export(home: Path, text: str | bytes, name: str = "export.csv") -> Path:
    file = home / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def read(home: Path, text: str | bytes, *options: str) -> Json:
    run = noroom(home, "import", export(home, text), "--json", *options)
    [found] = json.loads(run.stdout)["sources"]
    return dict(found)


SLOW = pytest.mark.slow


def refused(home: Path, text: str | bytes, *options: str) -> str:
    """Give what is said of a file that is refused; nothing of it is in the store."""
    said = noroom(home, "import", export(home, text), *options, code=1).stderr
    assert report(home)["data"]["facts"] == 0
    return said


def counted(home: Path) -> Json:
    return dict(report(home)["hotels"][0])


@pytest.mark.parametrize(
    "spelled",
    [
        MOODLE.encode(),
        MOODLE.encode("utf-8-sig"),
        MOODLE.replace(",", "\t").encode("utf-16"),
        pytest.param(b"\xff\xfe" + MOODLE.replace(",", "\t").encode("utf-16-le"), marks=SLOW),
        pytest.param(MOODLE.replace(",", "\t").encode("utf-16-le"), marks=SLOW),
        pytest.param(MOODLE.replace(",", "\t").encode("utf-16-be"), marks=SLOW),
        MOODLE.replace(",", ";").replace("\n", "\r\n").encode(),
        pytest.param(("sep=;\n" + MOODLE.replace(",", ";")).encode(), marks=SLOW),
        pytest.param(("Report of 3 Nov\n\n" + MOODLE).encode(), marks=SLOW),
        MOODLE.replace("Zola", "Zoë").encode("cp1252"),
    ],
)
def test_moodle_activity_completion_in_every_encoding(home: Path, spelled: bytes) -> None:
    """A pass counts; a completion whose check nobody knows of, and a fail, do not."""
    found = read(home, spelled, *ACTIVITY, *NO_ROOM)
    assert (found["read"], found["new"], found["quarantined"]) == (4, 2, 0)
    hotel = counted(home)
    assert (hotel["completed"], hotel["evidence"]["lms_recorded"]) == (1, 1)
    again = read(home, spelled, *ACTIVITY, *NO_ROOM)
    assert (again["new"], again["duplicates"]) == (0, 2)
    assert counted(home) == hotel


def test_completed_counts_where_a_person_says_what_it_means(home: Path) -> None:
    read(home, MOODLE, *ACTIVITY, *NO_ROOM, "--completed-means", "passed")
    assert counted(home)["completed"] == 2


def test_nothing_that_a_row_says_of_a_person_is_kept_or_printed(home: Path) -> None:
    text = MOODLE.replace("Not completed", "Completed (bekeken door Zola Unseen)")
    run = noroom(home, "import", export(home, text), *ACTIVITY, *NO_ROOM)
    stored = (home / "store" / "noroom.duckdb").read_bytes()
    listed = noroom(home, "explain", "--quarantine").stdout
    for secret in ("Unseen", "e-001", "e001@"):
        assert secret not in run.output + listed
        assert secret.encode() not in stored
    assert "export-status" in listed


def test_an_unknown_state_waits_for_review_until_somebody_says_what_it_means(home: Path) -> None:
    text = "Login,Status,Completion date\ne-001,Klaar,2026-11-02\ne-002,Bezig,\n"
    found = read(home, text, *OTHER)
    assert (found["new"], found["quarantined"]) == (0, 1)
    assert report(home)["data"]["quarantined"] == 1
    found = read(home, text, *OTHER, "--word", "klaar=passed")
    assert (found["new"], found["quarantined"]) == (1, 0)
    assert report(home)["data"]["quarantined"] == 0
    assert counted(home)["completed"] == 1


def test_who_is_named_by_mail_address_counts_by_the_roster_alone(home: Path) -> None:
    """Before and after: two ids of one person are one completion, and the merge can be undone."""
    text = "Email,Status,Completion date\nE001@acme.example,Passed,2026-11-02\n"
    text += "stranger@acme.example,Passed,2026-11-02\n"
    found = read(home, text, *OTHER)
    assert found["mapping"]["learner_is"] == "alias"
    imported(home, statement("e-001"))
    assert counted(home)["completed"] == 1
    assert report(home)["data"]["anonymous"] == 1
    imported(home, statement("e001@acme.example"), name="b.ndjson")
    assert (counted(home)["completed"], report(home)["data"]["unmatched"]) == (1, 0)
    (home / "roster.csv").write_text(ROSTER.replace("e001@acme.example", ""), "utf-8")
    assert (counted(home)["completed"], report(home)["data"]["unmatched"]) == (1, 1)


def test_an_alias_of_two_people_merges_nobody(home: Path) -> None:
    rows = "acme-1,e-001,desk@acme.example\nacme-1,e-002,desk@acme.example\nacme-1,e-003,e-001\n"
    rows += "acme-1,e-004,guest\n"
    (home / "roster.csv").write_text("hotel,employee,aliases\n" + rows, "utf-8")
    read(home, "Email,Status,Completion date\ndesk@acme.example,Passed,2026-11-02\n", *OTHER)
    imported(home, statement("e-001"), statement("guest"))
    found = report(home)
    assert found["hotels"][0]["completed"] == 1
    said = " ".join(noroom(home, "explain", "acme-1").stdout.split())
    assert "an alias that stands for two people" in said
    assert "an alias that several people may share" in said


def test_a_learner_without_roster_counts_for_the_hotel_that_the_file_is_of(tmp_path: Path) -> None:
    make_programme(tmp_path, hotels="hotel,name,chain,headcount\nacme-1,Acme One,acme,2\n")
    text = "Login,Email,Status,Completion date\ne-001,a@x.example,Passed,2026-11-02\n"
    read(tmp_path, text, *OTHER, "--hotel", "acme-1")
    assert counted(tmp_path)["completed"] == 1
    mails = text.replace("Login,", "Nobody,")
    read(tmp_path, mails, *OTHER, "--hotel", "acme-1")
    assert counted(tmp_path)["completed"] == 1


def test_hotels_are_known_by_id_or_by_name(home: Path) -> None:
    (home / "roster.csv").unlink()
    text = "Login,Status,Completed on,Location\n"
    text += (
        "abc,Passed,2026-11-02,Acme Two\nabd,Passed,2026-11-02,acme-2\nabe,Passed,2026-11-02,x\n"
    )
    run = noroom(home, "import", export(home, text), *OTHER)
    assert "Hotel acme-2: 2 completions." in run.stderr
    assert "a place that is no hotel of the chain: 1 completion." in run.stderr


def test_a_preset_that_nobody_has_seen_asks_a_person_and_keeps_the_answer(home: Path) -> None:
    text = "Username;Course Code;Enrollment Status;Completion Date\n"
    text += "e-001;NR-1;Completed;03/11/2026\ne-002;FIRE;Completed;13/11/2026\n"
    docebo = ("--preset", "docebo", "--chain", "acme", "--course-name", "NR-1=no-room")
    said = refused(home, text, *docebo)
    assert "export-unconfirmed" in said and "read as dmy" in said
    means = ("--completed-means", "passed", "--save", "docebo")
    found = read(home, text, *docebo, "--confirmed-by", "J. Jansen", *means)
    assert (found["new"], found["irrelevant"]) == (1, 1)
    saved = yaml.safe_load((home / "chains/acme/mappings/docebo.yaml").read_text("utf-8"))
    assert (saved["confirmed_by"], saved["dates"]) == ("J. Jansen", "dmy")
    later = text.replace("e-001", "e-003")
    found = read(home, later, "--mapping", "docebo", "--chain", "acme")
    assert (found["new"], counted(home)["completed"]) == (1, 2)
    changed = ("--mapping", "docebo", "--chain", "acme", "--word", "waitlisted=passed")
    assert "export-unconfirmed" in noroom(
        home, "import", export(home, later), *changed, code=1
    ).stderr  # fmt: skip
    moved = later.replace("Enrollment Status", "State")
    lost = noroom(home, "import", export(home, moved), *changed[:4], code=1).stderr
    assert "export-columns" in lost and "Enrollment Status" in lost


def test_a_dry_run_writes_nothing(home: Path) -> None:
    run = noroom(home, "import", export(home, MOODLE), *ACTIVITY, *NO_ROOM[:2], "--dry-run")
    assert "nothing was written" in run.stdout
    assert not (home / "store").exists()


def test_moodle_course_completion_has_a_date_or_nothing(home: Path) -> None:
    text = "User ID,Name,Username,No Room,No Room - Completion date,Course complete\n"
    text += '7,Zola,e-001,Completed,2/11/26,"3 November 2026, 10:15"\n8,Yara,e-002,,,\n'
    options = ("--preset", "moodle-course", "--chain", "acme", "--course", "no-room")
    found = read(home, text, *options, "--completed-means", "passed")
    assert (found["new"], found["irrelevant"], counted(home)["completed"]) == (1, 1, 1)


def test_moodle_scorm_has_states_or_scores_in_its_last_column(home: Path) -> None:
    text = "First name\tUsername\tAttempt\tStarted on\tLast accessed on\tScore\tNo Room\n"
    when = "Monday, 2 November 2026, 10:15 AM\tTuesday, 3 November 2026, 9:00 PM"
    text += f"Z\te-001\t1\t{when}\t90\t90/100\nY\te-002\t1\t{when}\t60\t60/100\n"
    text += f"X\te-003\t1\t{when}\t\tPassed\nW\te-004\t-\t-\t-\t-\tNot attempted\n"
    options = ("--preset", "moodle-scorm", "--chain", "acme", "--course", "no-room")
    found = read(home, text, *options)
    assert (found["new"], found["quarantined"]) == (1, 2)
    found = read(home, text, *options, "--pass-score", "80")
    assert (found["new"], found["duplicates"], found["quarantined"]) == (1, 1, 0)
    assert counted(home)["completed"] == 2


@pytest.mark.parametrize("score", ["0.85", "1", "850", "45000", "1_0", "inf", "25/20", "-90"])
def test_a_number_that_may_be_no_score_waits_for_review(home: Path, score: str) -> None:
    """A share of 1 as spreadsheets keep it, points, a date, a number of somebody."""
    text = f"Login,Status,Completion date\ne-001,{score},2026-11-02\n"
    found = read(home, text, *OTHER, "--pass-score", "80")
    assert (found["new"], found["irrelevant"], found["quarantined"]) == (0, 0, 1)


def test_a_state_may_be_a_number_that_has_a_meaning(home: Path) -> None:
    text = "Login,Status,Completion date\ne-001,1,2026-11-02\ne-002,0,\n"
    found = read(home, text, *OTHER, "--word", "1=completed", "--word", "0=open")
    assert (found["new"], found["irrelevant"], found["quarantined"]) == (1, 1, 0)


def test_a_quote_that_is_never_closed_swallows_nobody(home: Path) -> None:
    rows = "Login,Name,Status,Completion date\ne-001,Jan,Passed,2026-11-02\n"
    rows += 'e-002,"Piet,Passed,2026-11-02\ne-003,Marie,Passed,2026-11-02\n'
    assert "a quote in row 3 is never closed" in refused(home, rows, *OTHER)
    closed = rows + 'e-004,Jo",Passed,2026-11-02\ne-001,"An\nJ.",Passed,2026-11-03\n'
    found = read(home, closed, *OTHER)
    assert (found["new"], found["quarantined"]) == (2, 1)
    assert [one["code"] for one in found["problems"]] == ["export-row"]


@pytest.mark.parametrize(
    "note",
    ["Late, ill, back, on leave, ok\nsee mail", "Ill\nback, on leave, or so, since May",
     "A, b\nnote without any sign of a row\nc, d, e"],
)  # fmt: skip
def test_a_note_in_closed_quotes_costs_nobody(home: Path, note: str) -> None:
    """What no swallowed row can look like: more separators than its place in the row allows."""
    text = f'Login,Note,Status,Completion date\ne-001,"{note}",Passed,2026-11-02\n'
    found = read(home, text + 'e-002,"Ill,\nback",Passed,2026-11-02\n', *OTHER)
    assert (found["new"], found["quarantined"]) == (2, 0)


def test_cornerstone_has_a_state_and_whether_it_was_passed(home: Path) -> None:
    text = "SCORM 2004 Course Progress\n\nUser ID,User,Status,Pass/Fail,Score,Completed Date\n"
    text += "e-001,Z,Completed,Pass,90,11/13/2026\ne-002,Y,Completed,Fail,20,11/12/2026\n"
    text += "e-003,X,In Progress,,,\ne-004,W,Exempt,,,\nTotal,,,,,\n"
    found = read(
        home, text, "--preset", "cornerstone", "--chain", "acme", "--course", "no-room"
    )  # fmt: skip
    assert (found["new"], found["irrelevant"], found["quarantined"]) == (1, 4, 0)
    assert counted(home)["completed"] == 1


def test_excel_gives_dates_numbers_and_serials(home: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    book.create_sheet("Legend").append(["Not the data"])
    sheet.append(["Login", "Status", "Completion date"])
    sheet.append(["0042", "Passed", datetime.datetime(2026, 11, 2, 10, 30)])
    sheet.append([43, "Passed", 46328])
    sheet.append([4044, "Passed", datetime.date(2026, 11, 3)])
    sheet.append([4045, "Passed", 12])
    sheet.append([4046, "=1+1", 46328])
    file = home / "export.xlsx"
    book.save(file)
    rows = "".join(f"acme-1,{name}\n" for name in ("0042", "43", "4044", "4045", "4046"))
    (home / "roster.csv").write_text("hotel,employee\n" + rows, "utf-8")
    run = noroom(home, "import", file, *OTHER)
    assert "leading zeros may be lost" in run.stderr
    assert "new 3, duplicates 0, irrelevant 0, quarantined 2" in run.stdout
    assert "export-cell" in run.stderr
    assert counted(home)["completed"] == 2


def test_an_attendance_list_counts_only_where_the_rule_says_so(home: Path) -> None:
    text = "employee,date,hotel\ne-001,2026-11-02,acme-1\ne-002,2026-11-02,acme-1\n"
    options = ("--preset", "attendance", "--chain", "acme", "--course", "no-room")
    read(home, text, *options)
    assert (counted(home)["completed"], counted(home)["evidence"]["attendance_list"]) == (0, 0)
    allowed = PROGRAMME + "rule:\n  attendance_lists: true\n"
    make_programme(home, hotels=HOTELS, roster=ROSTER, settings=allowed)
    assert (counted(home)["completed"], counted(home)["evidence"]["attendance_list"]) == (2, 2)
    imported(home, statement("e-001"))
    assert counted(home)["evidence"] == {
        **{"lms_recorded": 0, "self_asserted": 1, "code": 0, "attendance_list": 1}
    }
    for stricter in ("counts_as_completion: passed", "min_evidence: code"):
        settings = f"{allowed}  {stricter}\n"
        make_programme(home, hotels=HOTELS, roster=ROSTER, settings=settings)
        assert counted(home)["completed"] == 1


def test_an_attendance_list_is_taken_whole_or_not_at_all(home: Path) -> None:
    text = "employee,date\ne-001,2026-11-02\n,2026-11-02\n"
    options = ("--preset", "attendance", "--chain", "acme", "--course", "no-room")
    assert "export-learner" in refused(home, text, *options)


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("<html><table>", (), "export-format"),
        (b"%PDF-1.7", (), "export-format"),
        (b"", (), "export-format"),
        (b"\xff\xfeA\x00B", (), "export-format"),
        ("Name,Status\nZ,Passed\n", (), "export-columns"),
        ("Login,Login,Status\na-b,x,Passed\n", (), "export-columns"),
        ("Login,Score\nabc,5\n", (), "export-columns"),
        ("Login,Status\nabc,Passed\n", ("--column", "learner"), "export-columns"),
        ("Login,Status\nabc,Passed\n", ("--column", "state=Status"), "export-columns"),
        ("Login,Status,Completed on\nabc,Passed,02/11/2026\n", (), "export-dates"),
        (
            "Login,Status,Completed on\nabc,Passed,13/11/2026\nabd,Passed,11/13/2026\n",
            (),
            "export-dates",
        ),
        ("Login,Status,Course\nabc,Passed,Fire\nabd,Passed,Ice\n", (), "export-course"),
        ("Login,Status\nabc,Passed\n", ("--word", "ja=yes"), "export-option"),
        ("Login,Status\nabc,Passed\n", ("--hotel", "acme-9"), "export-hotel"),
        ("Login,Status\nabc,Passed\n", ("--course", "no-roam"), "export-course"),
        ("Login,Status\nabc,Passed\n", ("--preset", "moddle"), "export-preset"),
        ("Login,Status\nabc,Passed\n", ("--mapping", "docebo"), "export-mapping"),
        ("Login,Status\nabc,Passed\n", ("--chain", "acne"), "chain-unknown"),
    ],
)
def test_what_is_wrong_with_a_file_or_a_wish(
    home: Path, text: str | bytes, options: tuple[str, ...], code: str
) -> None:
    assert f"error[{code}]" in refused(home, text, *OTHER, *options)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",Passed,2026-11-02", "export-learner"),
        ("abc,Passed,", "export-date"),
        ("abc,Passed,2026-13-02", "export-date"),
        ("abc,Passed,2999-01-01", "export-date"),
        ("abc,Passed,1999-12-31", "export-date"),
        ("abc,Passed,soon", "export-date"),
        ("abc,85,2026-11-02", "export-status"),
        ("abc,?,2026-11-02", "export-status"),
    ],
)
def test_a_row_that_cannot_be_used_does_not_cost_another(home: Path, row: str, code: str) -> None:
    text = f"Login,Status,Completed on\n{row}\ne-001,Passed,2026-11-02\n"
    found = read(home, text, *OTHER)
    assert (found["new"], found["quarantined"]) == (1, 1)
    assert [one["code"] for one in found["problems"]] == [code]
    noroom(home, "import", export(home, text), *OTHER, "--strict", code=1)


def test_options_of_exports_without_an_export_are_misuse(home: Path) -> None:
    file = export(home, "")
    assert "--word is for LMS exports" in noroom(
        home, "import", file, "--word", "a=passed", code=2
    ).stderr  # fmt: skip
    assert "--chain ID" in noroom(home, "import", file, "--preset", "other", code=2).stderr
    assert "moodle-activity" in noroom(home, "import", "--preset", "list").stdout


def test_every_preset_names_a_learner_and_how_far_they_are() -> None:
    assert len(presets()) == 11
    for name, preset in presets().items():
        assert preset.columns.keys() & {"learner", "alias"}, name
        assert preset.layout != "rows" or preset.columns.keys() & {"status", "completed"}, name
