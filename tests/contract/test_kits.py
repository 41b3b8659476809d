"""Posters and role cards in the kits of certificates: by themselves, printed once, and whole.

The papers are printed by one half and lie in kits of the other; `cli.py` brings them together.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli
from programme.directory import ProgrammeDirectory
from programme.problems import InputError
from scorm_builder.materials.for_kits import open_kit_papers
from scorm_builder.materials.print_papers import Press
from tests.reports.invented import AS_OF, COUNTED, hotel, report
from tests.reports.programme_files import make_programme
from tests.reports.signing import announce, pem
from xapi_lrs_reports.certificates.issue import Issued, issue_certificates

TODAY = datetime.datetime.now(datetime.UTC).date()
COURSE = Path(__file__).parents[2] / "courses" / "no-room"
IN_ENGLISH = {"en/poster-en-a4.pdf", "en/poster-en-a3.pdf", "en/role-cards-en-a4.pdf"}
IN_DUTCH = {name.replace("en/", "nl/").replace("-en-", "-nl-") for name in IN_ENGLISH}


@pytest.fixture(autouse=True)
def signing_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOROOM_SIGNING_KEY", pem())


@pytest.fixture
def home(tmp_path: Path) -> ProgrammeDirectory:
    announce(tmp_path)
    return make_programme(tmp_path, "hotel,name,chain\nacme-0042,Acme Lindengracht,acme\n")


def issue(
    home: ProgrammeDirectory, *languages: str, day: datetime.date = AS_OF, name: str = "Hotel"
) -> list[Issued]:
    """Issue the certificates of hotels with these languages, with papers."""
    hotels = [hotel(f"{name} {n}", 6, 10, language=tag) for n, tag in enumerate(languages)]
    with ExitStack() as stack:
        kept = home.path / "certificates" / ".papers"
        papers = stack.enter_context(open_kit_papers(home, COURSE, kept, day))
        return issue_certificates(home, report(*hotels), today=day, hotel=None, materials=papers)


def materials(one: Issued) -> Mapping[str, Path]:
    """Give what lies in a kit's folder of materials, by name."""
    folder = one.path.parent / "materials"
    return {
        file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()
    }


def refuse_to_print(*_: object) -> bytes:
    raise AssertionError("this was printed before")


def test_each_kit_has_papers_in_the_hotels_language_and_in_english(
    home: ProgrammeDirectory,
) -> None:
    dutch, english, flemish, welsh = issue(home, "nl", "en", "nl-BE", "cy")
    all_in_one = {"poster-all-nl-a4.pdf", "poster-all-nl-a3.pdf"}
    assert set(materials(dutch)) == all_in_one | IN_ENGLISH | IN_DUTCH
    assert set(materials(english)) == {"poster-all-en-a4.pdf", "poster-all-en-a3.pdf"} | IN_ENGLISH
    assert set(materials(flemish)) == set(materials(dutch))
    assert set(materials(welsh)) == set(materials(dutch)), "the programme's language"
    assert all(file.read_bytes().startswith(b"%PDF") for file in materials(welsh).values())


def test_papers_are_printed_once_for_all_kits_of_a_day(
    home: ProgrammeDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = issue(home, "en", "en")
    name = "en/poster-en-a4.pdf"
    assert materials(one)[name].samefile(materials(other)[name])
    with monkeypatch.context() as patched:
        patched.setattr(Press, "pdf", refuse_to_print)
        (third,) = issue(home, "en", name="Third")
    assert materials(third)[name].samefile(materials(one)[name])
    kept = len(list((home.path / "certificates" / ".papers").iterdir()))
    shutil.rmtree(home.path / "certificates" / "2026-0002-hotel-1")
    (later,) = issue(home, "en", day=AS_OF + datetime.timedelta(days=1), name="Later")
    assert not materials(later)[name].samefile(materials(one)[name])
    assert materials(one)[name].read_bytes().startswith(b"%PDF"), "the older kit keeps its own"
    assert len(list((home.path / "certificates" / ".papers").iterdir())) == kept


@pytest.mark.slow
def test_what_changed_is_printed_anew(home: ProgrammeDirectory) -> None:
    (one,) = issue(home, "en")
    settings = home.path / "programme.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Test programme", "Other"), "utf-8")
    renamed = make_programme(home.path, settings=settings.read_text("utf-8"))
    (other,) = issue(renamed, "en", name="Other")
    name = "en/poster-en-a4.pdf"
    assert materials(one)[name].read_bytes() != materials(other)[name].read_bytes()


@pytest.mark.slow
def test_a_disk_without_links_has_copies(
    home: ProgrammeDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (one,) = issue(home, "en")
    kept = home.path / "certificates" / ".papers"
    contents = {file.read_bytes() for file in kept.iterdir()}
    assert {file.read_bytes() for file in materials(one).values()} == contents


def test_a_course_that_cannot_be_read_leaves_no_half_kit(
    home: ProgrammeDirectory, tmp_path: Path
) -> None:
    kept = home.path / "certificates" / ".papers"
    with (
        open_kit_papers(home, tmp_path / "gone", kept, AS_OF) as papers,
        pytest.raises(InputError),
    ):
        issue_certificates(home, report(COUNTED), today=AS_OF, hotel=None, materials=papers)
    assert [path.name for path in (home.path / "certificates").iterdir()] == ["keys.json"]


def noroom(home: ProgrammeDirectory, *arguments: str) -> Result:
    done = CliRunner().invoke(cli.main, [*arguments, "--programme", str(home.path)])
    assert done.exit_code == 0, done.output
    return done


def test_the_command_does_it_by_itself_and_can_be_told_not_to(
    home: ProgrammeDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`register reissue` has the same options as `certify`, and needs no statements to try them."""
    issue_certificates(home, report(COUNTED), today=TODAY, hotel=None)
    reissue = ("register", "reissue", "acme-0042")
    noroom(home, *reissue, "--course", str(COURSE))
    noroom(home, *reissue, "--course", str(COURSE), "--without-materials")
    own = tmp_path / "own"
    own.mkdir()
    (own / "poster.pdf").write_bytes(b"%PDF own")
    noroom(home, *reissue, "--materials", str(own))
    monkeypatch.chdir(tmp_path)
    assert "Name the course: --course DIR" in noroom(home, *reissue).stderr
    found = [
        {file.name for file in path.rglob("materials/**/*") if file.is_file()}
        for path in sorted((home.path / "certificates").glob("*-acme-0042"))
    ]
    assert [len(names) for names in found] == [0, 8, 0, 1, 0]
    (copy,) = (home.path / "certificates").rglob("poster.pdf")
    assert not copy.samefile(own / "poster.pdf"), "somebody's own file may change"
