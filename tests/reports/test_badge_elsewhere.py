"""The Open Badge in a programme that is not ours: openbadgeslib reads it, and refuses forgeries."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from tests.reports.invented import COUNTED, programme, report
from tests.reports.signing import signer
from xapi_lrs_reports.certificates.issue import issue_certificates
from xapi_lrs_reports.certificates.jws import base64url, compact_json, parse, sign

TODAY = datetime.datetime.now(datetime.UTC).date()
DAY = datetime.timedelta(days=1)


def verifier(seed: int = 1) -> OB3Verifier:
    """Give the other programme, with our public key as PEM."""
    public = signer(seed).private.public_key()
    return OB3Verifier(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def token(folder: Path, day: datetime.date = TODAY - DAY, more: str = "") -> str:
    """Give the badge of a certificate that was issued on a day."""
    home = programme(folder, more)
    (one,) = issue_certificates(home, report(COUNTED), today=day, hotel=None)
    return (one.path.parent / "open-badge.jwt").read_text(encoding="utf-8")


@pytest.mark.parametrize("months", ["24", "null"])
def test_it_reads_what_the_badge_says(tmp_path: Path, months: str) -> None:
    text = token(tmp_path, more=f"rule: {{validity_months: {months}}}\n")
    found = verifier().verify(text)
    badge = json.loads(next(tmp_path.rglob("open-badge.json")).read_text(encoding="utf-8"))
    assert found.issuer.id == "https://id.noroom.example"
    assert found.issuer.name == "Foundation Awake"
    assert found.recipient_id == "https://id.noroom.example/hotel/acme-0042"
    assert found.achievement.name == "Hotels Awake"
    assert (
        found.achievement.criteria_narrative
        == (badge["credentialSubject"]["achievement"]["criteria"]["narrative"])
    )
    assert found.issuance_date == datetime.datetime.fromisoformat(badge["validFrom"])
    assert (found.expiration_date is None) == (months == "null")


def test_it_refuses_what_was_changed_or_signed_by_another(tmp_path: Path) -> None:
    text = token(tmp_path)
    head, body, signature = text.split(".")
    payload = dict(parse(text).payload)
    changed = base64url(compact_json({**payload, "name": "Other"}).encode())
    for forged in (
        f"{head}.{changed}.{signature}",
        f"{head}.{body}.{signature[:-8]}AAAAAAAA",
        sign(signer(2).private, parse(text).header, payload),
    ):
        with pytest.raises(OB3VerificationError, match="Invalid signature"):
            verifier().verify(forged)
    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        verifier(2).verify(text)


def test_it_refuses_what_has_ended_and_what_has_not_begun(tmp_path: Path) -> None:
    """Signed by our own key: the dates of the badge are what stops it."""
    more = "rule: {validity_months: 12}\n"
    over, early = TODAY - 800 * DAY, TODAY + 30 * DAY
    for day, said in ((over, "expired"), (early, "not yet valid")):
        folder = tmp_path / said.replace(" ", "-")
        folder.mkdir()
        with pytest.raises(OB3VerificationError, match=said):
            verifier().verify(token(folder, day, more))


def test_it_refuses_the_code_of_a_certificate_in_place_of_its_badge(tmp_path: Path) -> None:
    token(tmp_path)
    line = (tmp_path / "certificates" / "register.jsonl").read_text(encoding="utf-8")
    with pytest.raises(OB3VerificationError, match="not an OpenBadgeCredential"):
        verifier().verify(json.loads(line)["code"])
