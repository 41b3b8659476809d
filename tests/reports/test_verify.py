"""Verifying a certificate, and every way to forge one that we could think of."""

from __future__ import annotations

import dataclasses
import datetime
import json
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from programme.problems import InputError
from tests.reports.invented import AS_OF, COUNTED, hotel, programme, report
from tests.reports.signing import announce, signer
from xapi_lrs_reports.certificates.events import lapse, revoke
from xapi_lrs_reports.certificates.facts import LONGEST_CODE, Facts, read_facts, signed_code
from xapi_lrs_reports.certificates.issue import issue_certificates
from xapi_lrs_reports.certificates.jws import base64url, compact_json, from_base64url, sign
from xapi_lrs_reports.certificates.publish import publish
from xapi_lrs_reports.certificates.read_code import Shown, read_shown
from xapi_lrs_reports.certificates.register import read_register, register_path
from xapi_lrs_reports.certificates.render import Certificate, open_printer
from xapi_lrs_reports.certificates.standing import known_from_entries, known_from_file
from xapi_lrs_reports.certificates.verify import Verdict, verify

FACTS = Facts(
    number="2026-0007",
    hotel="acme-0042",
    name="Acme Lindengracht",
    issued_on=AS_OF,
    valid_until=datetime.date(2028, 11, 21),
    operator="ge",
    threshold=60,
    rule_version="01234567",
    percent=67,
    course_versions=("1.0.0",),
)
CERTIFICATE = Certificate(
    number=FACTS.number,
    hotel_name=FACTS.name,
    programme="Hotels Awake",
    issuer="Foundation Awake",
    language="nl",
    issued_on=AS_OF,
    valid_until=FACTS.valid_until,
    threshold=60,
    operator="ge",
    rule_version=FACTS.rule_version,
    percent=67,
    page="https://awake.example/check/",
)
CODE = signed_code(FACTS, signer(), "https://awake.example/check/")
PAGES = (None, "https://a.example/", f"https://a.example/{'b' * 100}/")
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=240)


def verdict(code: str, **shown: object) -> Verdict:
    found = dataclasses.replace(Shown("given", attached=code), **shown)  # type: ignore[arg-type]
    return verify(found, signer().keys, None, AS_OF)


def refused(code: str, **shown: object) -> str:
    with pytest.raises(InputError) as error:
        verdict(code, **shown)
    (problem,) = error.value.problems
    return problem.code


def forged(
    payload: dict[str, object] | None = None, header: dict[str, object] | None = None
) -> str:
    """Change the signed facts or header, and keep the signature."""
    head, body, signature = CODE.partition("#")[2].split(".")
    parts = [
        {**json.loads(from_base64url(head)), **(header or {})},
        {**json.loads(from_base64url(body)), **(payload or {})},
    ]
    return ".".join([*(base64url(compact_json(part).encode()) for part in parts), signature])


def test_a_genuine_code_gives_its_facts_back() -> None:
    found = verdict(CODE)
    assert (found.facts, found.standing, found.register_asked) == (FACTS, "valid", False)
    after = verify(Shown("x", CODE), signer().keys, None, datetime.date(2028, 11, 22))
    assert after.standing == "expired"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Another Hotel"},
        {"hotel": "acme-0001"},
        {"to": "2038-11-21"},
        {"to": None},
        {"no": "2026-0008"},
        {"pct": 100},
        {"rule": "ge90 01234567"},
    ],
)
def test_no_fact_can_be_changed(change: dict[str, object]) -> None:
    assert refused(forged(change)) == "verify-signature"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"alg": "none"}, "verify-form"),
        ({"alg": "HS256"}, "verify-form"),
        ({"crit": ["exp"]}, "verify-form"),
        ({"typ": "JWT"}, "verify-form"),
        ({"kid": "someone-else"}, "verify-other-key"),
        ({"kid": 7}, "verify-other-key"),
    ],
)
def test_no_header_talks_the_signature_away(header: dict[str, object], code: str) -> None:
    assert refused(forged(header=header)) == code


def test_another_key_is_refused_even_under_our_keys_name() -> None:
    stranger = dataclasses.replace(signer(2), kid=signer().kid)
    assert refused(signed_code(FACTS, signer(2), None)) == "verify-other-key"
    assert refused(signed_code(FACTS, stranger, None)) == "verify-signature"


def test_a_signature_for_another_purpose_is_no_certificate() -> None:
    payload = json.loads(from_base64url(CODE.partition("#")[2].split(".")[1]))
    assert refused(sign(signer().private, {"kid": signer().kid, "typ": "JWT"}, payload)) == (
        "verify-form"
    )


@pytest.mark.parametrize("text", ["ey", "ey..", "ey.ey.ey", "a.b", "ey" * 20_000, "ey.é.x"])
def test_nonsense_is_no_code(text: str) -> None:
    assert refused(text) == "verify-form"


@given(st.integers(min_value=0), st.characters(codec="ascii"))
def test_no_single_letter_of_a_code_can_be_another(place: int, letter: str) -> None:
    token = CODE.partition("#")[2]
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if "".join(changed.split()).rpartition("#")[2] != token:
        refused(changed)


@given(TEXTS, st.booleans(), st.sampled_from(PAGES))
@settings(max_examples=60)
def test_every_code_fits_and_comes_back(name: str, has_end: bool, page: str | None) -> None:
    assume(name.strip())  # hotels.csv takes no other
    facts = dataclasses.replace(
        FACTS, name=name, hotel="h" * 64, valid_until=FACTS.valid_until if has_end else None
    )
    code = signed_code(facts, signer(), page)
    assert len(code) <= LONGEST_CODE
    _, found = read_facts(code)
    kept = found.name.removesuffix("…").rstrip()
    assert name.startswith(kept) and kept
    assert dataclasses.replace(found, name=name) == facts


def test_small_and_telling_groups_are_met_and_no_more(tmp_path: Path) -> None:
    home = programme(tmp_path)
    found = report(hotel("Seven", 7, 9), hotel("All", 40, 40))
    for one in issue_certificates(home, found, today=AS_OF, hotel=None):
        facts = read_facts(read_shown(str(one.path)).attached or "")[1]
        assert facts.percent is None
    lines = register_path(home).read_text(encoding="utf-8")
    assert '"completed":' not in lines.replace('"counts_as_completion"', "")
    assert '"headcount":' not in lines


@pytest.fixture(scope="module")
def pdf() -> bytes:
    with open_printer() as printer:
        return printer.pdf(dataclasses.replace(CERTIFICATE, code=CODE))


def test_pdf_picture_and_text_verify_alike(pdf: bytes, tmp_path: Path) -> None:
    paper, picture, text = (tmp_path / name for name in ("c.pdf", "c.png", "c.txt"))
    paper.write_bytes(pdf)
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=150 / 72).to_pil().save(picture)
    document.close()
    text.write_text(f"{CODE[:90]}\n{CODE[90:]}\n", encoding="utf-8")
    for given_ in (paper, picture, text, CODE):
        found = verify(read_shown(str(given_)), signer().keys, None, AS_OF)
        assert found.facts == FACTS
    assert read_shown(str(paper)).printed == (CODE,)


@pytest.mark.parametrize(
    "page",
    [
        {"hotel_name": "Another Hotel"},
        {"number": "2026-0008"},
    ],
)
def test_a_genuine_code_on_another_paper_is_found_out(page: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "forged.pdf"
    with open_printer() as printer:
        path.write_bytes(printer.pdf(dataclasses.replace(CERTIFICATE, code=CODE, **page)))  # type: ignore[arg-type]
    with pytest.raises(InputError) as error:
        verify(read_shown(str(path)), signer().keys, None, AS_OF)
    assert [problem.code for problem in error.value.problems] == ["verify-other-paper"]


def test_two_codes_in_one_pdf_are_refused() -> None:
    other = signed_code(dataclasses.replace(FACTS, number="2026-0009"), signer(), None)
    assert refused(CODE, printed=(other,)) == "verify-two-codes"
    assert verdict(CODE, printed=(CODE.partition("#")[2],)).standing == "valid"


@pytest.mark.parametrize("name", ["فندق النجمة الذهبية", "Отель «Звезда»", "Hôtel L'Étoile " * 9])
def test_names_of_any_script_are_found_on_their_page(name: str, tmp_path: Path) -> None:
    facts = dataclasses.replace(FACTS, name=" ".join(name.split()))
    code = signed_code(facts, signer(), CERTIFICATE.page)
    path = tmp_path / "c.pdf"
    with open_printer() as printer:
        path.write_bytes(
            printer.pdf(dataclasses.replace(CERTIFICATE, hotel_name=facts.name, code=code))
        )
    assert verify(read_shown(str(path)), signer().keys, None, AS_OF).facts == facts


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 broken", "verify-pdf"),
        (b"\x89PNG broken" + b"\xff" * 99, "verify-format"),
        (b"just words", "verify-no-code"),
        (b"", "verify-no-code"),
    ],
)
def test_files_that_are_no_certificate_are_named(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "given"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        read_shown(str(path))
    assert [problem.code for problem in error.value.problems] == [code]


def test_nothing_that_a_stranger_wrote_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def runs(*_: object, **__: object) -> None:
        raise AssertionError("Ghostscript was started")

    monkeypatch.setattr("PIL.EpsImagePlugin.Ghostscript", runs)
    path = tmp_path / "certificate.png"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nquit\n")
    path.write_bytes(path.read_bytes() + b"\xff" * 20)
    with pytest.raises(InputError, match="verify-format"):
        read_shown(str(path))


def test_a_broken_scan_is_refused_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    Image.new("RGB", (30, 30)).save(path)
    bits_per_sample = b"\x02\x01\x03\x00"
    path.write_bytes(
        path.read_bytes().replace(bits_per_sample + b"\x03\x00", bits_per_sample + b"\xff\xff")
    )
    with pytest.raises(InputError, match="verify-"):
        read_shown(str(path))


def test_text_that_the_shell_of_windows_wrote_is_read(tmp_path: Path) -> None:
    path = tmp_path / "code.txt"
    path.write_text(CODE + "\r\n", "utf-16")
    assert read_shown(str(path)).codes


def test_neither_file_nor_code_is_said() -> None:
    with pytest.raises(InputError) as error:
        read_shown("nowhere.pdf\0")
    assert [problem.code for problem in error.value.problems] == ["verify-input"]


def test_the_register_knows_what_became_of_it(tmp_path: Path) -> None:
    home = programme(tmp_path)
    found = report(COUNTED, hotel("Acme Poort", 6, 10))
    first, second = issue_certificates(home, found, today=AS_OF, hotel=None)
    revoke(home, first.number, "no reason", AS_OF)
    lapse(home, second.number, "closed", AS_OF)
    known = known_from_entries(read_register(register_path(home)), AS_OF)
    keys = signer().keys
    verdicts = [verify(read_shown(str(one.path)), keys, known, AS_OF) for one in (first, second)]
    assert [(one.standing, one.register_asked) for one in verdicts] == [
        ("revoked", True), ("ended", True),
    ]  # fmt: skip
    assert verify(read_shown(str(first.path)), keys, {}, AS_OF).standing == "unknown"


def test_a_second_certificate_under_a_used_number_is_found_out(tmp_path: Path) -> None:
    """Whoever has the key and the office's register still cannot use a number twice."""
    home = programme(tmp_path)
    (one,) = issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    known = known_from_entries(read_register(register_path(home)), AS_OF)
    replayed = signed_code(dataclasses.replace(FACTS, number=one.number), signer(), None)
    with pytest.raises(InputError) as error:
        verify(Shown("x", replayed), signer().keys, known, AS_OF)
    assert [problem.code for problem in error.value.problems] == ["verify-number"]


def test_what_a_revoked_key_signed_holds_only_by_the_register(tmp_path: Path) -> None:
    home = programme(tmp_path)
    (one,) = issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    key = dataclasses.replace(signer().public, revoked_on=AS_OF)
    keys = {key.kid: key}
    announce(tmp_path, keys)
    known = known_from_entries(read_register(register_path(home)), AS_OF)
    shown = read_shown(str(one.path))
    assert verify(shown, keys, known, AS_OF).standing == "valid"
    assert verify(shown, keys, None, AS_OF).standing == "unknown"
    stolen = signed_code(dataclasses.replace(FACTS, number="2026-0099"), signer(), None)
    assert verify(Shown("x", stolen), keys, known, AS_OF).standing == "unknown"


def test_a_number_of_the_published_register_makes_no_stolen_key_good(tmp_path: Path) -> None:
    """register.json keeps no codes: whoever has a key may sign a number of it for anybody."""
    home, out = programme(tmp_path), tmp_path / "public"
    (one,) = issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    publish(home, out, AS_OF, with_register=True)
    known = known_from_file(out / "register.json", signer().keys)
    shown = read_shown(str(one.path))
    assert verify(shown, signer().keys, known, AS_OF).standing == "valid"
    key = dataclasses.replace(signer().public, revoked_on=AS_OF)
    assert verify(shown, {key.kid: key}, known, AS_OF).standing == "unknown"
    for taken in ({"hotel": "acme-0666"}, {"issued_on": AS_OF - datetime.timedelta(days=1)}):
        facts = dataclasses.replace(FACTS, number=one.number, **taken)
        with pytest.raises(InputError) as error:
            verify(Shown("x", signed_code(facts, signer(), None)), signer().keys, known, AS_OF)
        assert [problem.code for problem in error.value.problems] == ["verify-number"]
