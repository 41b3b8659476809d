"""What goes with a certificate, and what everybody may see: register.json, badge, letters, kit."""

from __future__ import annotations

import contextlib
import datetime
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pypdfium2
import pytest
from click.testing import CliRunner, Result

import cli
from programme.directory import ProgrammeDirectory, read_programme
from programme.problems import InputError
from programme.public_register import read_public_register
from tests.reports.invented import AS_OF, COUNTED, hotel, programme, report
from tests.reports.signing import signer
from tests.reports.test_certificates import CERTIFICATE
from tests.reports.test_register import DAY, HOTELS, OLD
from xapi_lrs_reports.certificates.events import lapse, revoke
from xapi_lrs_reports.certificates.issue import Issued, issue_certificates
from xapi_lrs_reports.certificates.jws import from_base64url, parse
from xapi_lrs_reports.certificates.letter import Letter, letter_content
from xapi_lrs_reports.certificates.materials import FolderOfMaterials, Materials
from xapi_lrs_reports.certificates.publish import publish
from xapi_lrs_reports.certificates.register import register_path
from xapi_lrs_reports.certificates.reissue import reissue
from xapi_lrs_reports.certificates.standing import signature_problems

ROOT = Path(__file__).parent.parent.parent


def home_of(folder: Path, more: str = "") -> ProgrammeDirectory:
    """Make a programme with one chain, one hotel and its certificate of before signing."""
    programme(folder, more)
    (folder / "hotels.csv").write_text(HOTELS, encoding="utf-8")
    (folder / "chains" / "acme").mkdir(parents=True)
    (folder / "chains" / "acme" / "chain.yaml").write_text("name: Acme Chain\n", encoding="utf-8")
    return read_programme(folder)


def statuses(home: ProgrammeDirectory, out: Path, day: datetime.date) -> dict[str, tuple[str, str]]:
    """Publish, check against both schemas, and give status and last day by number."""
    publish(home, out, day, with_register=True)
    data = json.loads((out / "register.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "docs" / "register.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    found = read_public_register(out / "register.json").certificates
    return {one.number: (one.status, one.valid_until or "") for one in found}


def test_register_json_says_what_holds_and_not_why(tmp_path: Path) -> None:
    home = home_of(tmp_path, "rule: {validity_months: 12}\n")
    register_path(home).write_text(OLD, encoding="utf-8")
    found = report(*(hotel(f"Acme {name}", 7, 10) for name in "ABC"))
    issue_certificates(home, found, today=AS_OF, hotel=None)
    revoke(home, "acme-a", "secret reason", AS_OF + DAY)
    lapse(home, "acme-b", "secret reason", AS_OF + 2 * DAY)
    reissue(home, "2025-0001", AS_OF + 3 * DAY)
    out = tmp_path.parent / f"{tmp_path.name}-public"
    until = "2027-11-21"
    assert statuses(home, out, AS_OF + 4 * DAY) == {
        "2025-0001": ("expired", (AS_OF + 2 * DAY).isoformat()),
        "2026-0001": ("revoked", until),
        "2026-0002": ("expired", (AS_OF + DAY).isoformat()),
        "2026-0003": ("valid", until),
        "2026-0004": ("valid", until),
    }
    assert statuses(home, out, AS_OF)["2026-0001"] == ("valid", until)
    assert statuses(home, out, datetime.date(2027, 11, 22))["2026-0003"] == ("expired", until)
    everything = "".join(path.read_text(encoding="utf-8") for path in out.iterdir())
    assert "secret reason" not in everything
    assert "PRIVATE" not in everything


def test_a_register_that_was_changed_is_not_published(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    path = register_path(home)
    path.write_text(path.read_text(encoding="utf-8").replace("Acme", "Acne"), encoding="utf-8")
    with pytest.raises(InputError):
        publish(home, tmp_path / "public", AS_OF, with_register=True)
    assert not (tmp_path / "public").exists()


def test_the_site_takes_no_register_that_somebody_else_wrote(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    home, out = home_of(tmp_path / "home"), tmp_path / "public"
    issue_certificates(home, report(hotel("Acme A", 7, 10)), today=AS_OF, hotel=None)
    publish(home, out, AS_OF, with_register=True)
    register = out / "register.json"
    assert signature_problems(register, home) == []
    register.write_text(register.read_text("utf-8").replace("Acme A", "Acme B"), "utf-8")
    words = ("site", ROOT / "courses" / "no-room", "--out", tmp_path / "site", "--allow-draft")
    run = CliRunner().invoke(
        cli.main, [*map(str, words), "--register", str(register), "--programme", str(home.path)]
    )
    assert run.exit_code == 1 and "error[verify-register]" in run.stderr
    assert not (tmp_path / "site").exists()
    (out / "register.head").unlink()
    assert [one.code for one in signature_problems(register, home)] == ["register-unsigned"]


def test_without_keys_there_is_nothing_to_publish(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    (tmp_path / "certificates" / "keys.json").unlink()
    with pytest.raises(InputError) as error:
        publish(home, tmp_path / "public", AS_OF, with_register=True)
    assert [problem.code for problem in error.value.problems] == ["publish-keys"]


def issued(folder: Path, more: str = "", **options: Materials) -> Issued:
    home = home_of(folder, more)
    (one,) = issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None, **options)  # type: ignore[arg-type]
    return one


def test_the_badge_is_a_signed_credential_of_the_same_facts(tmp_path: Path) -> None:
    """Open Badges 3.0, section 8.2; `jwk` and the registered claims of RFC 7519."""
    kit = issued(tmp_path).path.parent
    badge = json.loads((kit / "open-badge.json").read_text(encoding="utf-8"))
    signed = parse((kit / "open-badge.jwt").read_text(encoding="utf-8"))
    assert signer().public.signed(signed)
    assert {key: signed.payload[key] for key in badge} == badge
    assert signed.header["typ"] == "JWT"
    jwk = signed.header["jwk"]
    assert isinstance(jwk, dict)
    assert from_base64url(jwk["x"]) == signer().public.raw
    assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["validFrom"] == "2026-11-21T00:00:00+01:00"
    assert badge["validUntil"] == "2028-11-21T23:59:59+01:00"
    assert signed.payload["exp"] == datetime.datetime.fromisoformat(badge["validUntil"]).timestamp()
    assert signed.payload["iss"] == badge["issuer"]["id"]
    assert signed.payload["sub"] == badge["credentialSubject"]["id"]
    achievement = badge["credentialSubject"]["achievement"]
    assert {"id", "type", "name", "description", "criteria"} <= set(achievement)
    assert "67" not in json.dumps(badge["credentialSubject"])


def words_of(path: Path) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())


def test_letters_speak_the_hotels_language_and_english(tmp_path: Path) -> None:
    posters = tmp_path.parent / f"{tmp_path.name}-posters"
    for name in ("nl/poster.pdf", "de/poster.pdf", "en/poster.pdf", "all.pdf"):
        (posters / name).parent.mkdir(parents=True, exist_ok=True)
        (posters / name).write_bytes(name.encode())
    page = "verification_page: https://awake.example/check/\n"
    kit = issued(tmp_path, page, materials=FolderOfMaterials(posters)).path.parent
    dutch, english = (words_of(kit / f"letter-{language}.pdf") for language in ("nl", "en"))
    assert "Certificaat 2026-0001 voor Acme Lindengracht" in dutch
    assert "Certificate 2026-0001 for Acme Lindengracht" in english
    assert "https://awake.example/check/" in english
    assert "posters and cards" in english
    files = {path.relative_to(kit).as_posix() for path in kit.rglob("*.pdf")}
    assert {"materials/nl/poster.pdf", "materials/en/poster.pdf", "materials/all.pdf"} <= files
    assert "materials/de/poster.pdf" not in files


def test_a_number_keeps_its_order_among_arabic_words() -> None:
    certificate = replace(CERTIFICATE, language="ar", page="https://hotels.example/check/")
    letter = Letter(certificate, AS_OF, "020 123 45 67", "2024-0007", materials=True)
    said = json.dumps(letter_content(letter, "ar"), ensure_ascii=False)
    for one in ("2026-0001", "2024-0007", "020 123 45 67"):
        assert said.count(one) == said.count(f"\u2068{one}\u2069") > 0
    assert "\u2068" not in json.dumps(letter_content(letter, "en"), ensure_ascii=False)


def test_a_letter_promises_only_what_is_in_the_kit(tmp_path: Path) -> None:
    kit = issued(tmp_path, "rule: {validity_months: null}\n").path.parent
    english = words_of(kit / "letter-en.pdf")
    assert "posters and cards for" not in english
    assert "no end date" in english


def run(home: ProgrammeDirectory, *arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli.main, [*arguments, "--programme", str(home.path)])
    assert done.exit_code == code, done.output
    return done


def test_the_office_works_from_the_command_line(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    (one,) = issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    day = AS_OF.isoformat()
    assert "not sent" in run(home, "register", "list", "--on", day).stdout
    run(home, "register", "sent", "acme-0042", "--by", "post", "--on", day)
    listed = json.loads(run(home, "register", "list", "--on", day, "--json").stdout)
    assert listed["certificates"][0]["sent"] == [{"on": day, "by": "post", "note": ""}]
    assert "every link and signature fits" in run(home, "register", "check").stdout
    said = run(home, "verify", str(one.path), "--on", day).stdout
    assert "Genuine, valid on 2026-11-21 (by signature and register)." in said
    run(home, "register", "revoke", "acme-0042", "--reason", "invented", "--on", day)
    refused = json.loads(run(home, "verify", str(one.path), "--on", day, "--json", code=1).stdout)
    assert (refused["genuine"], refused["standing"]) == (True, "revoked")
    assert "active" in run(home, "register", "keys", "list").stdout
    out = tmp_path.parent / f"{tmp_path.name}-site"
    assert "register.json" in run(home, "register", "publish", "--out", str(out)).stdout
    keys = ["--keys", str(out / "keys.json"), "--on", day]
    assert "by signature alone" in run(home, "verify", str(one.path), *keys).stdout
    register = ["--register", str(out / "register.json")]
    publish(home, out, AS_OF, with_register=True)
    run(home, "verify", str(one.path), *keys, *register, code=1)


def test_who_renames_or_closes_a_hotel_hears_of_its_certificate(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    given = ["--by", "J. Jansen", "--on", (AS_OF + DAY).isoformat()]
    said = run(home, "hotel", "rename", "acme-0042", "Acme Palace", *given).stderr
    assert "holds certificate 2026-0001: noroom register reissue acme-0042" in said
    again = run(home, "hotel", "rename", "acme-0042", COUNTED.name, *given).stderr
    assert "certificate" not in again
    season = [*given, "--until", (AS_OF + 90 * DAY).isoformat()]
    assert "certificate" not in run(home, "hotel", "close", "acme-0042", *season).stderr
    run(home, "hotel", "reopen", "acme-0042", *given)
    said = run(home, "hotel", "close", "acme-0042", *given).stderr
    assert "holds certificate 2026-0001: noroom register lapse acme-0042 --reason" in said


@pytest.mark.parametrize("end", ["revoke", "lapse"])
def test_who_ends_a_renewed_certificate_hears_of_the_older_one(end: str, tmp_path: Path) -> None:
    home = home_of(tmp_path, "rule: {validity_months: 12}\n")
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    later = datetime.date(2027, 10, 1)
    issue_certificates(home, report(COUNTED), today=later, hotel=None, renew_days=60)
    given = ["--reason", "x", "--on", later.isoformat()]
    said = run(home, "register", end, "2027-0001", *given)
    assert "2027-0001" in said.stdout and "2026-0001" not in said.stdout
    assert "2026-0001 of the same hotel still holds, valid until 2027-11-21" in said.stderr
    assert f"noroom register {end} 2026-0001 --reason" in said.stderr
    assert f"noroom register {end} acme-0042 --reason" in said.stderr
    assert "still holds" not in run(home, "register", end, "acme-0042", *given).stderr


def test_keys_are_made_and_revoked_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOROOM_SIGNING_KEY")
    home = home_of(tmp_path)
    (tmp_path / "certificates" / "keys.json").unlink()
    path = tmp_path.parent / f"{tmp_path.name}.pem"
    made = run(home, "register", "keys", "new", "--out", str(path))
    assert "PRIVATE" not in made.output
    monkeypatch.setenv("NOROOM_SIGNING_KEY_FILE", str(path))
    (old,) = issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    second = path.with_suffix(".second.pem")
    run(home, "register", "keys", "new", "--out", str(second))
    monkeypatch.setenv("NOROOM_SIGNING_KEY_FILE", str(second))
    kid = made.stdout.split()[0]
    said = run(home, "register", "keys", "revoke", kid, "--reason", "stolen").stdout
    assert old.number in said
    run(home, "register", "lapse", "acme-0042", "--reason", "closed")
    assert "ended" in run(home, "register", "list").stdout
    run(home, "register", "reissue", "acme-0042", code=1)
