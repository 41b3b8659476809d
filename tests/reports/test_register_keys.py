"""Keys of the register: rotated, revoked, and used by one command at a time."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from tests.reports.invented import AS_OF, COUNTED, hotel, programme, report
from tests.reports.signing import announce, append, pem, signer
from tests.reports.test_register import codes
from xapi_lrs_reports.certificates.audit import audit
from xapi_lrs_reports.certificates.issue import issue_certificates
from xapi_lrs_reports.certificates.keys import programme_keys
from xapi_lrs_reports.certificates.register import register_path
from xapi_lrs_reports.certificates.revoke_key import revoke_key
from xapi_lrs_reports.certificates.signing_key import find_signer, make_key
from xapi_lrs_reports.certificates.writing import open_register

DAY = datetime.timedelta(days=1)


def test_keys_rotate_and_old_certificates_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    monkeypatch.delenv("NOROOM_SIGNING_KEY")
    new, path = make_key(home, AS_OF, None)
    assert path.stat().st_mode & 0o777 == 0o600
    assert not path.is_relative_to(tmp_path / "certificates")
    assert find_signer(home).kid == new.kid
    found = report(COUNTED, hotel("Acme Poort", 6, 10))
    issue_certificates(home, found, today=AS_OF, hotel=None)
    assert audit(home).certificates == 2
    touched = revoke_key(home, signer().kid, "A laptop was stolen.", AS_OF)
    assert [entry.number for entry in touched] == ["2026-0001"]
    assert audit(home).certificates == 2, "the newer key vouches for what stood before"
    assert [key.state for key in programme_keys(home).values()] == ["revoked", "active"]
    append(register_path(home), {"event": "sent", "number": "2026-0001", "sent_on": "2026-11-21",
                                 "by": "post"}, signer())  # fmt: skip
    assert codes(lambda: audit(home)) == {"register-signature"}
    assert codes(lambda: revoke_key(home, new.kid, "x", AS_OF)) == {"key-state"}
    assert codes(lambda: revoke_key(home, "unknown", "x", AS_OF)) == {"key-state"}


def test_a_revoked_key_names_what_holds_also_what_it_signed_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, later = programme(tmp_path, "rule: {validity_months: 12}\n"), AS_OF + 400 * DAY
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    issue_certificates(home, report(hotel("Acme Poort", 6, 10)), today=later, hotel=None)
    monkeypatch.delenv("NOROOM_SIGNING_KEY")
    make_key(home, later, None)
    touched = revoke_key(home, signer().kid, "It was seen elsewhere.", later - 10 * DAY)
    assert [entry.number for entry in touched] == ["2027-0001"], "2026-0001 has expired"


def test_keys_are_made_and_revoked_by_one_command_at_a_time(tmp_path: Path) -> None:
    """Each writes keys.json from what it read: of two at once, one key would be gone from it."""
    home = programme(tmp_path)
    make_key(home, AS_OF, tmp_path.parent / f"{tmp_path.name}-1.pem")
    out = tmp_path.parent / f"{tmp_path.name}-2.pem"
    with open_register(home, "issuing certificates"):
        assert codes(lambda: make_key(home, AS_OF, out)) == {"certify-busy"}
        assert codes(lambda: revoke_key(home, signer().kid, "x", AS_OF)) == {"certify-busy"}
    assert not out.exists()


def test_a_revoked_key_without_its_line_vouches_for_nothing(tmp_path: Path) -> None:
    home = programme(tmp_path)
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    key = dataclasses.replace(signer().public, revoked_on=AS_OF)
    announce(tmp_path, {key.kid: key})
    assert codes(lambda: audit(home)) == {"register-signature"}


def test_keys_that_cannot_sign_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = programme(tmp_path)
    monkeypatch.setenv("NOROOM_SIGNING_KEY", pem(2))
    assert codes(lambda: find_signer(home)) == {"signing-key-other"}
    monkeypatch.setenv("NOROOM_SIGNING_KEY", "a password")
    assert codes(lambda: find_signer(home)) == {"signing-key-form"}
    monkeypatch.delenv("NOROOM_SIGNING_KEY")
    assert codes(lambda: find_signer(home)) == {"signing-key-missing"}
    monkeypatch.setenv("NOROOM_SIGNING_KEY_FILE", str(tmp_path / "gone.pem"))
    assert codes(lambda: find_signer(home)) == {"signing-key-unreadable"}
    inside = tmp_path / "certificates" / "key.pem"
    assert codes(lambda: make_key(home, AS_OF, inside)) == {"signing-key-place"}
    there = tmp_path.parent / f"{tmp_path.name}.pem"
    there.write_text("mine", encoding="utf-8")
    assert codes(lambda: make_key(home, AS_OF, there)) == {"signing-key-write"}
    assert there.read_text(encoding="utf-8") == "mine"
