"""What a certificate says, signed: the text of its QR code (docs/contracts.md, section 12)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xapi_lrs_reports.certificates.jws import CERTIFICATE_TYPE, Signed, parse, sign

if TYPE_CHECKING:
    from xapi_lrs_reports.certificates.signing_key import Signer

LONGEST_CODE = 620
"""Characters of a QR code that a phone still reads from 45 mm at error correction level M."""

_VERSIONS = 6
_RULE = re.compile(r"(ge|gt)([0-9]{1,3}) ([0-9a-f]{8})")
_NUMBER = re.compile(r"[0-9]{4}-[0-9]{4,}")


@dataclass(frozen=True)
class Facts:
    """What is signed. `percent` None: the threshold is met, and no number may be told.

    `name` ends in an ellipsis where it did not fit the code; `course_versions` are the newest six.
    """

    number: str
    hotel: str
    name: str
    issued_on: date
    valid_until: date | None
    operator: str
    threshold: int
    rule_version: str
    percent: int | None
    course_versions: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Give the facts in words, for `--json`."""
        return {
            "number": self.number,
            "hotel": self.hotel,
            "name": self.name,
            "issued_on": self.issued_on.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "operator": self.operator,
            "threshold": self.threshold,
            "rule_version": self.rule_version,
            "percent": self.percent,
            "course_versions": list(self.course_versions),
        }


def signed_code(facts: Facts, signer: Signer, page: str | None) -> str:
    """Give the text of the QR code: the address of the verification page, `#`, the signed facts.

    The name is shortened until all fits; the address is left away where even that is too little.
    What follows `#` is never sent to whoever hosts the page.
    """
    prefix = f"{page}#" if page else ""
    header = {"kid": signer.kid, "typ": CERTIFICATE_TYPE}
    for start in (prefix, "") if prefix else ("",):
        for length in range(len(facts.name), 7, -1):
            code = start + sign(signer.private, header, _payload(facts, length))
            if len(code) <= LONGEST_CODE:
                return code
    return sign(signer.private, header, _payload(facts, 7))


def read_facts(text: str) -> tuple[Signed, Facts]:
    """Take the text of a code apart, with or without the address before it.

    Raises ValueError if it is no certificate's code. Believe the facts once the signature is
    checked, and not before.
    """
    token = "".join(text.split()).rpartition("#")[2]
    try:
        signed = parse(token)
        if signed.header.get("typ") != CERTIFICATE_TYPE:
            raise ValueError("it was signed for something else")
        return signed, _facts(signed.payload)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"it lacks {error}") from None


def _payload(facts: Facts, length: int) -> dict[str, object]:
    name = facts.name if length >= len(facts.name) else f"{facts.name[: length - 1].rstrip()}…"
    found: dict[str, object] = {
        "no": facts.number,
        "hotel": facts.hotel,
        "name": name,
        "from": facts.issued_on.isoformat(),
        "to": facts.valid_until.isoformat() if facts.valid_until else None,
        "rule": f"{facts.operator}{facts.threshold} {facts.rule_version}",
        "course": list(facts.course_versions[-_VERSIONS:]),
    }
    return found if facts.percent is None else {**found, "pct": facts.percent}


def _facts(payload: Mapping[str, object]) -> Facts:
    rule = _RULE.fullmatch(_text(payload["rule"]))
    number, percent, course = _text(payload["no"]), payload.get("pct"), payload["course"]
    until = payload["to"]
    if rule is None or not _NUMBER.fullmatch(number) or not isinstance(course, list):
        raise ValueError("its rule, number or course versions are none")
    if not (percent is None or (type(percent) is int and 0 <= percent <= 100)):
        raise ValueError("its percentage is none")
    return Facts(
        number=number,
        hotel=_text(payload["hotel"]),
        name=_text(payload["name"]),
        issued_on=date.fromisoformat(_text(payload["from"])),
        valid_until=None if until is None else date.fromisoformat(_text(until)),
        operator=rule[1],
        threshold=int(rule[2]),
        rule_version=rule[3],
        percent=percent,
        course_versions=tuple(_text(version) for version in course),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text")
    return value
