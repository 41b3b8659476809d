"""A programme that has everything: a course, a chain, facts, certificates, and files to hand in."""

from __future__ import annotations

import datetime
import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pypdfium2
from click.testing import CliRunner, Result

import cli
from tests.builder.packages import good
from tests.checked_contacts import check_contacts
from tests.reports.programme_files import PROGRAMME, make_programme, statement, write_lines
from tests.reports.return_sheets import code, write_sheet
from tests.reports.signing import announce, pem
from xapi_lrs_reports.sources.zstd import zstd

ROOT = Path(__file__).parent.parent.parent
COURSES = ROOT / "tests" / "courses"
HOTELS = "hotel,name,chain,joined\nacme-1,Acme One,acme,2026-01-01\nacme-2,Acme Two,acme,\n"
PEOPLE = "hotel,employee,department,joined,aliases\n" + "".join(
    f"acme-1,e-{n},housekeeping,2026-01-0{n + 1},e{n}@acme.example\n" for n in range(5)
)
CHAIN = """name: Acme Hotels
languages: [en]
logo: logo.svg
extra_pages: [{ after: look, files: { en: house.yaml } }]
page_languages:
  en: { status: draft }
"""
HOUSE = """id: house
title: In our hotels
minutes: "0:30"
pages:
  - id: house-desk
    kind: text
    title: Our safety desk
    text: You can also call the safety desk. First tell {manager}.
"""
GLOSSARY = "en,nl,note\nmanager,leidinggevende,always\n"
MOODLE = (
    "Name,Username,Email address,No Room,No Room date\n"
    'Zola,e-1,e1@acme.example,Completed,"2026-11-02"\n'
    'Zola,e-2,e2@acme.example,Completed,"2026-11-03"\n'
)
ATTENDANCE = "employee,date,hotel\ne-1,2026-11-02,acme-1\ne-2,2026-11-02,acme-1\n"
MAPPING = """preset: other
confirmed_by: Bo
columns: { learner: Username, status: No Room, completed: No Room date }
course: no-room
completed_means: passed
"""
SECRET = "never-in-any-output-7"  # noqa: S105 - looked for in what commands say
SETTINGS = (
    f"{PROGRAMME}verification_page: https://noroom.example/check/\nrule: {{ min_headcount: 3 }}\n"
)


def noroom(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli.main, list(arguments))


def done(*arguments: str) -> Result:
    """Run a command that must go well."""
    run = noroom(*arguments)
    assert run.exit_code == 0, (arguments, run.output)
    return run


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in a folder, signing with the tests' key."""
    here, before = Path.cwd(), dict(os.environ)
    os.chdir(folder)
    os.environ |= {"NOROOM_SIGNING_KEY": pem(), "XDG_CONFIG_HOME": str(folder / ".nobody")}
    os.environ["NOROOM_LRS_MAIN_PASSWORD"] = SECRET
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


def make_home(folder: Path) -> Path:
    """Make all of it; takes some seconds."""
    make_programme(folder, hotels=HOTELS, roster=PEOPLE, settings=SETTINGS)
    check_contacts(folder, "NL")
    (folder / "given").mkdir()
    with inside(folder):
        _course()
        _chain()
        _reading()
        _certificates()
        _packages()
        done("report")
    return folder


def _course() -> None:
    shutil.copytree(COURSES / "every_kind", "course")
    block = Path("course/blocks/0-look.yaml")
    block.write_text(
        block.read_text("utf-8").replace("minutes:", "chain_pages: true\nminutes:", 1), "utf-8"
    )
    course = Path("course/course.yaml")
    course.write_text(course.read_text("utf-8").replace('"10:30"', '"12:00"'), "utf-8")
    Path("course/locale/glossary.csv").write_text("en,uk,note\nmanager,керівник,always\n", "utf-8")
    shutil.copytree(ROOT / "courses" / "no-room", "site-course")


def _chain() -> None:
    folder = Path("chains/acme")
    (folder / "chain.yaml").write_text(CHAIN, "utf-8")
    (folder / "house.yaml").write_text(HOUSE, "utf-8")
    shutil.copy("course/media/room.svg", folder / "logo.svg")
    (folder / "mappings").mkdir()
    (folder / "mappings" / "moodle.yaml").write_text(MAPPING, "utf-8")


def _reading() -> None:
    given = Path("given")
    write_lines(given / "first.ndjson", [statement(f"e-{n}", hotel="acme-1") for n in range(4)])
    done("import", "given/first.ndjson")
    more = [statement(f"e-{n}") for n in (3, 4)]
    lines = write_lines(given / "a.ndjson", more).read_bytes()
    (given / "a.json").write_bytes(b"[" + lines.strip().replace(b"\n", b",\n") + b"]")
    (given / "a.json.gz").write_bytes(gzip.compress(lines))
    (given / "a.ndjson.zst").write_bytes(zstd.compress(lines))
    (given / "folder").mkdir()
    shutil.copy(given / "a.ndjson", given / "folder" / "a.ndjson")
    write_sheet(
        given / "return-sheet.xlsx",
        headcounts=[("acme-1", 40, "J. Jansen", datetime.date(2026, 11, 2))],
        codes=[("acme-1", code("e-4"))],
    )
    for name, text in {
        "moodle.csv": MOODLE,
        "attendance.csv": ATTENDANCE,
        "people.csv": PEOPLE,
        "hotels.csv": HOTELS,
        "ids.txt": "e-3\n",
    }.items():
        (given / name).write_text(text, "utf-8")
    book = openpyxl.Workbook()
    for row in PEOPLE.splitlines():
        book.worksheets[0].append(row.split(","))
    book.save(given / "people.xlsx")
    Path("headcounts.csv").write_text(
        "hotel,headcount,declared_by,declared_on\nacme-2,40,J. Jansen,2026-11-02\n", "utf-8"
    )
    Path("hotel-events.csv").write_text(
        "hotel,on,event,value,until,noted_by\nacme-2,2026-11-01,renamed,Acme Zwei,,J.\n", "utf-8"
    )
    done("hotel", "codes", "acme-2", "--count", "2", "--address", "noroom.example/x",
         "--out", "given/codes.pdf")  # fmt: skip
    done("store", "export", "given/parquet")


def _certificates() -> None:
    announce(Path())
    done("certify", "--without-materials")
    done("register", "sent", "2026-0001", "--by", "post")
    Path("given/key.pem").write_text(pem(), "utf-8")
    [pdf] = Path("certificates").glob("*/certificate-*.pdf")
    shutil.copy(pdf, "given/certificate.pdf")
    page = pypdfium2.PdfDocument(pdf.read_bytes())[0]
    page.render(scale=3).to_pil().save("given/certificate.png")
    entry = Path("certificates/register.jsonl").read_text("utf-8")
    Path("given/code.txt").write_text(entry.partition('"code":"')[2].partition('"')[0], "utf-8")
    done("register", "publish", "--out", "given/public")


def _packages() -> None:
    for version in ("12", "20"):
        done("translate", "export", "course", "--language", "uk", "--format", f"xliff{version}",
             "--out", f"given/uk-{version}.xlf")  # fmt: skip
    Path("given/package.zip").write_bytes(good("scorm12"))
    done(
        "build",
        "course",
        "--out",
        "given/old",
        "--language",
        "en",
        "--standard",
        "scorm12",
        "--allow-draft",
        "--chain",
        "acme",
    )
    [old] = Path("given/old").rglob("*.zip")
    old.rename("given/old.zip")
    shutil.rmtree("given/old")
