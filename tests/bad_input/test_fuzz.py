"""Good files with a few bytes changed, cut out, doubled or put in: each parser reads or refuses."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from programme.problems import InputError
from programme.public_register import read_public_register
from programme.yaml_source import read_yaml
from scorm_builder.course.po_file import parse_po, parse_units
from scorm_builder.inspect.inspect_package import inspect_package
from scorm_builder.media.pictures import wrong_picture
from scorm_builder.media.web_vtt import read_captions
from scorm_builder.translate.read_xml import read_xml
from tests.bad_input.home import COURSES, HOTELS, MOODLE, PEOPLE
from tests.builder.packages import good
from tests.reports.programme_files import statement
from tests.reports.return_sheets import write_sheet
from tests.reports.signing import append, signer
from xapi_lrs_reports.certificates.chain import read_chain
from xapi_lrs_reports.certificates.head import read_head, signed_head
from xapi_lrs_reports.certificates.keys import keys_text, read_keys
from xapi_lrs_reports.certificates.read_code import read_shown
from xapi_lrs_reports.certificates.register import entries_of
from xapi_lrs_reports.hotel_register.events import read_events
from xapi_lrs_reports.hotel_register.headcounts import read_headcounts
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels
from xapi_lrs_reports.lms_export.table import read_table
from xapi_lrs_reports.people.forgotten import read_forgotten
from xapi_lrs_reports.people.hotel_codes.register import read_issued
from xapi_lrs_reports.people.roster import read_roster
from xapi_lrs_reports.return_sheet.read_sheet import read_return_sheet
from xapi_lrs_reports.sources.files import read_file

Edit = tuple[str, float, bytes]
KNOWN = {name: Hotel(name, "A", "acme", None, "nl", None) for name in ("acme-1", "acme-2")}
DAY = datetime.date(2026, 11, 21)
NASTY = [
    b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"'", b"\n", b"\r", b";", b",", b"\t", b": ", b"- ",
    b"{",
    b"}", b"[", b"]", b"<", b">", b"&a;", b"<!DOCTYPE x>", b"null", b"-1", b"1e999", b"9" * 400,
    b"\\ud800", "\u202e\u2028\u0660".encode(), b"0000-00-00", b"2026-02-30", b"=1+1", b"%s",
]  # fmt: skip


def register(folder: Path) -> bytes:
    path = folder / "register.jsonl"
    line = {"event": "issued", "number": "1", "hotel": "a", "issued_on": "2026-01-01"}
    append(path, {**line, "valid_until": None}, signer())
    return path.read_bytes()


def sheet(folder: Path) -> bytes:
    rows = [("acme-1", 40, "J.", DAY)]
    return write_sheet(folder / "a.xlsx", headcounts=rows, codes=[("acme-1", "x")]).read_bytes()


def text(content: str) -> Callable[[Path], bytes]:
    return lambda folder: content.encode()


def course(name: str) -> Callable[[Path], bytes]:
    return lambda folder: (COURSES / "every_kind" / name).read_bytes()


PUBLIC = {"format": 1, "programme": "P", "updated_on": "2026-11-21", "certificates": []}
FORGOTTEN = {"format": 1, "key": "0" * 64, "until": {"0" * 32: "2026-11-01T10:00:00.000"}}
PARSERS: dict[str, tuple[Callable[[Path], bytes], Callable[[Path], object]]] = {
    "a.yaml": (course("blocks/0-look.yaml"), read_yaml),
    "a.po": (course("locale/uk.po"), lambda file: (parse_po(file), parse_units(file))),
    "a.vtt": (course("media/en/shift.vtt"), lambda file: read_captions(file.read_text("latin-1"))),
    "a.svg": (course("media/room.svg"), wrong_picture),
    "a.xlf": (text('<xliff version="1.2"><file><body/></file></xliff>'), read_xml),
    "a.zip": (lambda folder: good("scorm12"), inspect_package),
    "hotels.csv": (text(HOTELS), lambda file: read_hotels(file, ["acme"], "nl")),
    "roster.csv": (text(PEOPLE), lambda file: read_roster(file, KNOWN, {"acme": "acme"})),
    "headcounts.csv": (
        text("hotel,headcount,declared_by,declared_on\nacme-1,40,J.,2026-11-02\n"),
        lambda file: read_headcounts(file, KNOWN),
    ),
    "hotel-events.csv": (
        text("hotel,on,event,value,until,noted_by\nacme-1,2026-11-01,renamed,X,,J.\n"),
        lambda file: read_events(file, KNOWN),
    ),
    "codes.csv": (
        text(f"hotel,learner,issued_on\nacme-1,acme/{'a' * 32},2026-11-01\n"),
        lambda file: read_issued(file.parent, KNOWN),
    ),
    "export.csv": (text(MOODLE), lambda file: read_table(file, "export.csv")),
    "a.xlsx": (sheet, lambda file: read_return_sheet(file, "a.xlsx", KNOWN, DAY)),
    "a.json": (text(json.dumps([statement()])), lambda file: list(read_file(file, "a"))),
    "a.ndjson": (text(json.dumps(statement())), lambda file: list(read_file(file, "a"))),
    "keys.json": (text(keys_text(signer().keys)), read_keys),
    "register.head": (lambda folder: signed_head(b"", signer()).encode(), read_head),
    "register.jsonl": (register, lambda file: entries_of(file, read_chain(file).lines)),
    "register.json": (text(json.dumps(PUBLIC)), read_public_register),
    "forgotten.json": (text(json.dumps(FORGOTTEN)), read_forgotten),
    "code.txt": (text("ey.ey.x"), lambda file: read_shown(str(file))),
}  # fmt: skip

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "put", "swap", "double", "end"]),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(NASTY) | st.binary(min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=5,
)


def edited(raw: bytes, edits: list[Edit]) -> bytes:
    for what, where, piece in edits:
        at = int(where * (len(raw) + 1))
        if what == "cut":
            raw = raw[:at] + raw[at + 8 * len(piece) :]
        elif what == "put":
            raw = raw[:at] + piece + raw[at:]
        elif what == "swap":
            raw = raw[:at] + piece + raw[at + len(piece) :]
        elif what == "double":
            raw = raw[: at + 40] + raw[at:]
        else:
            raw = raw[:at]
    return raw


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
@example(edits=[("end", 0.0, b"x")])
def test_a_parser_reads_or_refuses_in_words(name: str, edits: list[Edit]) -> None:
    make, parse = PARSERS[name]
    with tempfile.TemporaryDirectory() as folder:
        raw = make(Path(folder))
        file = Path(folder) / name
        file.write_bytes(edited(raw, edits))
        try:
            parse(file)
        except InputError as error:
            assert all(one.what and one.fix for one in error.problems)
