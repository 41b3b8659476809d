"""The certificate as an Open Badge: an AchievementCredential of Open Badges 3.0, signed as VC-JWT.

Open Badges 3.0, section 8.2: the payload of the JWT is the credential itself, with `iss`, `jti`,
`nbf`, `sub` and `exp`; the header carries the public key as `jwk`. The subject is the hotel: a
place, not a person, so its name may stand there in the clear.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xapi_lrs_reports.certificates.jws import sign
from xapi_lrs_reports.certificates.texts import ENGLISH, read_texts

if TYPE_CHECKING:
    from programme.settings import Programme
    from xapi_lrs_reports.certificates.facts import Facts
    from xapi_lrs_reports.certificates.signing_key import Signer

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


def badge(facts: Facts, settings: Programme) -> dict[str, object]:
    """Give the credential as JSON; it is worth nothing without `signed_badge`."""
    zone = ZoneInfo(settings.time_zone)
    hotel = f"{settings.iri}/hotel/{facts.hotel}"
    texts = read_texts(ENGLISH)
    rule = texts.rule_words.format(
        threshold_words=texts.threshold_words(facts.operator, facts.threshold)
    )
    found: dict[str, object] = {
        "@context": CONTEXT,
        "id": f"{settings.iri}/certificate/{facts.number}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": settings.iri,
            "type": ["Profile"],
            "name": settings.issuer or settings.name,
        },
        "validFrom": _start(facts.issued_on, zone).isoformat(),
        "name": f"{settings.name}: {facts.number}",
        "credentialSubject": {
            "id": hotel,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": facts.name,
                    "identityType": "name",
                }
            ],
            "achievement": {
                "id": f"{settings.iri}/achievement/{facts.rule_version}",
                "type": ["Achievement"],
                "achievementType": "Certification",
                "name": settings.name,
                "description": texts.statement_threshold.format(
                    threshold_words=texts.threshold_words(facts.operator, facts.threshold)
                ),
                "criteria": {"narrative": f"{rule[:1].upper()}{rule[1:]}. {texts.limits}"},
            },
        },
    }
    if facts.valid_until is not None:
        found["validUntil"] = _end(facts.valid_until, zone).isoformat()
    return found


def signed_badge(facts: Facts, settings: Programme, signer: Signer) -> str:
    """Give the credential as a VC-JWT."""
    zone, credential = ZoneInfo(settings.time_zone), badge(facts, settings)
    claims: dict[str, object] = {
        "iss": settings.iri,
        "jti": credential["id"],
        "sub": f"{settings.iri}/hotel/{facts.hotel}",
        "nbf": int(_start(facts.issued_on, zone).timestamp()),
    }
    if facts.valid_until is not None:
        claims["exp"] = int(_end(facts.valid_until, zone).timestamp())
    jwk = {key: signer.public.as_jwk()[key] for key in ("kty", "crv", "x")}
    return sign(signer.private, {"typ": "JWT", "jwk": jwk}, {**credential, **claims})


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _end(day: date, zone: ZoneInfo) -> datetime:
    """Give the last second of a day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone) - timedelta(seconds=1)
