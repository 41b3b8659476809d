"""The shape of a country's file, and of verified_contacts.yaml in a programme's directory."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from programme.settings import Country
from programme.validate import Strict
from programme.words import Date, Fits, Word

ContactId = Annotated[
    str,
    AfterValidator(
        Fits("[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*", "Write the country and a name, such as nl-police.")
    ),
]
Dial = Annotated[
    str,
    AfterValidator(
        Fits(
            r"(tel|sms):[+]?[0-9]+|mailto:[^\s@]+@[^\s@]+|https://[^\s<>\"]+",
            "Write what a phone opens, such as tel:112, sms:114 or https://example.org.",
        )
    ),
]
Kind = Literal[
    "emergency", "police", "anonymous", "victim_support", "victim_chat", "labour", "child"
]
Reader = Literal["staff", "manager"]
Confidence = Literal["A", "B", "C"]
"""A: an official page was read; B: a good page that is not the owner's, or old; C: hearsay."""


class CountryContact(Strict):
    """Whom to call. `name` is the owner's own, in the language of the country.

    `use` says on whose papers it may stand. `note` and `source` are for the programme.
    """

    id: ContactId
    kind: Kind
    name: Annotated[Word, Field(max_length=60)]
    number: Annotated[Word, Field(max_length=60)]
    dial: Dial
    use: Annotated[list[Reader], Field(min_length=1)]
    hours: Literal["always", "daily", "working_days"] | None = None
    free: bool = False
    note: Word | None = None
    source: Word
    looked_at: Date
    confidence: Confidence


class Route(Strict):
    """Where the route of referral was read; its words are in programme/papers/referral.yaml."""

    sources: Annotated[list[Word], Field(min_length=1)]
    looked_at: Date
    confidence: Confidence


class CountryFile(Strict):
    """One country: its contacts in the order in which papers show them, and its route."""

    country: Country
    contacts: Annotated[list[CountryContact], Field(min_length=1)]
    route: Route


class Verified(Strict):
    """What a programme says of one contact: who checked it and when, or that it is shown unchecked.

    `review_by` is the day until which that holds; without it, a year.
    """

    verified_on: Date | None = None
    verified_by: Word | None = None
    review_by: Date | None = None
    show_unverified: bool = False
