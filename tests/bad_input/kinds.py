"""The kinds of file that a person hands to noroom: where each lies, and what reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bad_input.in_content import ANY, CSV, JSON, TEXT, XML, YAML, Change
from tests.bad_input.on_disk import ON_DISK


@dataclass(frozen=True)
class Kind:
    """One kind of file. `contents` are the faults of content that it is tried with.

    `may_be_absent`: without it the command does something else, which is right. `is_spare`: it
    only saves time, so that the command does without one that it cannot read. `is_signed`: its
    bytes are, so that nothing about it is harmless. `without`: faults that are none here.
    """

    name: str
    file: str
    command: tuple[str, ...]
    contents: Mapping[str, Change]
    may_be_absent: bool = False
    is_spare: bool = False
    is_signed: bool = False
    without: tuple[str, ...] = ()

    @property
    def may_change(self) -> set[str]:
        """Give what changes even with an error: what was put aside is kept in the store."""
        return {"store/noroom.duckdb"} if self.name.startswith("Statements") else set()

    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def faults(self) -> dict[str, Callable[[Path], None]]:
        """Give every fault as a change of a file."""
        contents = {name: _rewritten(change) for name, change in self.contents.items()}
        every = {**ON_DISK, **contents}
        return {name: fault for name, fault in every.items() if name not in self.without}


def _rewritten(change: Change) -> Callable[[Path], None]:
    def rewrite(file: Path) -> None:
        file.write_bytes(change(file.read_bytes()))

    return rewrite


_TEXT = {**ANY, **TEXT}
_CUT = ("last bytes gone",)
"""Of a signature, where chance decides whether what is left is one that is wrong, or none."""
_ANY_SIZE = ("6 GB",)
"""Of what is read piece by piece, however large it is."""
_CSV, _YAML, _XML, _JSON = ({**_TEXT, **more} for more in (CSV, YAML, XML, JSON))
_FEW = {
    name: _TEXT[name]
    for name in ("empty", "a picture", "a web page (sign in)", "first half only", "last bytes gone",
                 "BOM", "Windows line ends", "UTF-16 with BOM", "Latin-1 letter at its end")
}  # fmt: skip
"""For a second file that the same reader reads."""
_OTHER_YAML = {**_FEW, "unknown key": YAML["unknown key"], "a list": YAML["a list"]}
_OTHER_CSV = {
    **_FEW,
    **{
        name: CSV[name]
        for name in ("header only", "semicolons", "first column gone", "row twice",
                     "dates as 21-11-26", "formula", "blanks around the id",
                     "zero-width space in the id", "Cyrillic letter in the id")
    },
}  # fmt: skip
_CHECK = ("check", "course", "--allow-draft", "--chain", "acme")
_REPORT = ("report", "--as-of", "2026-11-21")
_HOTELS = ("hotel", "list", "--as-of", "2026-11-21")
_BUILD = ("build", "course", "--out", "out", "--allow-draft", "--language", "en",
          "--standard", "scorm12", "--chain", "acme")  # fmt: skip
_XLIFF = ("translate", "import", "course")
_EXPORT = ("import", "given/moodle.csv", "--chain", "acme", "--mapping", "moodle")
_LIST = ("import", "given/attendance.csv", "--preset", "attendance", "--chain", "acme",
         "--course", "no-room")  # fmt: skip
_PEOPLE = ("--chain", "acme", "--on", "2026-11-21")
_SITE = ("site", "site-course", "--out", "out", "--allow-draft", "--language", "en",
         "--register", "given/public/register.json")  # fmt: skip
_VERIFY = ("verify", "given/certificate.pdf", "--keys", "given/public/keys.json",
           "--register", "given/public/register.json")  # fmt: skip

_COURSE = [
    Kind("Course", "course/course.yaml", _CHECK, _YAML),
    Kind("Block of a course", "course/blocks/0-look.yaml", _CHECK, _OTHER_YAML),
    Kind("Questions", "course/questions.yaml", _CHECK, _OTHER_YAML),
    Kind("Signals", "course/signals.yaml", _CHECK, _OTHER_YAML),
    Kind("Sources", "course/sources.md", _CHECK, _TEXT),
    Kind("Translation", "course/locale/uk.po", _CHECK, _TEXT),
    Kind("Glossary", "course/locale/glossary.csv", _CHECK, _CSV, may_be_absent=True),
    Kind("Picture", "course/media/room.svg", _CHECK, {**_TEXT, **XML}),
    Kind("Recording", "course/media/en/card.mp3", _CHECK, ANY, may_be_absent=True),
    Kind("Film", "course/media/shift.mp4", _CHECK, ANY),
    Kind("Captions", "course/media/en/shift.vtt", _CHECK, _TEXT),
    Kind("Chain's pages", "chains/acme/house.yaml", _CHECK, _OTHER_YAML),
    Kind("Logo", "chains/acme/logo.svg", _BUILD, {**_TEXT, **XML}),
    Kind("Chain of packages", "chains/acme/chain.yaml", _BUILD, _OTHER_YAML),
    Kind(
        "Contacts that were dialled",
        "verified_contacts.yaml",
        _BUILD,
        _OTHER_YAML,
        may_be_absent=True,
    ),
    Kind("Hotels of packages", "hotels.csv", _BUILD, _OTHER_CSV, may_be_absent=True),
    Kind("XLIFF 1.2", "given/uk-12.xlf", (*_XLIFF, "given/uk-12.xlf"), _XML),
    Kind("XLIFF 2.0", "given/uk-20.xlf", (*_XLIFF, "given/uk-20.xlf"), _XML),
    Kind("Package", "given/package.zip", ("inspect", "given/package.zip"), ANY),
    Kind("Earlier package", "given/old.zip", (*_BUILD, "--against", "given/old.zip"), ANY),
    Kind("Site", "site-course/site/site.yaml", _SITE, _OTHER_YAML),
    Kind("Stories of the site", "site-course/site/stories.yaml", _SITE, _OTHER_YAML),
    Kind("Public register of the site", "given/public/register.json", _SITE, _JSON, is_signed=True),
]
_READING = [
    Kind("Programme", "programme.yaml", _HOTELS, _YAML),
    Kind("Chain", "chains/acme/chain.yaml", _HOTELS, _OTHER_YAML),
    Kind("Hotels", "hotels.csv", _HOTELS, _CSV),
    Kind("Roster", "roster.csv", ("roster", "aliases"), _OTHER_CSV, may_be_absent=True),
    Kind("Headcounts", "headcounts.csv", _HOTELS, _OTHER_CSV, may_be_absent=True),
    Kind("What happened to hotels", "hotel-events.csv", _HOTELS, _OTHER_CSV, may_be_absent=True),
    Kind("Personal codes", "codes.csv", _REPORT, _OTHER_CSV, may_be_absent=True),
    Kind("Fact store", "store/noroom.duckdb", _REPORT, ANY, may_be_absent=True, without=_ANY_SIZE),
    Kind("Kept roster", "store/roster.kept", _REPORT, ANY, is_spare=True),
    Kind("Kept settings", "store/settings.kept", _REPORT, ANY, is_spare=True),
    Kind(
        "Statements, one per line",
        "given/a.ndjson",
        ("import", "given/a.ndjson"),
        _JSON,
        without=_ANY_SIZE,
    ),
    Kind(
        "Statements in a list", "given/a.json", ("import", "given/a.json"), _JSON, without=_ANY_SIZE
    ),
    Kind(
        "Statements, gzip", "given/a.json.gz", ("import", "given/a.json.gz"), ANY, without=_ANY_SIZE
    ),
    Kind(
        "Statements, zstd",
        "given/a.ndjson.zst",
        ("import", "given/a.ndjson.zst"),
        ANY,
        without=_ANY_SIZE,
    ),
    Kind(
        "Statements in a folder",
        "given/folder/a.ndjson",
        ("import", "given/folder"),
        ANY,
        may_be_absent=True,
        without=_ANY_SIZE,
    ),
    Kind("Return sheet", "given/return-sheet.xlsx", ("import", "given/return-sheet.xlsx"), ANY),
    Kind("Export of an LMS", "given/moodle.csv", _EXPORT, _CSV),
    Kind("Mapping of an export", "chains/acme/mappings/moodle.yaml", _EXPORT, _YAML),
    Kind("Attendance list", "given/attendance.csv", _LIST, _OTHER_CSV),
    Kind(
        "New roster, CSV",
        "given/people.csv",
        ("roster", "import", "given/people.csv", *_PEOPLE),
        _CSV,
    ),
    Kind(
        "New roster, XLSX",
        "given/people.xlsx",
        ("roster", "import", "given/people.xlsx", *_PEOPLE),
        ANY,
    ),
    Kind(
        "Roster for HR's view",
        "given/people.csv",
        ("report", "--view", "hr", "--chain", "acme", "--roster", "given/people.csv"),
        _CSV,
    ),
    Kind(
        "New hotels",
        "given/hotels.csv",
        ("hotel", "import", "given/hotels.csv", "--by", "J. Jansen", "--on", "2026-11-21"),
        _CSV,
    ),
    Kind(
        "Ids to forget",
        "given/ids.txt",
        ("forget", "--chain", "acme", "--from", "given/ids.txt", "--yes"),
        _TEXT,
    ),
    Kind(
        "Parquet: its list",
        "given/parquet/noroom-store.json",
        ("store", "import", "given/parquet"),
        _JSON,
    ),
    Kind(
        "Parquet: facts", "given/parquet/facts.parquet", ("store", "import", "given/parquet"), ANY
    ),
    Kind(
        "Parquet to forget in",
        "given/parquet/facts.parquet",
        (
            "forget",
            "--chain",
            "acme",
            "--from",
            "given/ids.txt",
            "--parquet",
            "given/parquet",
            "--yes",
        ),
        ANY,
    ),
]
_CERTIFICATES = [
    Kind(
        "Register",
        "certificates/register.jsonl",
        ("register", "list"),
        _JSON,
        may_be_absent=True,
        is_signed=True,
    ),
    Kind(
        "Register, to add to",
        "certificates/register.jsonl",
        ("register", "sent", "2026-0001", "--by", "post"),
        _JSON,
        is_signed=True,
    ),
    Kind(
        "Head of the register",
        "certificates/register.head",
        ("register", "check"),
        _TEXT,
        is_signed=True,
        without=_CUT,
    ),
    Kind("Public keys", "certificates/keys.json", ("register", "check"), _JSON),
    Kind(
        "Folder of certificates",
        "certificates",
        ("register", "list"),
        {},
        may_be_absent=True,
        without=("a folder of that name", "6 GB"),
    ),
    Kind(
        "Signing key",
        "given/key.pem",
        ("register", "sent", "2026-0001", "--by", "post"),
        _TEXT,
        environment={"NOROOM_SIGNING_KEY": "", "NOROOM_SIGNING_KEY_FILE": "given/key.pem"},
    ),
    Kind("Certificate, PDF", "given/certificate.pdf", _VERIFY, ANY),
    Kind(
        "Certificate, picture",
        "given/certificate.png",
        ("verify", "given/certificate.png", "--keys", "given/public/keys.json"),
        ANY,
    ),
    Kind(
        "Certificate, text",
        "given/code.txt",
        ("verify", "given/code.txt", "--keys", "given/public/keys.json"),
        _TEXT,
        without=_CUT,
    ),
    Kind("Keys to verify with", "given/public/keys.json", _VERIFY, _JSON),
    Kind("Register to verify with", "given/public/register.json", _VERIFY, _JSON, is_signed=True),
    Kind(
        "Head to verify with",
        "given/public/register.head",
        _VERIFY,
        _TEXT,
        is_signed=True,
        may_be_absent=True,
        without=_CUT,
    ),
]
KINDS = [*_COURSE, *_READING, *_CERTIFICATES]
QUICK = {"Hotels", "Signing key", "Head of the register"}
"""Tried with every run of the tests: the quick ones."""
