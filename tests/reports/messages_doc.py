"""docs/messages-reports.md: every problem code of the reading half, with example, cause and cure.

Examples about statements and CSV files are made by the real readers; the others are written here,
and a test holds their cures against the sources.
"""

from __future__ import annotations

import ast
import functools
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from programme.problems import InputError, Problem
from programme.settings import Authority
from tests.reports import certificate_messages, export_messages, sheet_messages
from tests.reports.programme_files import CHAINS, IRI, Json, statement
from xapi_lrs_reports.authorities import Authorities
from xapi_lrs_reports.hotels import Hotel, read_hotels
from xapi_lrs_reports.normalise import Normaliser
from xapi_lrs_reports.roster import read_roster
from xapi_lrs_reports.statement import StatementProblem

ROOT = Path(__file__).parent.parent.parent
SOURCES = ROOT / "xapi_lrs_reports"
NOT_CODES = {"utf-8", "utf-8-sig", "lms-import", "ua-1", "no-room", "e-mail", "yyyy-mm-dd"}
NOT_CODES |= {"utf-16", "utf-16-le", "utf-16-be", "course-name", "latin-1", "content-type"}
"""Words with a hyphen in the sources that are no problem codes."""

WITHOUT_HYPHEN = {"timestamp"}
INTRODUCTION = """# Messages of the reading half

<!-- Made by tests/reports/messages_doc.py; NOROOM_UPDATE_GOLDEN=1 pytest -k messages -->

What `noroom sync`, `import`, `report`, `explain`, `certify`, `register`, `verify`, `forget`,
`store` and `simulate` say, by code. An error about a statement costs that statement alone: it is
quarantined, and `noroom explain --quarantine` lists it with its place; so are completion codes
that a person has to look at. Any other error stops the command before it changes anything. What
`noroom check` and `noroom build` say stands in messages.md."""


@functools.cache
def strings_in_the_sources() -> tuple[str, ...]:
    """Give every text constant of xapi_lrs_reports, without the invented names of simulate."""
    trees = (
        ast.parse(file.read_text(encoding="utf-8"))
        for file in SOURCES.rglob("*.py")
        if file.name != "names.py"
    )
    return tuple(
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def codes_in_the_sources() -> set[str]:
    """Give every problem code that xapi_lrs_reports can use."""
    code = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
    return {text for text in strings_in_the_sources() if code.fullmatch(text)} - NOT_CODES | (
        WITHOUT_HYPHEN & set(strings_in_the_sources())
    )


def examples() -> dict[str, str]:
    """Give one message for each code."""
    found = dict(WRITTEN)
    for one in _of_statements():
        found.setdefault(one.code, str(one))
    for problem in _of_tables():
        found.setdefault(problem.code, str(problem))
    with _elsewhere():
        for export_problem in export_messages.of_exports():
            found.setdefault(export_problem.code, str(export_problem))
        for sheet_problem in sheet_messages.of_sheets():
            found.setdefault(sheet_problem.code, str(sheet_problem))
    return found


def messages_doc() -> str:
    """Give docs/messages-reports.md, the codes in alphabetical order."""
    shown = examples()
    parts = [INTRODUCTION]
    for code, (cause, cure) in sorted(MEANINGS.items()):
        parts.append(f"## {code}\n\n{cause} {cure}\n\n```\n{shown[code]}\n```")
    return "\n\n".join(parts) + "\n"


def file() -> Path:
    """Give the place of the document."""
    return ROOT / "docs" / "messages-reports.md"


def _of_statements() -> Iterator[StatementProblem]:
    known = Authorities(
        [Authority(mbox=f"mailto:{chain}@noroom.example", chain=chain) for chain in CHAINS]
    )
    read = Normaliser(IRI, frozenset(CHAINS), known, from_lrs=True)
    for given in (*map(msgspec.json.encode, _wrong_statements()), b'{"id": "5f0c'):
        problem = read(given, "exports/acme.ndjson", 7)
        assert isinstance(problem, StatementProblem), given
        yield msgspec.structs.replace(problem, statement_id=None)


def _wrong_statements() -> Iterator[Json]:
    good = statement()
    account = good["actor"]["account"]
    foreign = {"account": {**account, "homePage": f"{IRI}/chain/other"}}
    yield {**good, "actor": None}
    yield {**good, "actor": {"objectType": "Group"}}
    yield {**good, "actor": {"mbox": "mailto:a@acme.example"}, "authority": {}}
    yield {**good, "actor": foreign}
    yield {**good, "actor": {"account": {**account, "name": "a@acme.example"}}}
    yield {**good, "authority": {"mbox": "mailto:lms@elsewhere.example"}}
    yield {**good, "authority": {}}
    yield {**good, "authority": {"mbox": "mailto:bellevue@noroom.example"}}
    yield {**good, "object": {"id": f"{IRI}/course/No Room"}}
    yield {**good, "object": {**good["object"], "objectType": "SubStatement"}}
    yield {**good, "verb": None}
    yield {**good, "id": None}
    yield {**good, "id": 17}
    yield {**good, "timestamp": "yesterday"}
    yield {**good, "timestamp": None}
    yield statement(hotel="Acme 1")


def _of_tables() -> Iterator[Problem]:
    hotels = (
        "hotel,name,chain,headcount,language,joined,country\nacme-1,A,acme,40,nl,,\n"
        "acme-1,A,acme,,,,\n"
        "Acme 2,B,acme,,,,\nacme-3,,acme,,,,\nacme-4,D,acmee,,,,\nacme-5,E,acme,forty,,,\n"
        "acme-6,F,acme,,Dutch,,\nacme-7,G,acme,,,21-11-2026,\nacme-8,H,acme,,,,,,x\n"
        "acme-9,I,acme,,,,Holland\n"
    )
    roster = (
        "hotel,employee,contract,joined,left,fte\nacme-2,e-1,,,,\nacme-1,e-1,permanant,,,\n"
        "acme-1,,,,,\nacme-1,e-3,,,,120\n"
    )
    odd = "hotel,employee,joined,left\nacme-1,guest,,\nacme-1,e-1,2026-02-01,2026-01-01\n"
    odd += "acme-1,e-2,,\nacme-1,E-2,,\n"
    known = {"acme-1": Hotel("acme-1", "A", "acme", None, "nl", None)}
    salts = {"acme": "acme"}
    with _elsewhere():
        hotels_file, roster_file = Path("hotels.csv"), Path("roster.csv")
        for text in ("hotel,name\n", "hotel,name,chain\n" + "A,,\n" * 101, "Café\n", hotels):
            hotels_file.write_text(text, encoding="latin-1")
            yield from _raised(lambda: read_hotels(hotels_file, ["acme"], "nl"))
        roster_file.write_text(roster, encoding="utf-8")
        yield from _raised(lambda: read_roster(roster_file, known, salts))
        roster_file.write_text(odd, encoding="utf-8")
        yield from read_roster(roster_file, known, salts).warnings
        hotels_file.unlink()
        yield from _raised(lambda: read_hotels(hotels_file, ["acme"], "nl"))


def _raised(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except InputError as error:
        return error.problems
    raise AssertionError("nothing was wrong")


@contextmanager
def _elsewhere() -> Iterator[None]:
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


_MEANINGS = export_messages.WITH_SHEETS | certificate_messages.MEANINGS
MEANINGS = _MEANINGS | {
    "actor-account": ("The person is named in another way.", "Only pseudonyms are read."),
    "actor-chain": ("The account belongs to no chain of this programme.", "Add the chain."),
    "actor-group": ("A statement about a group says nothing of its members.", "Send one each."),
    "actor-missing": ("The statement is about nobody.", "Export it whole."),
    "actor-pseudonym": ("The account's name may be a person's name.", "Use the course's player."),
    "as-of-date": ("No report can be made for so distant a day.", "Check the year."),
    "answer-damaged": (
        "The people behind a past day's answer were removed, and the file that keeps it is broken.",
        "Only a backup has it.",
    ),
    "authority-chain": (
        "The key of one chain was used for another's learners.",
        "Find out who has the key; give the chain a new one if it leaked.",
    ),
    "authority-missing": ("The LRS did not say who wrote this.", "Switch authorities on there."),
    "authority-unknown": (
        "Whoever wrote this is not listed in programme.yaml. Their name is not repeated.",
        "Look the statement up in the LRS; list its authority if it is the programme's.",
    ),
    "chain-unknown": ("--chain names no folder of chains/.", "Check its spelling."),
    "course-iri": ("The IRI begins as a course's does but is none.", "Correct the package."),
    "csv-column": (
        "A column is missing, stands twice, or (a warning) is not read.",
        "The first row holds the names; titles above it have to go.",
    ),
    "csv-date": ("Dates are written year first.", "Format the column as 2026-11-21."),
    "csv-more": ("Only the first hundred problems are shown.", "Cure these, then run again."),
    "csv-row": ("The row does not fit the header.", "Look for a separator or a quote too many."),
    "file-encoding": ("The file is not UTF-8.", "Save it as CSV UTF-8."),
    "file-missing": ("The programme's folder lacks a file.", "Put it there."),
    "file-unreadable": ("The system does not let noroom read it.", "Check name and kind."),
    "file-unwritable": (
        "The system does not let noroom write there, or the disk is full.",
        "Choose another --out. Nothing was written.",
    ),
    "codes-busy": ("Two commands at once could lose a sheet of codes.", "Try again."),
    "codes-hotel": (
        "A warning: codes were issued for a hotel that is no longer listed.",
        "Put the hotel back into hotels.csv, under the id it had.",
    ),
    "codes-learner": ("The register of codes was changed by hand or damaged.", "Restore it."),
    "codes-too-many": (
        "Each spare code is a completion that one person could add.",
        "Issue fewer, correct the headcount, or say --beyond-headcount.",
    ),
    "folder-empty": ("Folders are searched for statements by the names of files.", "Name files."),
    "forget-anonymous": ("Nobody is found by an id such as guest.", "Give the person's own id."),
    "forget-nobody": ("The file with the ids is empty.", "Write one id per line."),
    "forget-shared": (
        "Forgetting must never take away somebody else's completion.",
        "Give an id that this person alone has.",
    ),
    "forgotten-list": (
        "store/forgotten.json keeps those out who were forgotten; it is damaged.",
        "Restore it; nothing is read until then.",
    ),
    "hotel-chain": ("Every hotel belongs to a chain.", "Write the name of its folder."),
    "hotel-headcount": ("The declared number is no number.", "Write digits only."),
    "hotel-id": ("Ids stand in IRIs and file names.", "Use small letters, digits and hyphens."),
    "hotel-iri": ("A completion belongs to one hotel at most.", "Correct the package."),
    "hotel-country": ("Learners see the contacts of the country.", "Write NL, or nothing."),
    "hotel-language": ("Languages are written as tags.", "Write nl, en or pt-BR."),
    "hotel-name": ("The certificate shows the name.", "Write it."),
    "hotel-repeated": ("Nobody can say which row is right.", "Keep one."),
    "hotel-unknown": ("The argument is no hotel.", "Check its spelling."),
    "hr-chain": (
        "The roster for --view hr has a row of another chain.",
        "Hand in the rows of one chain; nobody sees the people of another.",
    ),
    "import-earlier": (
        "An older noroom read the file, and nobody knows what else gave the same completions.",
        "Import it again, and the files that may give the same; then withdraw it.",
    ),
    "import-state": ("The import was withdrawn already, or was not.", "Nothing has to be done."),
    "import-unknown": ("No import has this number.", "noroom store imports lists them."),
    "import-withdrawn": (
        "A person took out what this file gave; it is not read again by accident.",
        "Restore it if that was a mistake.",
    ),
    "lrs-address": ("There is a server, but no LRS at this address.", "Correct the endpoint."),
    "lrs-answer": ("The answer is not what an LRS gives.", "Check the endpoint."),
    "lrs-busy": ("The LRS refused several times.", "Try again later."),
    "lrs-connection": ("The network failed on the way.", "Run it again; nothing is lost."),
    "lrs-credentials": ("The LRS refuses the user.", "Check both variables and the rights."),
    "lrs-credentials-missing": ("Passwords stand in the environment.", "Set both variables."),
    "lrs-html": ("A web page answered.", "Correct the endpoint."),
    "lrs-more-loop": ("The LRS names a page again that was read.", "Its owner must help."),
    "lrs-more-origin": ("The LRS points to another server.", "Its owner must help."),
    "lrs-multipart": (
        "The LRS sent statements together with attachments, in a form that is not the xAPI's.",
        "Nothing of that page was taken over; whoever runs the LRS has to look.",
    ),
    "lrs-name": ("The name of the server does not exist.", "Correct the endpoint."),
    "lrs-none": ("There is nothing to sync.", "Configure an LRS, or import files."),
    "lrs-redirect": ("Passwords are not sent after a redirect.", "Write the final address."),
    "lrs-timeout": ("The LRS was too slow.", "Run it again; nothing is lost."),
    "lrs-tls": ("The server could not prove who it is.", "Check its certificate."),
    "lrs-token": ("The LRS's login gives no token.", "Check its address and the client."),
    "lrs-truncated": ("Answers arrive cut off.", "Try again later."),
    "lrs-unknown": ("--lrs names none of programme.yaml.", "Check its spelling."),
    "lrs-unreachable": ("Nothing listens there.", "Check that the LRS is running."),
    "not-a-statement": ("Something else stands among the statements.", "Check the export."),
    "retention-jurisdiction": (
        "programme.yaml names a jurisdiction of which nothing is known.",
        "Choose one that is, and write the months beside it.",
    ),
    "retention-missing": (
        "Data have to be kept there for a time that nobody here knows.",
        "Ask a lawyer, and write the months.",
    ),
    "retention-short": (
        "Records have to be kept longer there.",
        "Write the months that are asked for.",
    ),
    "roster-anonymous": (
        "A warning: an id such as guest names nobody.",
        "Such people make the base larger and can never be counted; write their ids.",
    ),
    "roster-contract": ("The kind of contract decides who counts.", "Use a known word."),
    "roster-dates": ("A warning: the person left before joining.", "Correct the dates."),
    "roster-employee": ("A row without an employee.", "Write the id, or delete the row."),
    "roster-fte": ("A share of a full-time job is 1 to 100 per cent.", "Write such as 60."),
    "roster-hotel": ("The roster names a hotel that hotels.csv lacks.", "Bring them together."),
    "roster-repeated": ("A warning: one person, twice in a hotel, counts once.", "Keep one row."),
    "rule-impossible": ("No hotel could ever meet this rule.", "Change programme.yaml."),
    "simulate-hotels": ("A programme has hotels.", "Ask for one or more."),
    "simulate-out": ("A simulation never writes over anything.", "Name a new folder."),
    "source-format": ("The file holds something else.", "Export it as JSON."),
    "source-truncated": ("The file ends too early, or not where it should.", "Export it again."),
    "spark-java": ("Spark runs on Java.", "Install it, or point JAVA_HOME at it."),
    "spark-missing": ("Spark is an extra of noroom.", "Install it, or leave --engine out."),
    "spark-start": ("Spark's own configuration is wrong.", "Try it with pyspark alone."),
    "statement-conflict": (
        "Two statements have one id and differ. The one that was read first counts.",
        "Find out which is right, and void the other in the LRS.",
    ),
    "statement-id": ("Copies are recognised by the id.", "Export statements with their ids."),
    "statement-json": ("The line is damaged.", "Export it again."),
    "statement-too-long": ("Real statements have a thousand bytes.", "Check the export."),
    "statement-type": ("A field has another type than xAPI says.", "Correct the exporter."),
    "statements-place": ("--statements is read by pyarrow.", "Name a store that it knows."),
    "store-broken": ("The store's file is damaged or something else.", "Restore it."),
    "store-busy": ("Only one command at a time may write.", "Wait for the other."),
    "object-type": ("A plan, a person or a reference is no course.", "Correct the sender."),
    "parquet-broken": ("The export is damaged or not whole.", "Copy or make it again."),
    "parquet-folder": ("noroom replaces its own exports, nothing else.", "Name another folder."),
    "parquet-version": ("The export was made by another version.", "Export it again."),
    "reread-elsewhere": (
        "A warning: noroom does not know how to read this source again by itself.",
        "Do as it says, if you have put it right.",
    ),
    "store-chain": ("A warning: a chain's folder is gone; its people stay.", "Bring it back."),
    "store-damaged": ("Something else has written to the store.", "Restore it."),
    "store-folder": ("The folder store/ cannot be used.", "Make room for it."),
    "store-forgotten": ("A backup brought back who was forgotten.", "Let it be repaired."),
    "store-older": ("An older noroom wrote the store.", "Migrate it; nothing is lost."),
    "store-repeated": ("No id may stand twice in the store.", "Let it be repaired."),
    "store-version": ("A newer noroom, or something else, wrote the store.", "Use that one."),
    "timestamp": ("The time cannot be read.", "Write RFC 3339."),
    "timestamp-missing": ("Without a time nobody knows whether it still counts.", "Add it."),
}

_WRITTEN = export_messages.WRITTEN_WITH_SHEETS | certificate_messages.WRITTEN
WRITTEN = _WRITTEN | {
    "as-of-date": "--as-of: error[as-of-date]: 9999-12-31 is not a date that a report can be made "
    "for\n  Give --as-of a date from 2000-01-01 to 2199-12-31, such as 2026-11-21.",
    "chain-unknown": 'chains: error[chain-unknown]: "acne" is not a chain of this programme\n'
    "  Known: acme, bellevue.",
    "file-unreadable": "none.ndjson: error[file-unreadable]: this file cannot be read: No such "
    "file or directory\n  Check the name, and that it is a file and yours.",
    "file-unwritable": "reports/report.html: error[file-unwritable]: this file cannot be written: "
    "No space left on device\n"
    "  Name a file in a folder that is yours; a folder that is missing is made.",
    "codes-busy": "codes.csv: error[codes-busy]: another noroom command is issuing codes or "
    "certificates\n  Wait until it has finished, then try again.",
    "codes-hotel": 'codes.csv:2: warning[codes-hotel]: "zon" is not in hotels.csv, so its codes '
    "count for nobody\n  Put the hotel back, under the id it had.",
    "codes-learner": "codes.csv:9: error[codes-learner]: this is not a chain and a pseudonym\n"
    "  Restore the file from a backup.",
    "codes-too-many": "codes.csv: error[codes-too-many]: 32 codes would be out for 30 employees of "
    "zon (30 were issued before)\n  Issue fewer, correct the headcount, or add --beyond-headcount "
    "for sheets that were lost.",
    "spark-java": "--engine spark: error[spark-java]: Spark needs Java, and there is none on the "
    "PATH\n  Install Java 17 or newer, on Debian: apt-get install openjdk-17-jre-headless.",
    "spark-missing": "--engine spark: error[spark-missing]: pyspark and pyarrow are not installed\n"
    '  Install it: pip install "noroom[spark]".',
    "spark-start": "--engine spark: error[spark-start]: Spark does not start: "
    "[JAVA_GATEWAY_EXITED] Java gateway process exited before sending its port number.\n"
    "  Check Spark's configuration, and that java -version says 17 or newer.",
    "statements-place": "ftp://exports: error[statements-place]: this is no place that can be "
    "read: Unrecognized filesystem type in URI: ftp://exports\n"
    "  Name a folder, or a URI such as s3://bucket/folder, gs://… or hdfs://…",
    "folder-empty": "exports: error[folder-empty]: this folder holds no file that ends in .ndjson "
    "or .jsonl or .json\n  Name a folder of exports, or the files themselves.",
    "forget-anonymous": "the id: error[forget-anonymous]: id 1 names nobody in particular, so "
    "nothing can be found by it\n  Give the id that the LMS gives to this person.",
    "forget-nobody": "--from: error[forget-nobody]: there is no id in it\n  Write one id per line.",
    "forget-shared": "the id: error[forget-shared]: id 1 stands for several people in roster.csv\n"
    "  Give the id that one of them alone has; correct the column aliases first.",
    "forgotten-list": "store/forgotten.json: error[forgotten-list]: the list of people who were "
    "forgotten is not as noroom writes it\n"
    "  Restore it from a backup: without it, whoever was forgotten would come back.",
    "hotel-unknown": 'hotels.csv: error[hotel-unknown]: "acme-l" is not a hotel of this programme\n'
    '  Did you mean "acme-1"? hotels.csv lists them.',
    "hr-chain": 'people.csv:7: error[hr-chain]: "zeta-1" is not a hotel of chain acme\n'
    "  A chain sees its own people only: remove the row, or name the other chain.",
    "answer-damaged": "store/answers/2026-10-31.json: error[answer-damaged]: the answer that was "
    "kept of this day cannot be read (ValidationError)\n"
    "  Restore it from a backup: the people behind it were removed.",
    "retention-jurisdiction": "programme.yaml: error[retention-jurisdiction]: retention: nothing "
    'is known of "NY"\n  Did you mean "NL"? Known: EU, NL, DE, US-NY, US-TX.',
    "retention-missing": "programme.yaml: error[retention-missing]: retention: for Texas the "
    "months after leaving have to be said\n"
    "  Write after_leaving under retention in programme.yaml.",
    "retention-short": "programme.yaml: error[retention-short]: retention: New York asks for 12 "
    "months after leaving, not 6\n  Write after_leaving: 12, or more.",
    "import-earlier": "import: error[import-earlier]: an older noroom read this file, and did not "
    "keep what else gave its completions\n"
    "  Import it again, and the files that may give the same; then withdraw it.",
    "import-state": "import: error[import-state]: import 7 was withdrawn on 2026-11-21\n"
    "  Nothing has to be done.",
    "import-unknown": "import: error[import-unknown]: there is no import 9\n"
    "  noroom store imports lists them.",
    "import-withdrawn": "progress.csv: error[import-withdrawn]: this file was withdrawn: import 7, "
    "progress.csv\n  If it was right after all: noroom store restore 7.",
    "lrs-address": "LRS main: error[lrs-address]: https://lrs.example/ answered 404: there is no "
    "LRS at this address\n"
    "  Check the endpoint in programme.yaml; it often ends in /xapi/ or /xAPI/.",
    "lrs-answer": "LRS main: error[lrs-answer]: https://lrs.example/ answered something that is no "
    "list of statements\n"
    "  Check the endpoint in programme.yaml; it often ends in /xapi/ or /xAPI/.",
    "lrs-busy": "LRS main: error[lrs-busy]: https://lrs.example/xapi/ answered 503 6 times: the "
    "LRS is busy or broken\n  Try again later; noroom sync goes on where it stopped.",
    "lrs-connection": "LRS main: error[lrs-connection]: the connection to "
    "https://lrs.example/xapi/ broke off (ProtocolError)\n"
    "  Run noroom sync again; it goes on where it stopped.",
    "lrs-credentials": "LRS main: error[lrs-credentials]: https://lrs.example/xapi/ answered 401: "
    "the user or the password is wrong, or may not read statements\n"
    "  Check NOROOM_LRS_MAIN_USER and NOROOM_LRS_MAIN_PASSWORD.",
    "lrs-credentials-missing": "LRS main: error[lrs-credentials-missing]: NOROOM_LRS_MAIN_PASSWORD "
    "not set\n  Set user and password of the LRS in the environment; they belong in no file.",
    "lrs-html": "LRS main: error[lrs-html]: https://lrs.example/ answered with a web page, perhaps "
    "a login, not with statements\n"
    "  Check the endpoint in programme.yaml; it is the LRS's, not the web site's.",
    "lrs-more-loop": "LRS main: error[lrs-more-loop]: the next page is one that was read already, "
    "so the end is never reached\n"
    "  Ask whoever runs the LRS; what was read until here is kept.",
    "lrs-more-origin": "LRS main: error[lrs-more-origin]: the next page lies on another server: "
    "http://10.0.0.7:8080\n"
    "  The password is not sent there. Ask whoever runs the LRS for its public address.",
    "lrs-multipart": "LRS main: error[lrs-multipart]: https://lrs.example.org/xapi/ sent "
    "statements with attachments, and the first part is not application/json\n"
    "  Ask whoever runs the LRS; noroom asks for statements without attachments.",
    "lrs-name": "LRS main: error[lrs-name]: the name of the server in https://lsr.example/xapi/ is "
    "not known\n  Check the endpoint in programme.yaml.",
    "lrs-none": "programme.yaml: error[lrs-none]: no LRS is configured\n"
    "  Add lrs: with id and endpoint to programme.yaml, or use noroom import.",
    "lrs-redirect": "LRS main: error[lrs-redirect]: http://lrs.example/xapi/ answered 301: it "
    "redirects to https://lrs.example/xapi/\n"
    "  Write the final address as the endpoint in programme.yaml.",
    "lrs-timeout": "LRS main: error[lrs-timeout]: https://lrs.example/xapi/ took too long to "
    "answer\n  Run noroom sync again; it goes on where it stopped.",
    "lrs-tls": "LRS main: error[lrs-tls]: the certificate of https://lrs.example/ could not be "
    "verified\n  For a private authority set SSL_CERT_FILE to its certificate; check the clock.",
    "lrs-token": "LRS main: error[lrs-token]: https://login.example/token answered 401 when asked "
    "for a token\n  Check token_url and scope in programme.yaml, NOROOM_LRS_MAIN_CLIENT_ID and "
    "NOROOM_LRS_MAIN_CLIENT_SECRET.",
    "lrs-truncated": "LRS main: error[lrs-truncated]: the LRS's answer is cut off after 16,384 "
    "bytes, 3 times\n  Try again later; noroom sync goes on where it stopped.",
    "lrs-unknown": 'programme.yaml: error[lrs-unknown]: "mian" is not an LRS of this programme\n'
    '  Did you mean "main"? Known: main.',
    "lrs-unreachable": "LRS main: error[lrs-unreachable]: nobody answers at "
    "https://lrs.example/xapi/\n"
    "  Check the endpoint in programme.yaml, and whether the LRS is running.",
    "rule-impossible": 'programme.yaml: error[rule-impossible]: threshold 100 with operator "gt" '
    "asks for more than everybody\n"
    '  Write operator: ge, or a lower threshold, such as "threshold: 99".',
    "simulate-hotels": "sample: error[simulate-hotels]: 0 hotels make no programme\n"
    "  Ask for at least 1: --hotels 20.",
    "simulate-out": "sample: error[simulate-out]: there is something at this place already\n"
    "  Name a new folder, or delete this one first; nothing is ever overwritten.",
    "source-format": "export.json: error[source-format]: this is HTML or XML, perhaps a login "
    "page, not JSON statements\n  Give NDJSON or a JSON array in UTF-8, plain, .gz or .zst.",
    "source-truncated": "export.json.gz:812: error[source-truncated]: the compressed file is "
    "damaged or incomplete after this\n"
    "  Export or copy the file again; what stands before this was read.",
    "statement-conflict": "b.ndjson:4: error[statement-conflict]: $.id: this id was read before "
    "with another content, from a.ndjson:4; the first one is kept\n"
    "  Find out which of the two is right; an id may never be used twice.",
    "statement-too-long": "export.ndjson:1: error[statement-too-long]: one statement here has more "
    "than 4,000,000 bytes\n  Write one statement per line (NDJSON), or all as one JSON array.",
    "store-broken": "store/noroom.duckdb: error[store-broken]: the fact store cannot be opened: IO "
    "Error: it is not a valid DuckDB database file!\n"
    "  Restore it from a backup, or move it away and read all statements again.",
    "store-busy": "store/noroom.duckdb: error[store-busy]: another noroom command is using the "
    "fact store\n  Wait until it has finished, then try again.",
    "store-folder": "store: error[store-folder]: a file of this name stands where the folder of "
    "the fact store belongs\n  Move it away, then run the command again.",
    "parquet-broken": "export: error[parquet-broken]: facts.parquet has 4 rows, not 5\n"
    "  Copy or export it again; nothing was taken over.",
    "parquet-folder": "export: error[parquet-folder]: something that is no export of a store "
    "stands here\n  Name a folder that is not there yet, or one of an earlier export.",
    "parquet-version": "export: error[parquet-version]: this export has layout 1, and noroom reads "
    "2\n  Export it again with this version of noroom.",
    "reread-elsewhere": "lrs:main: warning[reread-elsewhere]: statements of it are quarantined, "
    "and it is no file that can be read again\n"
    "  Run noroom sync: changed authorities or chains make it read everything again.",
    "store-chain": "store/noroom.duckdb: warning[store-chain]: it holds facts of chain zeta, which "
    "has no folder, so they count nowhere\n"
    "  Put the folder of the chain back, or forget its people.",
    "store-damaged": "store/noroom.duckdb: error[store-damaged]: 2 facts lack a value, or name a "
    "learner of another chain\n"
    "  Restore the store from a backup, or move it away and read all statements again.",
    "store-forgotten": "store/noroom.duckdb: error[store-forgotten]: 3 facts of people who were "
    "forgotten are back, as from a backup\n  Run noroom store check --repair.",
    "store-older": "store/noroom.duckdb: error[store-older]: the fact store has layout 1; this "
    "version of noroom uses another one\n"
    "  Run noroom store migrate: nothing that was read is lost.",
    "store-repeated": "store/noroom.duckdb: error[store-repeated]: 2 facts stand in it twice\n"
    "  Run noroom store check --repair.",
    "store-version": "store/noroom.duckdb: error[store-version]: the fact store was written by "
    "another version of noroom\n  Use the newer version that wrote it, or move it away and read "
    "all statements again.",
}
