"""The signed head: lines that are gone at the end, an old head put back, and heads kept elsewhere.

Whoever can write in the programme's folder can cut the register and put back what lay beside it.
"""

from __future__ import annotations

import dataclasses
import errno
import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from programme.atomic import write_atomically
from programme.directory import ProgrammeDirectory
from tests.reports.invented import AS_OF, COUNTED, hotel, programme, report
from tests.reports.signing import announce, append, pem, signer
from tests.reports.test_register import codes, with_events
from xapi_lrs_reports.certificates import register_end
from xapi_lrs_reports.certificates.audit import audit
from xapi_lrs_reports.certificates.chain import PURPOSE, check_signatures, read_chain
from xapi_lrs_reports.certificates.events import record_sent, revoke
from xapi_lrs_reports.certificates.head import head_path, read_head, signed_head
from xapi_lrs_reports.certificates.issue import issue_certificates
from xapi_lrs_reports.certificates.jws import base64url, compact_json
from xapi_lrs_reports.certificates.keys import Keys, programme_keys, with_new_key
from xapi_lrs_reports.certificates.publish import publish
from xapi_lrs_reports.certificates.register import read_register, register_path
from xapi_lrs_reports.certificates.register_end import RegisterEnd
from xapi_lrs_reports.certificates.signing_key import Signer
from xapi_lrs_reports.certificates.standing import known_from_file

NEWER: Keys = with_new_key(signer().keys, dataclasses.replace(signer(2).public, since=AS_OF))


def old_head(content: bytes) -> str:
    """Give a head of before heads were signed."""
    return json.dumps({"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})


def old_line(path: Path, data: Mapping[str, object], key: Signer) -> None:
    """Add a line as it was written before heads were signed, with its head."""
    before = path.read_bytes() if path.exists() else b""
    linked = {**data, "prev": hashlib.sha256(before).hexdigest(), "kid": key.kid}
    text = compact_json(linked)
    signature = base64url(key.private.sign(PURPOSE + text.encode()))
    path.write_bytes(before + f'{text[:-1]},"sig":"{signature}"}}\n'.encode())
    head_path(path).write_text(old_head(path.read_bytes()), encoding="utf-8")


def refused(path: Path, keys: Keys | None = None) -> set[str]:
    return codes(lambda: check_signatures(read_chain(path), keys or signer().keys))


def cut(path: Path, lines: int, head: str | None) -> None:
    """Keep the first lines of a register, and put a head beside them."""
    kept = path.read_bytes().splitlines(keepends=True)[:lines]
    path.write_bytes(b"".join(kept))
    head_path(path).unlink()
    if head is not None:
        head_path(path).write_text(head, encoding="utf-8")


def test_lines_at_the_end_are_missed_whatever_is_done_to_the_head(tmp_path: Path) -> None:
    whole = with_events(tmp_path, ["one", "two", "three"]).read_bytes()
    path = tmp_path / "register.jsonl"
    true_head = head_path(path).read_text(encoding="utf-8")
    kept = b"".join(whole.splitlines(keepends=True)[:3])
    for head, said in (
        (true_head, "register-truncated"),
        (None, "register-head"),
        (old_head(kept), "register-head"),
        (signed_head(kept, signer(2)), "register-signature"),
        ("nonsense", "register-head"),
        ('{"bytes": -1}', "register-head"),
    ):
        path.write_bytes(whole)
        head_path(path).write_text(true_head, encoding="utf-8")
        cut(path, 3, head)
        assert refused(path) == {said}, head


def test_linking_a_changed_register_anew_needs_the_key(tmp_path: Path) -> None:
    path = with_events(tmp_path, ["one"])
    text = path.read_text(encoding="utf-8").replace('"hotel":"a"', '"hotel":"b"')
    first, second = text.splitlines(keepends=True)
    old = json.loads(second)["prev"]
    linked = first + second.replace(old, hashlib.sha256(first.encode()).hexdigest())
    path.write_text(linked, encoding="utf-8")
    head_path(path).write_text(signed_head(linked.encode(), signer(2)), encoding="utf-8")
    assert refused(path) == {"register-signature"}


def test_another_signature_of_the_programme_is_no_head(tmp_path: Path) -> None:
    home = programme(tmp_path)
    (issued,) = issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    path = register_path(home)
    (entry,) = read_register(path)
    for text in (entry.code, (issued.path.parent / "open-badge.jwt").read_text(encoding="utf-8")):
        head_path(path).write_text(text, encoding="utf-8")
        assert refused(path) == {"register-head"}


def test_a_crash_before_the_head_was_written_is_made_good(tmp_path: Path) -> None:
    """After the first line there is no head yet; later it stands for the line before."""
    path, sent = with_events(tmp_path, []), {"event": "sent", "number": "2026-0001", "by": "post"}
    head_path(path).unlink()
    for _ in range(3):
        check_signatures(read_chain(path), signer().keys)
        append(path, {**sent, "sent_on": "2026-01-02"}, signer())
        before = path.read_bytes().rstrip().rpartition(b"\n")[0] + b"\n"
        head_path(path).write_text(signed_head(before, signer()), encoding="utf-8")
    head = read_head(head_path(path))
    assert head is not None
    assert (head.lines, len(read_chain(path).lines)) == (3, 4)


def test_a_head_that_could_not_be_written_is_made_good_by_the_next_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the same process, too, which has the register read already."""
    path, sent = with_events(tmp_path, []), {"event": "sent", "number": "2026-0001", "by": "post"}
    end = RegisterEnd(read_chain(path))

    def only_registers(file: Path, data: bytes) -> None:
        if file == head_path(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        write_atomically(file, data)

    monkeypatch.setattr(register_end, "write_atomically", only_registers)
    with pytest.raises(OSError, match="No space"):
        end.add({**sent, "sent_on": "2026-01-02"}, signer())
    with pytest.raises(OSError, match="No space"):
        end.add({**sent, "sent_on": "2026-01-03"}, signer())
    check_signatures(read_chain(path), signer().keys)
    monkeypatch.setattr(register_end, "write_atomically", write_atomically)
    end.add({**sent, "sent_on": "2026-01-04"}, signer())
    assert len(read_chain(path).lines) == 3


def test_an_old_register_goes_on_and_gets_a_signed_head(tmp_path: Path) -> None:
    home = programme(tmp_path)
    path = register_path(home)
    issued = {"event": "issued", "number": "2026-0001", "hotel": "acme-0042",
              "issued_on": "2026-11-21", "valid_until": None}  # fmt: skip
    old_line(path, issued, signer())
    assert "is from before it was signed" in audit(home).notes[0]
    record_sent(home, ["2026-0001"], "post", "", AS_OF)
    assert not any("before it was signed" in note for note in audit(home).notes)
    assert [line.is_numbered for line in read_chain(path).lines] == [False, True]
    cut(path, 1, old_head(path.read_bytes().splitlines(keepends=True)[0]))
    assert "is from before it was signed" in audit(home).notes[0], "seen by a kept head alone"


def test_a_retired_key_signs_no_head_over_lines_of_its_successor(tmp_path: Path) -> None:
    path = with_events(tmp_path, ["one"])
    content = path.read_bytes()
    append(path, {"event": "sent", "number": "2026-0001", "sent_on": "2026-01-03", "by": "post"},
           Signer(signer(2).private, signer(2).kid, NEWER))  # fmt: skip
    check_signatures(read_chain(path), NEWER)
    head_path(path).write_text(signed_head(path.read_bytes(), signer()), encoding="utf-8")
    assert refused(path, NEWER) == {"register-signature"}
    head_path(path).write_text(signed_head(content, signer()), encoding="utf-8")
    check_signatures(read_chain(path), NEWER)


@pytest.mark.parametrize("revoking", [1, 2])
def test_a_revoked_key_signs_no_head_and_cannot_vouch_for_itself(
    tmp_path: Path, revoking: int
) -> None:
    """The line that revokes a key seals what stood before it only if a newer key signed it."""
    path = with_events(tmp_path, ["one"])
    gone = dataclasses.replace(NEWER[signer().kid], revoked_on=AS_OF)
    keys = {**NEWER, gone.kid: gone}
    assert refused(path, keys) == {"register-signature"}
    line = {"event": "key_revoked", "key": gone.kid, "revoked_on": AS_OF.isoformat(), "reason": ""}
    append(path, line, signer(revoking))
    if revoking == 1:
        assert refused(path, keys) == {"register-signature"}
        return
    check_signatures(read_chain(path), keys)
    head_path(path).write_text(signed_head(path.read_bytes(), signer()), encoding="utf-8")
    assert refused(path, keys) == {"register-signature"}


def two_states(folder: Path) -> tuple[ProgrammeDirectory, Path, Path]:
    """Give a programme with two certificates, and what it published before the second."""
    home, kept = programme(folder), folder.parent / f"{folder.name}-kept"
    issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None)
    publish(home, kept, AS_OF, with_register=True)
    return home, kept, register_path(home)


def test_a_kept_head_shows_a_register_that_was_put_back_whole(tmp_path: Path) -> None:
    home, kept, path = two_states(tmp_path)
    old = path.read_bytes(), head_path(path).read_bytes()
    found = report(COUNTED, hotel("Acme Poort", 6, 10))
    issue_certificates(home, found, today=AS_OF, hotel=None)
    assert audit(home, kept / "keys.json", kept / "register.head").certificates == 2
    newest = kept / "newest.head"
    newest.write_bytes(head_path(path).read_bytes())
    path.write_bytes(old[0])
    head_path(path).write_bytes(old[1])
    assert audit(home).certificates == 1, "in the folder alone it cannot be seen"
    assert codes(lambda: audit(home, None, newest)) == {"register-rewritten"}
    assert codes(lambda: audit(home, None, kept / "gone.head")) == {"file-unreadable"}


def test_an_auditor_s_own_keys_show_a_programme_that_was_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, kept, path = two_states(tmp_path)
    path.unlink()
    head_path(path).unlink()
    announce(tmp_path, signer(2).keys)
    monkeypatch.setenv("NOROOM_SIGNING_KEY", pem(2))
    issue_certificates(home, report(hotel("Other", 9, 10)), today=AS_OF, hotel=None)
    assert audit(home).certificates == 1
    assert codes(lambda: audit(home, kept / "keys.json")) == {"register-signature"}
    assert codes(lambda: audit(home, None, kept / "register.head")) == {"register-signature"}


def test_a_published_register_is_believed_with_its_own_head_alone(tmp_path: Path) -> None:
    home, public, _ = two_states(tmp_path)
    file, keys = public / "register.json", programme_keys(home)
    assert "nobody signed" not in known_from_file(file, keys)["2026-0001"].note
    valid = file.read_bytes()
    revoke(home, "2026-0001", "x", AS_OF)
    publish(home, public, AS_OF, with_register=True)
    assert known_from_file(file, keys)["2026-0001"].standing == "revoked"
    file.write_bytes(valid)
    assert codes(lambda: known_from_file(file, keys)) == {"verify-register"}
    publish(home, public, AS_OF, with_register=True)
    assert codes(lambda: known_from_file(file, signer(2).keys)) == {"verify-register"}
    gone = {kid: dataclasses.replace(key, revoked_on=AS_OF) for kid, key in keys.items()}
    assert codes(lambda: known_from_file(file, gone)) == {"verify-register"}
    (public / "register.head").unlink()
    assert "nobody signed" in known_from_file(file, keys)["2026-0001"].note


def test_only_who_has_the_key_publishes_a_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, public, _ = two_states(tmp_path)
    monkeypatch.delenv("NOROOM_SIGNING_KEY")
    before = (public / "register.json").stat().st_mtime_ns
    publishing = functools.partial(publish, home, public, AS_OF, with_register=True)
    assert codes(publishing) == {"signing-key-missing"}
    assert (public / "register.json").stat().st_mtime_ns == before
    publish(home, public, AS_OF, with_register=False)
