"""The course with a page of every kind as a web site for a chain, and what it asks at the start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from programme.personal_codes import hotel_code, printed
from scorm_builder.package.build_packages import BuildRequest, build_packages
from tests.lms.host import PROJECT
from tests.lms.learner import LearnerSession

COURSE = PROJECT / "tests" / "courses" / "every_kind"
IRI = "https://id.noroom.example"
HOTELS = {"zon": "Hotel De Zon", "harbour": "Harbour Inn"}
PERSONAL = "GAF-QCZ-253"


def build_site(folder: Path, course: Path = COURSE, languages: Sequence[str] = ()) -> Path:
    """Build one web package with all `languages`, by default those of the course."""
    programme = write_chain(folder / "programme")
    request = BuildRequest(
        course, folder / "out", ["web"], list(languages), ["acme"], programme,
        allow_draft=True, languages_in="one",
    )  # fmt: skip
    packages, _ = build_packages(request)
    return Path(packages[0].path)


def write_chain(programme: Path, hotels: int = 2) -> Path:
    """Write a programme with a chain of `hotels` hotels; nobody listens at its LRS."""
    chain = programme / "chains" / "acme"
    chain.mkdir(parents=True)
    (programme / "programme.yaml").write_text(f"name: Test\niri: {IRI}\n", "utf-8")
    (chain / "chain.yaml").write_text(
        'name: Acme\nlrs: { endpoint: "http://127.0.0.1:9/xapi/", key: "key:secret" }\n', "utf-8"
    )
    named = {**HOTELS, **{f"more-{n}": f"Hôtel Été {n}" for n in range(hotels - len(HOTELS))}}
    rows = [f"{one},{name},acme,5" for one, name in named.items()]
    (programme / "hotels.csv").write_text(
        "\n".join(["hotel,name,chain,headcount", *rows]) + "\n", "utf-8"
    )
    return programme


def entry_screens(session: LearnerSession, language: str) -> Iterator[str]:
    """Come to the site, and stop at each screen before the course; ends on its first page."""
    page = session.page
    page.goto(session.url)
    page.wait_for_selector(".app h1")
    if page.locator("[data-language]").count():
        yield "language"
        page.locator(f'[data-language="{language}"]').click()
        page.wait_for_selector("#code-hotel")
    yield "codes"
    page.fill("#code-hotel", printed(hotel_code(f"{IRI}/hotel/zon")))
    page.fill("#code-personal", PERSONAL[:-1] + "9")
    page.locator(".entry-form .primary").click()
    yield "codes-mistyped"
    page.locator(".entry-actions .quiet").click()
    yield "codes-without"
    page.locator(".entry-actions .primary").click()
    page.fill("#code-hotel", printed(hotel_code(f"{IRI}/hotel/zon")))
    page.fill("#code-personal", PERSONAL)
    page.locator(".entry-form .primary").click()
    page.wait_for_selector(".place-button")
    session.wait_until_shown()
