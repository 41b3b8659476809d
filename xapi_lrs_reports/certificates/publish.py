"""The verification page and the public register: a folder that anybody can host as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from programme.atomic import write_atomically
from programme.directory import ProgrammeDirectory
from programme.files import is_there
from programme.look import TOKENS
from programme.papers.words import paper_language, paper_languages, paper_words
from programme.problems import InputError, Problem
from programme.public_register import PublicCertificate, PublicRegister
from programme.text_direction import text_direction
from xapi_lrs_reports.certificates.chain import check_signatures, read_chain
from xapi_lrs_reports.certificates.head import HEAD_FILE, published_head
from xapi_lrs_reports.certificates.keys import Keys, keys_text, programme_keys
from xapi_lrs_reports.certificates.register import Entry, entries_of, register_path
from xapi_lrs_reports.certificates.signing_key import find_signer
from xapi_lrs_reports.certificates.standing import standing_of
from xapi_lrs_reports.hotel_register.hotels import Hotel, read_hotels

PAPER = "verification_page"
PAGE_TEMPLATE = "verification_page.html.jinja"
PAGE_FILES = (
    "certificate_code.js",
    "ed25519.js",
    "jws.js",
    "published_register.js",
    "verification_page.css",
    "verification_page.js",
)
REGISTER_FILE = "register.json"
_UNKNOWN_CHAIN = "unknown"


def publish(
    programme: ProgrammeDirectory, out: Path, day: date, *, with_register: bool
) -> list[Path]:
    """Write the page in every language, keys.json and, if wanted, register.json; gives the files.

    register.head, beside register.json, is signed: so the private key is needed for a register.
    Raises InputError if there is no key, if the register is not what noroom wrote, or if the folder
    cannot be written.
    """
    keys, path = programme_keys(programme), register_path(programme)
    if not keys:
        what = "there are no keys yet, so nobody could verify anything"
        fix = "Make one: noroom register keys new."
        raise InputError([Problem(str(out), 0, 0, "publish-keys", what, fix)])
    chain = read_chain(path)
    check_signatures(chain, keys)
    files = {**_pages(programme, keys, has_register=with_register), "keys.json": keys_text(keys)}
    if with_register:
        register = public_register(programme, entries_of(path, chain.lines), day)
        text = json.dumps(register.model_dump(mode="json"), ensure_ascii=False, indent=1)
        files[REGISTER_FILE] = text
        files[HEAD_FILE] = published_head(chain.content, text.encode(), day, find_signer(programme))
    return _write(out, files)


def public_register(
    programme: ProgrammeDirectory, entries: list[Entry], day: date
) -> PublicRegister:
    """Give what everybody may know on a day (docs/contracts.md, section 11); nothing of people."""
    settings = programme.settings
    path = programme.path / "hotels.csv"
    hotels = read_hotels(path, programme.chains, settings.language)[0] if is_there(path) else {}
    return PublicRegister(
        format=1,
        programme=settings.name,
        updated_on=day.isoformat(),
        certificates=[
            _public(programme, entry, hotels.get(entry.hotel), day)
            for entry in sorted(entries, key=lambda one: one.number)
            if entry.issued_on <= day
        ],
    )


def _public(
    programme: ProgrammeDirectory, entry: Entry, hotel: Hotel | None, day: date
) -> PublicCertificate:
    chain = str(entry.facts.get("chain") or (hotel.chain if hotel else _UNKNOWN_CHAIN))
    known = programme.chains.get(chain)
    until = _last_day(entry, day)
    is_over = until is not None and day > until
    revoked = standing_of(entry, day)[0] == "revoked"
    return PublicCertificate(
        number=entry.number,
        hotel=entry.hotel,
        name=entry.name,
        chain=chain,
        chain_name=str(entry.facts.get("chain_name") or (known.name if known else chain)),
        valid_from=entry.issued_on.isoformat(),
        valid_until=until.isoformat() if until else None,
        status="revoked" if revoked else "expired" if is_over else "valid",
    )


def _last_day(entry: Entry, day: date) -> date | None:
    """Give the last day on which a certificate holds: one that ended early, or was replaced, too.

    So nobody reads from the register why it ended.
    """
    ends = [entry.valid_until, entry.lapsed_on and entry.lapsed_on - timedelta(days=1)]
    if entry.replaced_on is not None:
        ends.append(entry.replaced_on - timedelta(days=1))
    known = [end for end in ends if end is not None and (end == entry.valid_until or end < day)]
    return max(entry.issued_on, min(known)) if known else None


def _pages(programme: ProgrammeDirectory, keys: Keys, *, has_register: bool) -> Mapping[str, str]:
    """Give the page in every language that has all its words, by file name; index.html is one."""
    main = paper_language(PAPER, programme.settings.language)
    tags = sorted(paper_languages(PAPER), key=lambda tag: (tag != main, tag))
    files = {tag: "index.html" if tag == main else f"{tag}.html" for tag in tags}
    folder = resources.files(__package__).joinpath("page")
    static = {name: folder.joinpath(name).read_text("utf-8") for name in PAGE_FILES}
    static[TOKENS.name] = TOKENS.read_text("utf-8")
    pages = {
        files[tag]: _page(programme.settings.name, tag, files, keys, has_register=has_register)
        for tag in tags
    }
    return {**static, **pages}


def _page(
    programme: str, language: str, files: Mapping[str, str], keys: Keys, *, has_register: bool
) -> str:
    from babel import Locale
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    words = paper_words(PAPER, language)
    data = {
        "lang": language,
        "words": words,
        "keys": [key.as_jwk() for key in keys.values()],
        "register": REGISTER_FILE if has_register else None,
        "head": HEAD_FILE if has_register else None,
    }
    environment = Environment(
        loader=PackageLoader("xapi_lrs_reports.certificates", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    names = {tag: Locale.parse(tag.replace("-", "_")).get_display_name() or tag for tag in files}
    return environment.get_template(PAGE_TEMPLATE).render(
        lang=language,
        rtl=text_direction(language) == "rtl",
        programme=programme,
        words=words,
        intro=words["intro"].format(programme=programme),
        languages=[{"tag": tag, "file": file, "name": names[tag]} for tag, file in files.items()],
        register=has_register,
        # A JSON block is read as text: only "<" could end it.
        data=Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704
    )


def _write(out: Path, files: Mapping[str, str]) -> list[Path]:
    """Write each file whole; the register and its head last, when the page that reads them is."""
    try:
        for name, text in files.items():
            write_atomically(out / name, text.encode())
    except OSError as error:
        what = f"this folder cannot be written: {error.strerror}"
        fix = "Name a folder that is yours; one that is missing is made."
        raise InputError([Problem(str(out), 0, 0, "publish-out", what, fix)]) from None
    return [out / name for name in files]
