"""programme.yaml and chains/<id>/chain.yaml as models; shape only, no I/O."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from programme.contracts import Contract, Staff
from programme.languages import LanguageStatus
from programme.lms_options import LmsOptions
from programme.validate import Strict
from programme.words import Date, Fits, Word, without_login

ID_FORM = Fits(
    "[a-z0-9][a-z0-9-]{0,63}",
    "Write small letters, digits and hyphens, at most 64, such as acme-hotels.",
)
Id = Annotated[str, AfterValidator(ID_FORM)]
Iri = Annotated[
    str,
    AfterValidator(
        Fits(
            r"https?://[^\s/\"<>?#]+(/[^\s/\"<>?#]+)*",
            "Write an address without a slash at its end, such as https://id.example.org.",
        )
    ),
]
Endpoint = Annotated[
    str,
    AfterValidator(without_login),
    AfterValidator(
        Fits(
            r"https?://[^\s\"<>?#]+/",
            "Write an address with a slash at its end, such as https://lrs.example.org/xAPI/.",
        )
    ),
]
VerificationPage = Annotated[
    str,
    Field(max_length=120),
    AfterValidator(
        Fits(
            r"https://[^\s\"<>?#]+/",
            "Write an https address with a slash at its end, such as https://example.org/check/.",
        )
    ),
]
LanguageTag = Annotated[
    str,
    AfterValidator(
        Fits("[a-z]{2,3}(-[A-Z]{2})?", "Write a language tag in small letters, nl or pt-BR.")
    ),
]
Country = Annotated[
    str, AfterValidator(Fits("[A-Z]{2}", "Write the two letters of ISO 3166, such as NL."))
]
Percent = Annotated[int, Field(ge=0, le=100)]
ProfileId = Annotated[
    str,
    AfterValidator(
        Fits("[a-z][a-z0-9-]{0,39}", "Write the id of a profile of the course, such as student.")
    ),
]
Version = Annotated[str, AfterValidator(Fits(r"[0-9]+\.[0-9]+\.[0-9]+", "Write it as 1.0.0."))]


class Account(Strict):
    """An xAPI account (xAPI 1.0.3 Data, section 2.4.2.4)."""

    homePage: Word
    name: Word


class Authority(Strict):
    """Who may have written a statement: the agent that an LRS stamps as its `authority`.

    `lms` says that it is an LMS's own credential, so that its statements may be LMS-recorded.
    """

    mbox: (
        Annotated[str, AfterValidator(Fits("mailto:.+@.+", "Write mailto: and the address."))]
        | None
    ) = None
    account: Account | None = None
    chain: Id | None = None
    may_void: bool = False
    lms: bool = False

    @field_validator("account")
    @classmethod
    def _one_identifier(cls, account: Account | None, info: object) -> Account | None:
        given = getattr(info, "data", {}).get("mbox")
        if account and given:
            raise ValueError("an authority has both mbox and account | Keep one of the two.")
        return account


class OAuth(Strict):
    """Where an LRS's tokens are given out: OAuth 2 client credentials (RFC 6749, 4.4)."""

    token_url: Annotated[
        str,
        AfterValidator(without_login),
        AfterValidator(
            Fits(
                r"(https://|http://(localhost|127\.0\.0\.1)[:/])[^\s\"<>#]+",
                "Write an https address, such as https://login.example.org/token.",
            )
        ),
    ]
    scope: Word | None = None


class Lrs(Strict):
    """One LRS to read from. User and password come from NOROOM_LRS_<ID>_USER and …_PASSWORD.

    With `oauth`, client id and secret come from NOROOM_LRS_<ID>_CLIENT_ID and …_CLIENT_SECRET.
    """

    id: Id
    endpoint: Endpoint
    oauth: OAuth | None = None
    resume: Literal["stored", "everything"] = "stored"


class AcceptedCourse(Strict):
    """A course whose completion counts; `tested: false` if it has no check to pass."""

    course: Id
    tested: bool = True


class Tier(Strict):
    """A level above the threshold, such as 95 % under the name "whole team"."""

    name: Word
    threshold: Percent


class Rule(Strict):
    """The certification rule. Defaults are assumptions until a programme confirms them."""

    threshold: Percent = 60
    operator: Literal["ge", "gt"] = "ge"
    accepted_courses: Annotated[list[AcceptedCourse], Field(min_length=1)] = [
        AcceptedCourse(course="no-room")
    ]
    counts_as_completion: Literal["passed_or_untested", "completed", "passed"] = (
        "passed_or_untested"
    )
    min_evidence: Literal["any", "code", "self_asserted", "lms_recorded"] = "any"
    attendance_lists: bool = False
    content_min_version: Version | None = None
    unit: Literal["headcount", "fte"] = "headcount"
    headcount_source: Literal[
        "roster_else_declared", "roster", "declared", "max_of", "lms_enrolled"
    ] = "roster_else_declared"
    base_period: Literal["date", "average"] = "date"
    include: list[Staff] = ["permanent", "fixed", "part_time", "zero_hours", "trainee",
                               "owner_manager"]  # fmt: skip
    report_beside: Annotated[list[Contract], Field(validate_default=True)] = [
        "agency", "outsourced_cleaning", "on_leave", "student", "municipal"
    ]  # fmt: skip
    profiles_counting: list[ProfileId] = []
    min_tenure_days: Annotated[int, Field(ge=0, le=365)] = 0
    leavers: Literal["remove", "keep"] = "remove"
    multi_property: Literal["each", "home", "share"] = "each"
    completion_window_months: Annotated[int, Field(ge=1, le=120)] | None = 24
    min_headcount: Annotated[int, Field(ge=1)] = 3
    housekeeping_floor: Percent | None = 40
    housekeeping_required: bool = False
    management_floor: Percent | None = None
    tiers: list[Tier] = []
    award_mode: Literal["on_reach", "at_review"] = "on_reach"
    validity_months: Annotated[int, Field(ge=1, le=120)] | None = 24
    grace_days: Annotated[int, Field(ge=0, le=730)] = 90
    maintain_threshold: Percent | None = 50
    maintain_days: Annotated[int, Field(ge=0, le=730)] = 90
    revocation: Literal["auto", "manual", "never"] = "manual"

    @field_validator("report_beside")
    @classmethod
    def _not_included(cls, beside: list[Contract], info: ValidationInfo) -> list[Contract]:
        """Leave out who is in the base: nobody is counted and shown beside it."""
        return [kind for kind in beside if kind not in info.data.get("include", ())]

    @field_validator("tiers")
    @classmethod
    def _rising(cls, tiers: list[Tier]) -> list[Tier]:
        marks = [tier.threshold for tier in tiers]
        if len({tier.name for tier in tiers}) < len(tiers) or marks != sorted(set(marks)):
            raise ValueError("the tiers do not rise, or share a name | List them from low to high.")
        return tiers


class CompletionCodes(Strict):
    """Which completion codes are believed without a look; the others go to review."""

    since: Date | None = None
    versions: list[Version] = []


class Retention(Strict):
    """How long data on people are kept, in months; what is not given, the jurisdiction says."""

    jurisdiction: Word = "EU"
    after_leaving: Annotated[int, Field(ge=0, le=240)] | None = None
    after_validity: Annotated[int, Field(ge=0, le=240)] | None = None


class Programme(Strict):
    """programme.yaml."""

    name: Word
    iri: Iri
    country: Country = "NL"
    language: LanguageTag = "nl"
    time_zone: Word = "Europe/Amsterdam"
    issuer: Word | None = None
    signatory: Annotated[Word, Field(max_length=80)] | None = None
    contact: Word | None = None
    verification_page: VerificationPage | None = None
    lrs: list[Lrs] = []
    authorities: list[Authority] = []
    rule: Rule = Rule()
    completion_codes: CompletionCodes = CompletionCodes()
    retention: Retention = Retention()


class ChainLrs(Strict):
    """Where a chain's packages send statements. `key` is publishable: it can only append."""

    endpoint: Endpoint
    key: Annotated[
        Word,
        AfterValidator(
            Fits(r"[^:\s]+:\S+", "Write user:password as the LRS gave them, without spaces.")
        ),
    ]


Colour = Annotated[
    str, AfterValidator(Fits("#[0-9a-fA-F]{6}", 'Write it in quotes, such as "#0e5a61".'))
]
FileName = Annotated[
    Word,
    AfterValidator(
        Fits(
            r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*",
            "Write the name of a file in the chain's folder, such as logo.svg.",
        )
    ),
]


class Colours(Strict):
    """The chain's colour on light and on dark screens; the dark one is derived if left out."""

    accent: Colour
    accent_dark: Colour | None = None


class PropertyContact(Strict):
    """Whom an employee can call about the hotel itself; first in the list of help."""

    name: Annotated[dict[LanguageTag, Word], Field(min_length=1)]
    number: Annotated[Word, Field(max_length=60)]
    dial: Annotated[
        str,
        AfterValidator(
            Fits(
                r"tel:[+]?[0-9*#-]+|https://[^\s<>\"]+",
                "Write what a phone dials, such as tel:+31800123.",
            )
        ),
    ]


NAME_CHARACTERS = 80
"""Of a chain's name, which stands on the first and the last screen."""
LanguagesIn = Literal["each", "one", "both"]
"""A package for each language, one package in which the learner chooses, or both."""


class ExtraPages(Strict):
    """A block of the chain's own, put in after a block that allows it.

    One file per language; a language without one is translated in locale/<language>.po.
    """

    after: Word
    files: Annotated[dict[LanguageTag, FileName], Field(min_length=1)]


class Chain(Strict):
    """chains/<id>/chain.yaml: what a chain's packages say and where they report."""

    name: Annotated[Word, Field(max_length=NAME_CHARACTERS)]
    manager_title: dict[LanguageTag, Word] = {}
    second_contact: dict[LanguageTag, Word] = {}
    pseudonym_salt: Word | None = None
    lrs: ChainLrs | None = None
    one_hotel: Id | None = None
    hotel_picker: bool | None = None
    logo: FileName | None = None
    colours: Colours | None = None
    property_contact: PropertyContact | None = None
    country: Country | None = None
    preset: Word | None = None
    options: LmsOptions = LmsOptions()
    standards: list[Word] = []
    languages: list[LanguageTag] = []
    languages_in: LanguagesIn = "each"
    profiles: list[ProfileId] = []
    extra_pages: list[ExtraPages] = []
    page_languages: dict[LanguageTag, LanguageStatus] = {}
